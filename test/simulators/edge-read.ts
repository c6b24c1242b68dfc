import { edgeHidden, edgePackages } from './edge-data.ts';
import type { EdgeModes } from './edge-modes.ts';
import type { Fields, Json } from './types.ts';

/**
 * A stored user as the server shows it. Between `list` and `show` some types differ (api/edge.md, "Record"):
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

function expireForm(value: Json, modes: EdgeModes): Json {
  if (typeof value !== 'string' || modes.expireForm === 'null') return null;
  if (modes.expireForm === 'epoch') return Math.floor(Date.parse(`${value}T00:00:00Z`) / 1000);
  return modes.expireForm === 'datetime' ? `${value} 23:59:59` : value;
}

export type Page =
  | { ok: true; items: Fields[]; meta: Fields }
  | { ok: false; errors: Record<string, string[]> };

/** One page and its meta (`current_page last_page per_page total from to`); per_page is 10 unless told. */
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
  };
  const meta = Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [
      name,
      modes.metaNumbers === 'string' ? String(count) : count,
    ]),
  );
  return { ok: true, items: items.slice(from, from + perPage), meta };
}

const FILTERS: Record<string, (record: Fields, value: string) => boolean> = {
  username: (record, value) => String(record.uname).includes(value),
  name: (record, value) => String(record.name).includes(value),
  status: (record, value) => record.status === value,
  tell: (record, value) => String(record.tell ?? '').includes(value.replace(/^0/, '')),
  mobile: (record, value) => String(record.mobile ?? '').includes(value.replace(/^0/, '')),
  acl_role_id: (record, value) => String(record.acl_role_id) === value,
};

/** The users that the filters leave, or the names of the filters that were sent empty and are refused. */
export function filterUsers(
  records: Iterable<Fields>,
  query: URLSearchParams,
  modes: EdgeModes,
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
    found: [...records].filter((record) => wanted.every(({ name, value }) => FILTERS[name]?.(record, value))),
    refused: [],
  };
}
