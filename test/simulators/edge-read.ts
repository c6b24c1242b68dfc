import { edgeHidden, edgePackages } from './edge-data.ts';
import type { EdgeModes } from './edge-modes.ts';
import type { Fields, Json } from './types.ts';

/**
 * Returns a stored user as the server shows it. Between `list` and `show` some types differ (api/edge.md, "Record"):
 * `parent` number/object, `mobile` +98912…/912…, `credit` text/number.
 */
export function shownUser(record: Fields, where: 'list' | 'show', modes: EdgeModes): Fields {
  const asList = where === 'list' || modes.readTypes === 'same';
  const visible = Object.fromEntries(Object.entries(record).filter(([name]) => !edgeHidden.includes(name)));
  const credit = Number(record.credit ?? 0);
  return {
    ...visible,
    acl_role: edgePackages.find((role) => role.acl_role_id === record.acl_role_id) ?? {
      acl_role_id: record.acl_role_id ?? null,
      acl_role_name: null,
    },
    parent: asList ? (record.parent ?? null) : { user_id: record.parent ?? null, uname: 'patchbay_reseller' },
    mobile: asList ? (record.mobile ?? null) : String(record.mobile ?? '').replace(/^\+98/, ''),
    credit: { credit: asList ? credit.toFixed(2) : credit, user_id: record.user_id ?? null },
    is_bought_panel:
      modes.isBoughtPanelForm === 'number'
        ? Number(record.is_bought_panel)
        : (record.is_bought_panel ?? null),
    expire_time: expireForm(record.expire_time ?? null, modes),
  };
}

/** Returns a stored day in the panel's form. All of these occur (api/edge.md, "A day may come as"). */
function expireForm(value: Json, modes: EdgeModes): Json {
  if (modes.expireForm === 'null') return null;
  if (typeof value !== 'string') return modes.expireForm === 'zero' ? '0000-00-00' : null;
  const utc = Date.parse(`${value}T00:00:00Z`);
  const tehran = Date.parse(`${value}T00:00:00+03:30`);
  switch (modes.expireForm) {
    case 'epoch':
      return utc / 1000;
    case 'epochTehran':
      return tehran / 1000;
    case 'milliseconds':
      return tehran;
    case 'datetime':
      return `${value} 23:59:59`;
    case 'iso':
      return new Date(tehran).toISOString();
    case 'isoOffset':
      return `${value}T00:00:00+03:30`;
    case 'jalali':
      return jalaliDay(utc);
    default:
      return value;
  }
}

function jalaliDay(at: number): string {
  const format = new Intl.DateTimeFormat('fa-IR-u-ca-persian', {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(at).replace(/[\u200e\u200f]/g, '');
}

export type Page =
  | { ok: true; items: Fields[]; meta: Fields }
  | { ok: false; errors: Record<string, string[]> };

/** Returns one page and its meta (`current_page last_page per_page total from to`); per_page is 10 by default. */
export function pageOf(items: readonly Fields[], query: URLSearchParams, modes: EdgeModes): Page {
  const asked = Number(query.get('per_page') ?? 10);
  const page = Number(query.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) return { ok: false, errors: { page: ['مقدار page معتبر نیست'] } };
  if (
    !Number.isInteger(asked) ||
    asked < 1 ||
    (asked > modes.maxPerPage && modes.overMaxPerPage === 'refuse')
  ) {
    return { ok: false, errors: { per_page: [`مقدار per_page باید بین ۱ و ${modes.maxPerPage} باشد`] } };
  }
  const perPage = Math.min(asked, modes.maxPerPage);
  const from = (page - 1) * perPage;
  const counts = {
    current_page: page,
    last_page: Math.max(1, Math.ceil(items.length / perPage)),
    per_page: perPage,
    total: items.length,
    from: items.length > from ? from + 1 : 0,
    to: Math.min(items.length, from + perPage),
  };
  const meta = Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [
      name,
      modes.metaNumbers === 'string' ? String(count) : count,
    ]),
  );
  return { ok: true, items: items.slice(from, from + perPage), meta };
}

type Filter = (record: Fields, value: string) => boolean;

const same =
  (name: string): Filter =>
  (record, value) =>
    String(record[name] ?? '') === value;
const part =
  (name: string): Filter =>
  (record, value) =>
    String(record[name] ?? '').includes(value.replace(/^0/, ''));
const day = (value: Json | undefined): string =>
  typeof value === 'number' ? new Date(value * 1000).toISOString().slice(0, 10) : String(value ?? '');

/** The filters of the list (api/edge.md). There is none by `status`: like any unknown one, it is ignored. */
const FILTERS: Record<string, Filter> = {
  username: (record, value) => String(record.uname).includes(value),
  name: (record, value) => String(record.name).includes(value),
  add_status: same('add_status'),
  national_id: same('national_id'),
  acl_role_id: same('acl_role_id'),
  tell: part('tell'),
  mobile: part('mobile'),
  is_reseller: same('is_reseller'),
  document_block: same('document_block'),
  created_from: (record, value) => day(record.time) >= value,
  created_to: (record, value) => day(record.time) <= value,
  expire_from: (record, value) => day(record.expire_time) >= value,
  expire_to: (record, value) => day(record.expire_time) !== '' && day(record.expire_time) <= value,
  is_bought_panel: same('is_bought_panel'),
  login_status: (record, value) => (record.last_login === null ? 'no' : 'yes') === value,
  sub_reseller: same('parent'),
};

/** Returns the users that match, or the names of the filters that were sent empty and are refused. */
export function filterUsers(
  records: Iterable<Fields>,
  query: URLSearchParams,
  modes: EdgeModes,
  unreadable: ReadonlySet<string>,
): { found: Fields[]; refused: string[] } {
  const given = Object.keys(FILTERS).flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [{ name, value }];
  });
  const empty = given.filter(({ value }) => value === '').map(({ name }) => name);
  if (modes.emptyFilter === 'refuse' && empty.length > 0) return { found: [], refused: empty };
  if (modes.emptyFilter === 'matchNone' && empty.length > 0) return { found: [], refused: [] };
  const wanted = given.filter(({ value }) => value !== '');
  return {
    found: [...records].filter(
      (record) =>
        wanted.every(({ name, value }) => FILTERS[name]?.(record, value)) &&
        // Only the whole list knows such a record.
        (wanted.length === 0 || !unreadable.has(String(record.user_id))),
    ),
    refused: [],
  };
}
