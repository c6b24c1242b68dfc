import { z } from 'zod';

/** Yes/no modes are words, so that they read the same on the command line and in the tables. */
export const yesNo = z.enum(['yes', 'no']);
export const names = z.array(z.string());

/** Modes that both servers have. */
export const commonModes = {
  delayMs: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Milliseconds every request waits before it is handled'),
  jitterMs: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Up to so many more milliseconds, drawn from the seed'),
  clock: z.string().default('').describe("The server's time as an ISO instant; empty is the real time"),
  keepAlive: yesNo.default('yes').describe('no: the server closes every connection after its answer'),
  unicodeEscapes: yesNo
    .default('no')
    .describe("yes: non-ASCII is sent as \\uXXXX, as PHP's json_encode does by itself"),
  strictTypes: z
    .enum(['coerce', 'refuse'])
    .default('coerce')
    .describe('A number where text is expected (or the other way): turned into it, or refused'),
  dropFields: names.default([]).describe('Fields silently left out of every write'),
  resetFields: names.default([]).describe('Fields that fall to their default on every write: a side effect'),
  unknownFields: z
    .enum(['store', 'drop'])
    .default('store')
    .describe('Written fields that the API notes do not list: stored, or silently dropped'),
  updateOmitted: z
    .enum(['keep', 'reset'])
    .default('keep')
    .describe(
      'Fields left out of an update keep their value, or fall to their default (the open question of the notes)',
    ),
};

export type CommonModes = z.infer<z.ZodObject<typeof commonModes>>;

const described = z.object({
  properties: z.record(
    z.string(),
    z.object({
      type: z.string().optional(),
      enum: z.array(z.string()).optional(),
      default: z.json().optional(),
      description: z.string().optional(),
    }),
  ),
});

/** One row of the table that `--help` prints and `/__sim/modes` gives. */
export interface ModeRow {
  readonly name: string;
  readonly values: string;
  readonly fallback: string;
  readonly text: string;
}

/** The mode table, derived from the zod schema so that there is one list. */
export function describeModes(schema: z.ZodType): ModeRow[] {
  const { properties } = described.parse(z.toJSONSchema(schema, { io: 'input' }));
  return Object.entries(properties).map(([name, mode]) => ({
    name,
    values: mode.enum?.join('|') ?? (mode.type === 'array' ? 'name,name,…' : (mode.type ?? 'text')),
    fallback: Array.isArray(mode.default) ? mode.default.join(',') : String(mode.default),
    text: mode.description ?? '',
  }));
}

/**
 * Reads `name=value` settings from the command line into a patch for the schema.
 * Throws with the list of names when a name is unknown; the schema itself refuses a wrong value.
 */
export function readModeSettings(schema: z.ZodType, settings: readonly string[]): Record<string, unknown> {
  const { properties } = described.parse(z.toJSONSchema(schema, { io: 'input' }));
  return Object.fromEntries(
    settings.map((setting) => {
      const [name = '', ...rest] = setting.split('=');
      const value = rest.join('=');
      const mode = properties[name];
      if (!mode)
        throw new Error(`No mode is called "${name}". There are: ${Object.keys(properties).join(', ')}`);
      if (mode.type === 'array') return [name, value === '' ? [] : value.split(',')];
      if (mode.type === 'integer' || mode.type === 'number') return [name, Number(value)];
      return [name, value];
    }),
  );
}
