import { z } from 'zod';
import { bulkRuleSchema } from './bulk/rule';
import { collectionIdSchema, kindSchema } from './catalog';
import { templateSchema } from './model/many';
import { fieldNameSchema } from './model/record';

/* Templates as a file, for another laptop. It never contains a secret. */

export const templateFileFormat = 'patchbay-templates';
/** The first had no collections: its templates are for the kind's first. */
export const templateFileVersion = 2;
export const templateFileEnding = '.templates.json';

/** In bytes. */
export const largestTemplateFile = 8 * 1024 * 1024;

const fileTemplateSchema = z.strictObject({
  kind: kindSchema,
  /** From version 2 on. */
  collection: collectionIdSchema.optional(),
  name: templateSchema.shape.name,
  note: templateSchema.shape.note,
  rules: z.array(z.strictObject({ field: fieldNameSchema, rule: bulkRuleSchema })).max(500),
  leftOut: z.array(fieldNameSchema).max(500),
});
export type FileTemplate = z.infer<typeof fileTemplateSchema>;

export const templateFileSchema = z.strictObject({
  format: z.literal(templateFileFormat),
  version: z.literal([1, templateFileVersion]),
  templates: z.array(fileTemplateSchema).min(1).max(500),
});
export type TemplateFile = z.infer<typeof templateFileSchema>;
