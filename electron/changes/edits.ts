import { fieldSpec } from '../../shared/catalog';
import { type FieldValue, isBaseAgain } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { validateField } from '../../shared/catalog/validate';
import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { cleanTyped, cleanTyping } from '../../shared/values/clean';
import { type Database, inTransaction } from '../storage/database';
import { type Owner, recordKey } from '../storage/owner';
import type { ChangeRows, StoredEdit } from './change-rows';
import type { ChangeValues } from './change-values';

/** The record whose edits are prepared. */
export interface Target {
  readonly workOrderId: WorkOrderId;
  readonly connection: RecordsOf;
  readonly remoteId: string;
  /** The title for a change made now. */
  readonly title: string;
  /** As the directory keeps it; null if each edit has its base or exists already. */
  readonly stored: JsonObject | null;
}

/** An edit to prepare: the field's new value. */
export interface WantedEdit {
  readonly field: string;
  /** Typed text is cleaned by the field's rules. */
  readonly next: FieldValue | { readonly typed: string };
  /**
   * The base, if it was prepared elsewhere. Left out: the existing edit's base, else the directory's value; a value
   * equal to it then removes the edit.
   */
  readonly base?: FieldValue;
  /** The record's expected value; if it differs, nothing is prepared. */
  readonly expected?: FieldValue;
  /** The journal entry whose value it puts back. */
  readonly returns?: { readonly seq: number };
}

/** What happens to the record's other edits; by default they stay. */
export interface Rest {
  /** Removes all but these fields. */
  readonly goesBut?: readonly string[];
  /** The edit count when a person saw it: with a later edit the whole record stays as it is. */
  readonly seen?: number;
}

/** What was done to one field, so that it can be undone exactly. */
export interface DoneEdit {
  readonly remoteId: string;
  readonly field: string;
  /** The change that had, or would have had, the edit. */
  readonly changeId: ChangeId;
  readonly title: string;
  readonly was: StoredEdit;
  readonly is: StoredEdit;
}

export interface Applied {
  /** Null if the record then has no prepared edit. */
  readonly changeId: ChangeId | null;
  readonly done: readonly DoneEdit[];
}

/** A wanted edit with the existing one. */
interface Looked {
  readonly spec: FieldSpec;
  readonly edit: WantedEdit;
  readonly was: StoredEdit;
  /** Undefined if its seal cannot be opened now. */
  readonly base: FieldValue | undefined;
}

/** The only writer of prepared edits, for typing, bulk edits, files and taking back. Seals values of secret fields. */
export class Edits {
  constructor(
    private readonly database: Database,
    private readonly rows: ChangeRows,
    private readonly values: ChangeValues,
  ) {}

  /**
   * Prepares edits of one record, all or none.
   * @returns what was done to which field; null if the record is not as expected, and is left alone
   * @throws ProblemError `invalid-input` for a field that cannot be edited, or the keychain's problem for a secret
   */
  apply(target: Target, edits: readonly WantedEdit[], { goesBut, seen }: Rest = {}): Applied | null {
    const { workOrderId, connection, remoteId } = target;
    return inTransaction(this.database, () => {
      const of = recordKey(connection, remoteId);
      const found = this.rows.of(workOrderId, of);
      if (found && seen !== undefined && found.edit > seen) return null;
      const had = new Map(found && this.rows.fields(found.id).map(({ field, ...edit }) => [field, edit]));
      const looked = this.#look(target, edits, had);
      if (!looked) return null;
      const changeId = found?.id ?? this.rows.newId();
      const title = found?.title ?? target.title;
      const done: DoneEdit[] = [];
      let there = found !== undefined;
      const set = (field: string, is: StoredEdit): void => {
        const was = had.get(field) ?? null;
        if (!was && !is) return;
        if (!there) this.rows.insert(changeId, workOrderId, of, title);
        there = true;
        this.rows.set(changeId, field, is);
        done.push({ remoteId, field, changeId, title, was, is });
      };
      for (const one of looked) set(one.spec.name, this.#stored(target, one));
      if (goesBut) {
        const stays = new Set([...goesBut, ...edits.map(({ field }) => field)]);
        for (const field of had.keys()) if (!stays.has(field)) set(field, null);
      }
      const left = found && done.length > 0 ? this.rows.touch(changeId) : there;
      return { changeId: left ? changeId : null, done };
    });
  }

  /** Pairs the edits with the existing ones; null if the record is not as one of them expects. */
  #look(
    { connection, remoteId, stored }: Target,
    edits: readonly WantedEdit[],
    had: ReadonlyMap<string, NonNullable<StoredEdit>>,
  ): Looked[] | null {
    const of = recordKey(connection, remoteId);
    const looked: Looked[] = [];
    for (const edit of edits) {
      const { field, base: brought, expected } = edit;
      const spec = fieldSpec(connection, field) ?? fail('invalid-input', { field });
      const was = had.get(field) ?? null;
      const own = (): FieldValue | undefined =>
        was
          ? this.values.open(of, spec, 'base', was.base)
          : this.values.stored(spec, stored ?? fail('not-found', { what: 'record' }));
      const base = brought === undefined ? own() : brought;
      if (expected !== undefined) {
        const now = was ? this.values.open(of, spec, 'next', was.next) : base;
        if (now === undefined || (now ?? '') !== (expected ?? '')) return null;
      }
      looked.push({ spec, edit, was, base });
    }
    return looked;
  }

  /** Returns what to store of an edit; null if its value equals the base. */
  #stored({ connection, remoteId }: Target, { spec, edit, was, base }: Looked): StoredEdit {
    const of = recordKey(connection, remoteId);
    const next = isTyped(edit.next) ? typedValue(spec, edit.next.typed, base ?? null) : edit.next;
    const brought = edit.base !== undefined;
    // If the base cannot be opened now, the edit counts as a difference.
    if (!brought && base !== undefined && isBaseAgain(spec, base, next)) return null;
    if (base === undefined && !was) this.values.unreadable(spec);
    return {
      base: was && !brought ? was.base : this.values.close(of, spec, 'base', base ?? null),
      next: this.values.close(of, spec, 'next', next),
      returns: edit.returns?.seq ?? null,
    };
  }

  /**
   * Replaces a field's edit that `apply` reported by another form. Compares texts as stored, sealed ones too: a later
   * edit was sealed again, so this needs no key.
   * @returns whether it was as expected; if not, nothing is done
   */
  replace(
    workOrderId: WorkOrderId,
    owner: Owner,
    { remoteId, field, changeId, title }: DoneEdit,
    expected: StoredEdit,
    edit: StoredEdit,
  ): boolean {
    // The change may have been moved to another work order, or removed and made again here.
    const of = { ...owner, remote_id: remoteId };
    const change = this.rows.byId(changeId) ?? this.rows.of(workOrderId, of);
    const now = change && this.rows.fields(change.id).find((one) => one.field === field);
    if (now?.base !== expected?.base || now?.next !== expected?.next) return false;
    if (edit && !change) this.rows.insert(changeId, workOrderId, of, title);
    this.rows.set(change?.id ?? changeId, field, edit);
    if (change) this.rows.touch(change.id);
    return true;
  }
}

function isTyped(next: WantedEdit['next']): next is { readonly typed: string } {
  return next !== null && typeof next === 'object';
}

/** Cleans typed text if that makes a valid value; otherwise keeps it as typed, to be corrected. */
function typedValue(spec: FieldSpec, text: string, had: FieldValue): string {
  const clean = cleanTyped(spec, text, had);
  return validateField(spec, clean, had) ? cleanTyping(spec, text) : clean;
}
