import { catalogOf } from '../../../shared/catalog';
import { type BaseUrlResult, normaliseBaseUrl } from '../../../shared/lib/base-url';
import { asciiDigits } from '../../../shared/lib/text';
import {
  type Connection,
  type ConnectionDraft,
  connectionColours,
  connectionDraftSchema,
} from '../../../shared/model/connection';

/** What stands in the form: a draft whose numbers are still the text that was typed; the time-out in seconds. */
export interface FormValues extends Omit<ConnectionDraft, 'timeoutMs' | 'parallel'> {
  readonly timeout: string;
  readonly parallel: string;
}

/** What is wrong with one field of the form: a key of the translations, `error.<field>.<key>`. */
export type FormErrors = Partial<Record<keyof FormValues, string>>;

const defaultTimeout = '15';
const defaultParallel = '4';

/** The form of a connection as saved, or of a new one with a colour that no other has yet. */
export function valuesOf(connection: Connection | null, others: readonly Connection[]): FormValues {
  if (connection) {
    const { id: _id, createdAt: _c, updatedAt: _u, timeoutMs, parallel, ...rest } = connection;
    return { ...rest, timeout: String(timeoutMs / 1_000), parallel: String(parallel) };
  }
  const used = new Set(others.map((one) => one.colour));
  return {
    kind: 'simotel',
    name: '',
    site: '',
    baseUrl: '',
    authMode: catalogOf('simotel').authModes[0]?.id ?? '',
    timeout: defaultTimeout,
    parallel: defaultParallel,
    writeMode: 'full',
    colour: connectionColours.find((colour) => !used.has(colour)) ?? connectionColours[0],
    tag: '',
    certificate: null,
  };
}

/** The base URL as requests will be built from it. */
export function shownUrl({ kind, baseUrl }: Pick<FormValues, 'kind' | 'baseUrl'>): BaseUrlResult {
  return normaliseBaseUrl(catalogOf(kind), baseUrl);
}

/** The draft that the form stands for, or what is wrong with it, field by field. */
export function readForm(
  values: FormValues,
): { ok: true; draft: ConnectionDraft } | { ok: false; errors: FormErrors } {
  const { timeout, parallel, ...rest } = values;
  const seconds = asciiDigits(timeout).trim();
  const atOnce = asciiDigits(parallel).trim();
  const url = shownUrl(values);
  const errors: FormErrors = {};
  if (!url.ok) errors.baseUrl = url.reason;
  if (!/^\d{1,3}$/.test(seconds)) errors.timeout = 'invalid';
  if (!/^\d{1,2}$/.test(atOnce)) errors.parallel = 'invalid';
  const parsed = connectionDraftSchema.safeParse({
    ...rest,
    baseUrl: url.ok ? url.url : rest.baseUrl,
    timeoutMs: Number(seconds) * 1_000,
    parallel: Number(atOnce),
  });
  if (parsed.success && Object.keys(errors).length === 0) return { ok: true, draft: parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0];
    const name = field === 'timeoutMs' ? 'timeout' : field;
    if (isField(name, values)) errors[name] ??= 'invalid';
  }
  return { ok: false, errors };
}

function isField(name: unknown, values: FormValues): name is keyof FormValues {
  return typeof name === 'string' && name in values;
}
