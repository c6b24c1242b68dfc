import { bulkRuleSchema, type ShownRule } from '../../shared/bulk/rule';
import { fieldSpec, hasCollection, ofCollection } from '../../shared/catalog';
import type { Template, TemplateImport } from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import {
  type FileTemplate,
  largestTemplateFile,
  type TemplateFile,
  templateFileEnding,
  templateFileFormat,
  templateFileSchema,
  templateFileVersion,
} from '../../shared/template-file';
import { headedObject, invalid, placeOf } from '../files/json-file';
import { fileNameOf } from '../workorders/compose';
import type { OpenTemplate } from './templates';
import { fitsTemplate } from './templates-rules';

export interface ComposedTemplates {
  readonly text: string;
  readonly suggestedName: string;
  /** How many secret values were left out. */
  readonly left: number;
}

/** Templates as the text of a file, without their secret values. @throws ProblemError `file-too-large` */
export function composeTemplates(templates: readonly Template[]): ComposedTemplates {
  const written = templates.map(fileTemplate);
  const file: TemplateFile = { format: templateFileFormat, version: templateFileVersion, templates: written };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (Buffer.byteLength(text) > largestTemplateFile)
    fail('file-too-large', { limit: `${Math.floor(largestTemplateFile / 2 ** 20)} MB` });
  const [only] = templates;
  const name = templates.length === 1 && only ? fileNameOf(only.name) : '';
  return {
    text,
    suggestedName: `${name || 'Patchbay'}${templateFileEnding}`,
    left: written.reduce((sum, { leftOut }) => sum + leftOut.length, 0),
  };
}

/**
 * A file's templates, parsed strictly; no secret may stand in it in clear. A field that this version does not know, or
 * a rule that a field here does not take, is no damage: it is told.
 * @throws ProblemError `file-not-template`, `file-newer`, or `file-invalid` with the place
 */
export function readTemplates(text: string): {
  readonly templates: readonly OpenTemplate[];
  readonly skipped: TemplateImport['skipped'];
} {
  const found = headedObject(text, templateFileFormat, templateFileVersion, 'file-not-template');
  const parsed = templateFileSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('file-invalid', issue ? placeOf(issue) : {});
  }
  parsed.data.templates.forEach(check);
  return {
    templates: parsed.data.templates.map(({ name, note, rules, ...of }) => ({
      ...ofCollection(of),
      name,
      note,
      rules: rules.filter((one) => whyNot(of, one) === null),
    })),
    skipped: parsed.data.templates.flatMap(skippedOf),
  };
}

/** From what the window may see: no seal has to be opened to leave secrets out. */
function fileTemplate({ kind, collection, name, note, rules }: Template): FileTemplate {
  const left = rules.filter(isSecretValue).map(({ field }) => field);
  const written = rules.flatMap(({ field, rule }) => {
    const plain = bulkRuleSchema.safeParse(isEmptied(rule) ? { ...rule, value: '' } : rule);
    return plain.success ? [{ field, rule: plain.data }] : [];
  });
  return { kind, collection, name, note, rules: written, leftOut: left };
}

function isSecretValue({ rule }: Template['rules'][number]): boolean {
  return rule.rule === 'set' && rule.value !== null && typeof rule.value === 'object' && !isEmptied(rule);
}

/** That a secret is cleared is no secret. */
function isEmptied(rule: ShownRule): boolean {
  if (rule.rule !== 'set' || rule.value === null || typeof rule.value !== 'object') return false;
  return rule.value.secret === 'empty';
}

function check({ rules, leftOut, ...of }: FileTemplate, index: number): void {
  if (!hasCollection(of.kind, ofCollection(of).collection))
    invalid(['templates', index, 'collection'], 'no-such-collection');
  const seen = new Set<string>();
  rules.forEach(({ field, rule }, at) => {
    if (seen.has(field)) invalid(['templates', index, 'rules', at, 'field'], 'twice');
    seen.add(field);
    if (fieldSpec(ofCollection(of), field)?.secret && rule.rule === 'set' && rule.value !== '')
      invalid(['templates', index, 'rules', at], 'plain-secret');
  });
  leftOut.forEach((field, at) => {
    if (seen.has(field)) invalid(['templates', index, 'leftOut', at], 'twice');
    seen.add(field);
  });
}

type Skipped = TemplateImport['skipped'][number];

function skippedOf(template: FileTemplate): Skipped[] {
  const told = (field: string, why: Skipped['why']): Skipped => ({ template: template.name, field, why });
  const rules = template.rules.flatMap((one) => {
    const why = whyNot(template, one);
    return why ? [told(one.field, why)] : [];
  });
  return [...rules, ...template.leftOut.map((field) => told(field, 'secret-left-out'))];
}

function whyNot(
  of: Pick<FileTemplate, 'kind' | 'collection'>,
  { field, rule }: FileTemplate['rules'][number],
): Skipped['why'] | null {
  const spec = fieldSpec(ofCollection(of), field);
  if (!spec) return 'unknown-field';
  return fitsTemplate(spec, rule) ? null : 'rule-refused';
}
