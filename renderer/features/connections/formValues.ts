import { kindSchema, serverKind } from '../../../shared/catalog';
import { type BaseUrlResult, normaliseBaseUrl } from '../../../shared/lib/base-url';
import { normaliseProxy } from '../../../shared/lib/proxy';
import {
  type Connection,
  type ConnectionDraft,
  connectionColours,
  connectionDraftSchema,
} from '../../../shared/model/connection';
import { fail } from '../../../shared/model/problem';
import { plainDigits } from '../../../shared/values/digits';
import { trimmed, withoutUnseen } from '../../../shared/values/unseen';

/** The form's values: a draft whose numbers are still the typed text; the time-out in seconds. */
export interface FormValues
  extends Omit<ConnectionDraft, 'timeoutMs' | 'parallel' | 'expiredCertificate' | 'proxy'> {
  /** Empty: none. */
  readonly proxy: string;
  readonly expiredCertificate: string | null;
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
    return {
      ...rest,
      expiredCertificate: rest.expiredCertificate ?? null,
      proxy: rest.proxy ?? '',
      timeout: String(timeoutMs / 1_000),
      parallel: String(parallel),
    };
  }
  const used = new Set(others.map((one) => one.colour));
  const [kind = fail('internal')] = kindSchema.options;
  return {
    kind,
    name: '',
    site: '',
    baseUrl: '',
    authMode: serverKind(kind).authModes[0]?.id ?? '',
    timeout: defaultTimeout,
    parallel: defaultParallel,
    writeMode: 'full',
    colour: connectionColours.find((colour) => !used.has(colour)) ?? connectionColours[0],
    tag: '',
    certificate: null,
    expiredCertificate: null,
    proxy: '',
  };
}

/** The base URL as requests will be built from it. */
export function shownUrl({ kind, baseUrl }: Pick<FormValues, 'kind' | 'baseUrl'>): BaseUrlResult {
  return normaliseBaseUrl(serverKind(kind), baseUrl);
}

/** The draft that the form stands for, or what is wrong with it, field by field. */
export function readForm(
  values: FormValues,
): { ok: true; draft: ConnectionDraft } | { ok: false; errors: FormErrors } {
  const { timeout, parallel, ...rest } = values;
  const seconds = number(timeout);
  const atOnce = number(parallel);
  const url = shownUrl(values);
  const proxy = normaliseProxy(values.proxy);
  const errors: FormErrors = {};
  if (!proxy.ok) errors.proxy = proxy.reason;
  if (!url.ok) errors.baseUrl = url.reason;
  // Nothing would ever compare it.
  if (url.ok && url.plain && values.certificate !== null) errors.certificate = 'plain';
  if (!/^\d{1,3}$/.test(seconds)) errors.timeout = 'invalid';
  if (!/^\d{1,2}$/.test(atOnce)) errors.parallel = 'invalid';
  const parsed = connectionDraftSchema.safeParse({
    ...rest,
    baseUrl: url.ok ? url.url : rest.baseUrl,
    proxy: proxy.ok ? proxy.url : null,
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

function number(text: string): string {
  return trimmed(plainDigits(withoutUnseen(text)));
}

function isField(name: unknown, values: FormValues): name is keyof FormValues {
  return typeof name === 'string' && name in values;
}
