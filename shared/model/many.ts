import { z } from 'zod';
import { shownRuleSchema } from '../bulk/rule';
import { collectionIdSchema, kindSchema } from '../catalog';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/** The grid's filter and order. */
export const gridQuerySchema = z.strictObject({
  text: z.string().max(200),
  sort: z.strictObject({ field: fieldNameSchema, descending: z.boolean() }).nullable(),
  onlyChanged: z.boolean(),
  onlySelected: z.boolean().optional(),
});
export type GridQueryInput = z.infer<typeof gridQuerySchema>;

/** Changes to a selection. Indexes are those of the rows in the query's order, both ends included. */
export const selectActionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('toggle'), remoteId: remoteIdSchema }),
  z.strictObject({ do: z.literal('only'), remoteId: remoteIdSchema }),
  z.strictObject({
    do: z.literal('range'),
    from: z.number().int().min(0),
    to: z.number().int().min(0),
    selected: z.boolean(),
  }),
  z.strictObject({ do: z.literal('all') }),
  z.strictObject({ do: z.literal('invert') }),
  z.strictObject({ do: z.literal('none') }),
]);
export type SelectAction = z.infer<typeof selectActionSchema>;

/** `shown`: how many of the selected records the query finds. */
export const selectionSchema = z.strictObject({ count: z.number().int(), shown: z.number().int() });
export type SelectionCount = z.infer<typeof selectionSchema>;

export const fieldRuleSchema = z.strictObject({ field: fieldNameSchema, rule: shownRuleSchema });

/** The origin of a draft's or template's rules. */
export const ruleOriginSchema = z.strictObject({
  what: z.enum(['edit', 'template', 'copy']),
  name: z.string().max(300),
});

/** An unfinished bulk edit: its records, and the rules typed so far. Kept in the database. */
export const bulkDraftSchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  records: z.number().int(),
  /** How many of them have left the directory. */
  gone: z.number().int(),
  rules: z.array(fieldRuleSchema),
  origin: ruleOriginSchema,
});
export type BulkDraft = z.infer<typeof bulkDraftSchema>;

/** A field summarised over all records of a draft. `various`: not all the same; secrets are compared by state only. */
export const bulkFieldSchema = z.strictObject({
  field: fieldNameSchema,
  value: shownValueSchema,
  various: z.boolean(),
});
export type BulkField = z.infer<typeof bulkFieldSchema>;

export const templateIdSchema = z.uuid().brand('TemplateId');
export type TemplateId = z.infer<typeof templateIdSchema>;

/** A named set of rules for one collection of one kind of server. */
export const templateSchema = z.strictObject({
  id: templateIdSchema,
  kind: kindSchema,
  collection: collectionIdSchema,
  name: z.string().trim().min(1).max(120),
  note: z.string().trim().max(1_000),
  rules: z.array(fieldRuleSchema),
  updatedAt: z.number().int(),
});
export type Template = z.infer<typeof templateSchema>;

/** The result of importing templates. `skipped`: fields whose rules were left out, and why. */
export const templateImportSchema = z.strictObject({
  templates: z.array(templateSchema),
  skipped: z.array(
    z.strictObject({
      template: z.string(),
      field: fieldNameSchema,
      /**
       * The catalog has no such field (another version), the file was written without the secret, or the field takes no
       * such rule.
       */
      why: z.enum(['unknown-field', 'secret-left-out', 'rule-refused']),
    }),
  ),
});
export type TemplateImport = z.infer<typeof templateImportSchema>;

export const comparedItemSchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema.optional(),
  remoteId: remoteIdSchema,
});
export type ComparedItem = z.infer<typeof comparedItemSchema>;

/** Records side by side. The main process compares secrets and reveals only whether they are equal. */
export const comparisonSchema = z.strictObject({
  kind: kindSchema,
  collection: collectionIdSchema,
  /** In the order requested; records no longer in their directory are left out. */
  items: z.array(comparedItemSchema.extend({ title: z.string(), syncedAt: z.number().int() })),
  fields: z.array(
    z.strictObject({
      field: fieldNameSchema,
      differs: z.boolean(),
      /** One for each item, as prepared, else as last read. */
      values: z.array(z.strictObject({ value: shownValueSchema, prepared: z.boolean() })),
    }),
  ),
  unknown: z.array(
    z.strictObject({ name: z.string(), differs: z.boolean(), values: z.array(shownValueSchema) }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** How many records can be named individually; more are selected in their directory. */
export const mostNamed = 1_000;

export const numberedSchema = z.strictObject({
  /** In the directory's order; the first `mostNamed`. */
  remoteIds: z.array(remoteIdSchema),
  total: z.number().int(),
  /** Numbers that no record has, and ranges that contain none: the first hundred. */
  unknown: z.array(z.string()),
  unknownTotal: z.number().int(),
});
export type Numbered = z.infer<typeof numberedSchema>;
