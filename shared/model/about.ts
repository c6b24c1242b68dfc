import { z } from 'zod';

/** One part of the program that somebody else wrote, as a list shows it. */
export const licenceSchema = z.strictObject({
  id: z.number().int().min(0),
  name: z.string().max(300),
  version: z.string().max(100),
  /** The licence's short name (SPDX) where the part tells it. */
  licence: z.string().max(300),
});
export type Licence = z.infer<typeof licenceSchema>;

/** The licences that a search finds, and how many parts there are in all. */
export const licencesSchema = z.strictObject({
  total: z.number().int(),
  items: z.array(licenceSchema).max(5_000),
});

/** Where updates are looked for; null: nowhere, as it is from the start. */
export const updateFeedSchema = z.strictObject({ feed: z.string().trim().max(1_000).nullable() });
export type UpdateFeed = z.infer<typeof updateFeedSchema>;

/** What a feed told of the newest release. All of it is somebody else's text. */
export const updateSchema = z.strictObject({
  current: z.string().max(100),
  newest: z.string().max(100),
  newer: z.boolean(),
  /** Milliseconds since 1970. */
  published: z.number().int().nullable(),
  notes: z.string().max(20_000),
  /** An https address to read and to copy; the program never opens or downloads it. */
  page: z.string().max(2_000),
});
export type Update = z.infer<typeof updateSchema>;
