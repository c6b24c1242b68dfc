import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BulkRule } from '../../shared/bulk/rule';
import { catalogOf, fieldSpec, kindSchema, type OfCollection } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { type Template, type TemplateId, templateIdSchema } from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import { storedCollection, storedName } from '../storage/owner';
import { templatePlace } from '../storage/place';
import { all, one, readable, run } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import type { TemplateRules } from './drafts';
import { type OpenFieldRule, openRule, shownRule, storedRule } from './stored-rules';
import { fitsTemplate } from './templates-rules';

/** A template with its values open. */
export interface OpenTemplate extends OfCollection {
  readonly name: string;
  readonly note: string;
  /** In catalog order. */
  readonly rules: readonly OpenFieldRule[];
}

const templateRow = z.object({
  id: templateIdSchema,
  kind: kindSchema,
  collection: z.string(),
  name: z.string(),
  note: z.string(),
  updated_at: z.number(),
});
type TemplateRow = z.infer<typeof templateRow>;

function collectionOfRow({ kind, collection }: TemplateRow): OfCollection {
  return { kind, collection: storedCollection(kind, collection) };
}

const ruleRow = z.object({ field: z.string(), rule: z.string() });
type RuleRow = z.infer<typeof ruleRow>;

const longestName = 120;
const order = new Intl.Collator(['fa', 'en'], { numeric: true, sensitivity: 'base' });

/** Named sets of rules, one collection of one kind of server each. Each rule is stored the moment it is typed, secrets sealed. */
export class Templates implements TemplateRules {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** All, as the window may see them, by name. */
  list(): Template[] {
    const rows = readable(this.database, templateRow, 'SELECT * FROM templates');
    return rows.map((row) => this.#shown(row)).sort((a, b) => order.compare(a.name, b.name));
  }

  /** @throws ProblemError `not-found` */
  get(id: TemplateId): Template {
    return this.#shown(this.#row(id));
  }

  /** With its values open. @throws ProblemError `not-found`, or why a secret in it does not open now */
  open(id: TemplateId): OpenTemplate {
    const row = this.#row(id);
    const { name, note } = row;
    const of = collectionOfRow(row);
    const rules = this.#rules(id, of).flatMap(({ spec, text }) => {
      const rule = openRule(this.sealer, templatePlace(id, spec.name), spec, text);
      return rule ? [{ field: spec.name, rule }] : [];
    });
    return { ...of, name, note, rules };
  }

  /** Makes one; what its collection has no field for, or a template cannot hold, is left out. */
  create({ kind, collection, name, note, rules }: OpenTemplate): Template {
    const id = templateIdSchema.parse(randomUUID());
    const of = { kind, collection };
    inTransaction(this.database, () => {
      this.#insert(id, of, name, note);
      for (const { field, rule } of rules) {
        const spec = fieldSpec(of, field);
        if (spec && fitsTemplate(spec, rule)) this.#put(id, spec, rule);
      }
    });
    return this.get(id);
  }

  /** Takes in those of a file, all or none, each under a name that is not taken. */
  takeIn(read: readonly OpenTemplate[]): Template[] {
    return inTransaction(this.database, () =>
      read.map((one) => this.create({ ...one, name: this.freeName(one.name) })),
    );
  }

  update(id: TemplateId, { name, note }: Pick<Template, 'name' | 'note'>): Template {
    this.#row(id);
    const sql = 'UPDATE templates SET name = ?, note = ?, updated_at = ? WHERE id = ?';
    run(this.database, sql, name, note, Date.now(), id);
    return this.get(id);
  }

  /** The field of a template by its name. @throws ProblemError `not-found`, `invalid-input` where its collection has none */
  spec(id: TemplateId, field: string): FieldSpec {
    return fieldSpec(collectionOfRow(this.#row(id)), field) ?? fail('invalid-input', { field });
  }

  /** Sets what becomes of a field; null takes it out. @throws ProblemError `invalid-input` for what the field cannot take */
  setRule(id: TemplateId, field: string, rule: BulkRule | null): Template {
    const spec = this.spec(id, field);
    if (rule && !fitsTemplate(spec, rule)) fail('invalid-input', { field });
    inTransaction(this.database, () => {
      if (rule) this.#put(id, spec, rule);
      else run(this.database, 'DELETE FROM template_rules WHERE template_id = ? AND field = ?', id, field);
      run(this.database, 'UPDATE templates SET updated_at = ? WHERE id = ?', Date.now(), id);
    });
    return this.get(id);
  }

  /**
   * A second one of the same rules. Secrets are sealed anew, for a sealed value opens only in its own template.
   * @throws ProblemError why a secret in it does not open now
   */
  duplicate(id: TemplateId): Template {
    const row = this.#row(id);
    const { name, note } = row;
    const of = collectionOfRow(row);
    const made = templateIdSchema.parse(randomUUID());
    inTransaction(this.database, () => {
      this.#insert(made, of, this.freeName(name), note);
      for (const { spec, text } of this.#rules(id, of)) {
        const rule = openRule(this.sealer, templatePlace(id, spec.name), spec, text);
        if (rule) this.#put(made, spec, rule);
      }
    });
    return this.get(made);
  }

  remove(id: TemplateId): void {
    run(this.database, 'DELETE FROM templates WHERE id = ?', id);
  }

  /** The name, or where a template has it already, the name with the next number: `Reception (2)`. */
  freeName(wanted: string): string {
    const rows = all(this.database, z.object({ name: z.string() }), 'SELECT name FROM templates');
    const taken = new Set(rows.map(({ name }) => name.toLowerCase()));
    if (!taken.has(wanted.toLowerCase())) return wanted;
    const base = wanted.replace(/ \(\d{1,6}\)$/, '');
    for (let number = 2; ; number += 1) {
      const end = ` (${number})`;
      const name = [...base].slice(0, longestName - end.length).join('') + end;
      if (!taken.has(name.toLowerCase())) return name;
    }
  }

  #row(id: TemplateId): TemplateRow {
    const found = one(this.database, templateRow, 'SELECT * FROM templates WHERE id = ?', id);
    return found ?? fail('not-found', { what: 'template' });
  }

  /** The stored rules in catalog order; of fields that the catalog does not know (an older version's) none. */
  #rules(id: TemplateId, of: OfCollection): { spec: FieldSpec; text: string }[] {
    const sql = 'SELECT field, rule FROM template_rules WHERE template_id = ?';
    const rows = new Map(all(this.database, ruleRow, sql, id).map((row: RuleRow) => [row.field, row.rule]));
    return catalogOf(of).fields.flatMap((spec) => {
      const text = rows.get(spec.name);
      return text === undefined ? [] : [{ spec, text }];
    });
  }

  #shown(row: TemplateRow): Template {
    const { id, name, note, updated_at } = row;
    const of = collectionOfRow(row);
    const rules = this.#rules(id, of).flatMap(({ spec, text }) => {
      const rule = shownRule(this.sealer, templatePlace(id, spec.name), spec, text);
      return rule ? [{ field: spec.name, rule }] : [];
    });
    return { id, ...of, name, note, rules, updatedAt: updated_at };
  }

  #insert(id: TemplateId, of: OfCollection, name: string, note: string): void {
    const now = Date.now();
    const sql = `INSERT INTO templates (id, kind, collection, name, note, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    run(this.database, sql, id, of.kind, storedName(of), name, note, now, now);
  }

  #put(id: TemplateId, spec: FieldSpec, rule: BulkRule): void {
    const sql = `INSERT INTO template_rules (template_id, field, rule) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET rule = excluded.rule`;
    const text = storedRule(this.sealer, templatePlace(id, spec.name), spec, rule);
    run(this.database, sql, id, spec.name, text);
  }
}
