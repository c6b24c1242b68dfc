import { z } from 'zod';

/** One third-party part of the program, as listed. */
export const licenceSchema = z.strictObject({
  id: z.number().int().min(0),
  name: z.string().max(300),
  version: z.string().max(100),
  /** The licence's SPDX name, where the part declares it. */
  licence: z.string().max(300),
});
export type Licence = z.infer<typeof licenceSchema>;

/** The licences that match a search, and the total number of parts. */
export const licencesSchema = z.strictObject({
  total: z.number().int(),
  items: z.array(licenceSchema).max(5_000),
});

/** The address of the update feed; null, the default: none. */
export const updateFeedSchema = z.strictObject({ feed: z.string().trim().max(1_000).nullable() });
export type UpdateFeed = z.infer<typeof updateFeedSchema>;

/** What a feed says about the newest release. All of it is third-party text. */
export const updateSchema = z.strictObject({
  current: z.string().max(100),
  newest: z.string().max(100),
  newer: z.boolean(),
  published: z.number().int().nullable(),
  notes: z.string().max(20_000),
  /** An https address to read and copy; the program never opens or downloads it. */
  page: z.string().max(2_000),
});
export type Update = z.infer<typeof updateSchema>;
