import { z } from 'zod';
import type { SimRequest } from './types.ts';

const apply = (fallback: boolean) => z.boolean().default(fallback);
const fault = <K extends string, S extends z.ZodRawShape>(kind: K, text: string, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape }).describe(text);

/** Every fault of the transport, with its meaning. `apply` says whether the request is carried out first. */
export const faultSchema = z.discriminatedUnion('kind', [
  fault('refuse', 'The listener is closed at once; it opens again after forMs, or on clearFaults()', {
    forMs: z.number().int().positive().optional(),
  }),
  fault('resetBeforeBody', 'The socket is reset, nothing applied, nothing answered', {}),
  fault('resetAfterApply', 'Applied, then the socket is reset without an answer', {}),
  fault('resetMidBody', 'Applied, then reset half way through the answer', {}),
  fault('hangBeforeApply', 'Nothing applied, never answers', {}),
  fault('hangAfterApply', 'Applied, never answers', {}),
  fault('delay', 'Waits beforeMs, applies, waits afterMs, answers', {
    beforeMs: z.number().int().min(0).default(0),
    afterMs: z.number().int().min(0).default(0),
  }),
  fault('slowDrip', 'The answer comes a few bytes at a time', {
    bytes: z.number().int().positive().default(8),
    everyMs: z.number().int().positive().default(50),
    apply: apply(true),
  }),
  fault('truncatedJson', 'A complete answer whose JSON stops half way', { apply: apply(true) }),
  fault('html', 'A web page with HTTP 200, as a captive portal or a login page gives', {
    apply: apply(false),
  }),
  fault('wrongContentType', 'Right JSON under a wrong label', {
    contentType: z.string().default('text/html; charset=UTF-8'),
    apply: apply(true),
  }),
  fault('hugeBody', 'A right answer padded to so many bytes', {
    bytes: z
      .number()
      .int()
      .positive()
      .default(10 * 1024 * 1024),
    declareLength: z.boolean().default(false),
    apply: apply(true),
  }),
  fault('emptyBody', 'HTTP 200 and nothing else', { apply: apply(true) }),
  fault('status', 'Any status with any body', {
    status: z.number().int().min(200).max(599).default(500),
    body: z.string().default('Internal Server Error'),
    contentType: z.string().default('text/plain'),
    headers: z.record(z.string(), z.string()).default({}),
    apply: apply(false),
  }),
  fault('tooManyRequests', "HTTP 429 in the server's own shape", {
    retryAfterSeconds: z.number().int().min(0).default(1),
    form: z.enum(['seconds', 'date', 'none']).default('seconds'),
  }),
  fault('redirect', 'A redirect elsewhere', {
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(302),
    location: z.string().default('http://127.0.0.1:9/elsewhere'),
    apply: apply(false),
  }),
  fault('badEncoding', 'Right text in wrong bytes', {
    encoding: z.enum(['windows-1256', 'bom', 'utf-16le']).default('windows-1256'),
    apply: apply(true),
  }),
  fault(
    'applyThenForget',
    'Applied, answered, read back equal; gone after so many more readings, as by a crash',
    {
      reads: z.number().int().positive().default(1),
    },
  ),
  fault('silentNoop', 'Answers that it was done; nothing is', {}),
  fault(
    'acceptAsOther',
    'Answers that it was done; what is stored is another value (cut by a letter, where none is given)',
    {
      as: z.record(z.string(), z.json()).default({}),
    },
  ),
  fault(
    'crashOnWrite',
    'The connection is closed, then refused until recover() or forMs, then so many requests get 503',
    {
      unavailable: z.number().int().min(0).default(2),
      forMs: z.number().int().positive().optional(),
      apply: apply(false),
    },
  ),
  fault(
    'unreadableAfterWrite',
    'Applied and answered; from then on the record is in the whole list only',
    {},
  ),
  fault('emptyOk', 'Applied; HTTP 200 with no body, labelled text/html', {}),
  fault('okWithFailure', 'HTTP 200 whose body says that it failed', { apply: apply(false) }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
/** A fault by its name alone, or with its settings. */
export type FaultInput = FaultKind | z.input<typeof faultSchema>;

/** Which requests a fault hits. All conditions must hold; `nth` counts the requests that match the others, from 1. */
export const matchSchema = z.strictObject({
  path: z.string().optional().describe('a part of the path'),
  method: z.string().optional(),
  recordId: z.string().optional(),
  nth: z.number().int().positive().optional(),
});
export type FaultMatch = z.infer<typeof matchSchema>;
export type FaultPredicate = (request: SimRequest) => boolean;

/** Faults that only hit writes. */
const ofWrites: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'applyThenForget',
  'silentNoop',
  'acceptAsOther',
  'crashOnWrite',
  'unreadableAfterWrite',
]);

/** Returns whether a request changes records. */
export function isWrite({ path }: Pick<SimRequest, 'path'>): boolean {
  return /\/(update|add|remove|create)$/.test(path);
}

/** The names of all faults with their texts, for `--help`. */
export const faultTexts: ReadonlyArray<{ kind: string; text: string }> = faultSchema.options.map(
  (option) => ({
    kind: option.shape.kind.value,
    text: option.description ?? '',
  }),
);

interface Rule {
  readonly fault: Fault;
  readonly match: FaultMatch | FaultPredicate;
  left: number;
  seen: number;
  hits: number;
}

/** An armed fault: how often it hit, and how to disarm it. */
export interface ArmedFault {
  readonly hits: () => number;
  readonly clear: () => void;
}

/** The armed faults, oldest first. The first match is played; the others wait. */
export class FaultList {
  private rules: Rule[] = [];

  arm(
    input: FaultInput,
    match: FaultMatch | FaultPredicate,
    times: number,
    place: 'first' | 'last' = 'last',
  ): ArmedFault {
    const parsed = faultSchema.parse(typeof input === 'string' ? { kind: input } : input);
    const rule: Rule = {
      fault: parsed,
      match: typeof match === 'function' ? match : matchSchema.parse(match),
      left: times,
      seen: 0,
      hits: 0,
    };
    if (place === 'first') this.rules.unshift(rule);
    else this.rules.push(rule);
    return {
      hits: () => rule.hits,
      clear: () => {
        this.rules = this.rules.filter((other) => other !== rule);
      },
    };
  }

  take(request: SimRequest): Fault | undefined {
    const rule = this.rules.find((candidate) => candidate.left > 0 && meets(candidate, request));
    if (!rule) return undefined;
    rule.left -= 1;
    rule.hits += 1;
    return rule.fault;
  }

  clear(): void {
    this.rules = [];
  }

  snapshot(): Array<{
    fault: Fault;
    match: FaultMatch | 'predicate';
    left: number | 'always';
    hits: number;
  }> {
    return this.rules.map(({ fault, match, left, hits }) => ({
      fault,
      match: typeof match === 'function' ? 'predicate' : match,
      left: Number.isFinite(left) ? left : 'always',
      hits,
    }));
  }
}

function meets(rule: Rule, request: SimRequest): boolean {
  if (ofWrites.has(rule.fault.kind) && !isWrite(request)) return false;
  if (typeof rule.match === 'function') return rule.match(request);
  const { path, method, recordId, nth } = rule.match;
  if (path !== undefined && !request.path.includes(path)) return false;
  if (method !== undefined && request.method !== method) return false;
  if (recordId !== undefined && request.recordId !== recordId) return false;
  rule.seen += 1;
  return nth === undefined || rule.seen === nth;
}
