import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import type { FieldSpec, FieldType } from '../catalog/field';
import { envelopeSchema } from '../lib/envelope';
import { connectionIdSchema } from '../model/connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from '../model/record';

/*
 * How one field of many records is to be changed. A rule works on a record with its prepared edits, not on what was
 * last read: a second bulk step builds on the first.
 */
const text = z.string().max(60_000);

function rules<V extends z.ZodType>(value: V) {
  return z.discriminatedUnion('rule', [
    /** The same value for every record; the empty text clears. */
    z.strictObject({ rule: z.literal('set'), value }),
    /** Counts on from `start` in the order of the selection, padded with zeros to the digits of `start`. */
    z.strictObject({
      rule: z.literal('series'),
      start: z.string().max(60),
      step: z.number().int().min(-1_000_000).max(1_000_000),
    }),
    /** A text with placeholders: `{number}` is the record's own number, `{{` is one brace. */
    z.strictObject({ rule: z.literal('text'), template: text }),
    z.strictObject({
      rule: z.literal('replace'),
      find: z.string().max(1_000),
      with: z.string().max(10_000),
      /** `find` is a regular expression; `with` may name its groups: `$1`. */
      pattern: z.boolean(),
      matchCase: z.boolean(),
    }),
    z.strictObject({ rule: z.literal('copy'), from: fieldNameSchema }),
    /** Copies the same field from another record, on this server or another of its kind. Read when it is needed. */
    z.strictObject({
      rule: z.literal('same'),
      connectionId: connectionIdSchema,
      collection: collectionIdSchema.optional(),
      remoteId: remoteIdSchema,
      title: z.string().max(300),
    }),
    /** A new random secret for each record. */
    z.strictObject({ rule: z.literal('generate'), length: z.number().int().min(8).max(64) }),
    /** Adds an entry to a list of entries (IP rules) that lacks it, or removes it. */
    z.strictObject({ rule: z.literal('add'), value: z.string().max(1_000) }),
    z.strictObject({ rule: z.literal('remove'), value: z.string().max(1_000) }),
    /** Moves a day, counting from the day itself, from today, or from the later of the two. */
    z.strictObject({
      rule: z.literal('days'),
      days: z.number().int().min(-36_500).max(36_500),
      from: z.enum(['itself', 'today', 'later']),
    }),
  ]);
}

/** A rule with its values in clear: main process only. */
export const bulkRuleSchema = rules(text);
export type BulkRule = z.infer<typeof bulkRuleSchema>;
export type RuleName = BulkRule['rule'];

/** A rule as the window sends it: the value of a secret field in an envelope. */
export const typedRuleSchema = rules(z.union([text, z.strictObject({ envelope: envelopeSchema })]));
export type TypedRule = z.infer<typeof typedRuleSchema>;

/** A rule as the window may see it: the value of a secret field as its state. */
export const shownRuleSchema = rules(shownValueSchema);
export type ShownRule = z.infer<typeof shownRuleSchema>;

const general: readonly RuleName[] = ['set', 'text', 'replace', 'copy', 'same'];

const byType: Partial<Record<FieldType, readonly RuleName[]>> = {
  digits: [...general, 'series'],
  dial: [...general, 'series'],
  phone: [...general, 'series'],
  integer: [...general, 'series'],
  port: [...general, 'series'],
  text: [...general, 'series'],
  flag: ['set', 'copy', 'same'],
  bit: ['set', 'copy', 'same'],
  choice: ['set', 'copy', 'same'],
  json: ['set', 'same'],
  ipMask: ['set', 'add', 'remove', 'replace', 'copy', 'same'],
  date: ['set', 'days', 'copy', 'same'],
  secret: ['set', 'generate', 'same'],
  password: ['set', 'generate'],
};

/**
 * Returns the rules that apply to a field, the usual one first. Secrets are never built from other fields nor searched.
 */
export function rulesFor(spec: FieldSpec): readonly RuleName[] {
  if (spec.readOnly) return [];
  const found = byType[spec.type] ?? general;
  if (!spec.secret) return found;
  const secret = found.filter((rule) => rule === 'set' || rule === 'generate' || rule === 'same');
  // A field that cannot be read cannot be copied from another record.
  return spec.writeOnly ? secret.filter((rule) => rule !== 'same') : secret;
}
