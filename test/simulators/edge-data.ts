import { drawLandline, drawMobile, drawPerson } from './people.ts';
import { createRng, type Rng } from './rng.ts';
import type { Fields } from './types.ts';

/** The role packages of the demo tenant, as `/acl/package/list` gives them. */
export const edgePackages: ReadonlyArray<Fields & { acl_role_id: number; acl_role_name: string }> = [
  { acl_role_id: 1201, acl_role_name: 'کاربر ساده', price: 0, status: 'active' },
  { acl_role_id: 1202, acl_role_name: 'کاربر سازمانی', price: 4_900_000, status: 'active' },
  { acl_role_id: 1203, acl_role_name: 'Developer API', price: 2_500_000, status: 'active' },
  { acl_role_id: 1204, acl_role_name: 'نماینده فروش', price: 12_000_000, status: 'active' },
  { acl_role_id: 1234, acl_role_name: 'Legacy 2019', price: 0, status: 'inactive' },
];

const COMPANIES = [
  'شرکت نوآوران ارتباط پارس',
  'کلینیک دندان‌پزشکی سپید',
  'Alborz Logistics Co.',
  'فروشگاه زنجیره‌ای مهر',
  'دفتر وکالت راد',
  '',
];

/** Fields that only the server itself uses: stored, never sent. Tests read them from `.record(id)`. */
export const edgeHidden = ['password', 'name_locked'];

/** The values to which a server resets fields. */
export function edgeDefaults(): Fields {
  return {
    name: '',
    email: '',
    company: '',
    tell: null,
    description: '',
    user_description: '',
    status: 'active',
    send_block: 'no',
    document_block: 'no',
    special_disc: 0,
    is_bought_panel: '0',
    expire_time: null,
    acl_role_id: 1201,
    address: '',
    postalcode: '',
    national_id: '',
  };
}

/**
 * The users of a demo tenant, keyed by `user_id`, as the server stores them: `mobile` and `tell` normalised,
 * `expire_time` as YYYY-MM-DD or null, `is_bought_panel` as "0"/"1". Every 6th name is locked by the civil registry.
 */
export function edgeRecords(seed: number, size: number): Map<string, Fields> {
  const rng = createRng(seed ^ 0xed6e);
  const all = new Map<string, Fields>();
  let id = 48_210;
  for (let index = 0; index < size; index += 1) {
    id += rng.int(1, 9);
    all.set(String(id), drawUser(rng, index, id));
  }
  return all;
}

function drawUser(rng: Rng, index: number, id: number): Fields {
  const person = drawPerson(rng);
  const persian = rng.chance(0.7);
  return {
    user_id: id,
    uname: `${person.handle.replace('.', '_')}${index}`,
    ...edgeDefaults(),
    name: persian ? person.fa : person.en,
    email: rng.chance(0.7) ? `${person.handle}${index}@example.ir` : '',
    company: rng.pick(COMPANIES),
    tell: rng.chance(0.6) ? `+98${drawLandline(rng).slice(1)}` : null,
    mobile: `+98${drawMobile(rng).slice(1)}`,
    national_id: String(rng.int(10_000_000, 99_999_999)).padStart(10, '0'),
    address: rng.chance(0.5) ? 'تهران، خیابان ولیعصر، پلاک ۱۲، واحد ۳' : '',
    postalcode: rng.chance(0.5) ? rng.int(1_000_000_000, 2_000_000_000) : '',
    description: rng.chance(0.4)
      ? rng.pick(['مشتری قدیمی', 'Renewal due in Mehr', 'تماس فقط صبح‌ها\nپیامک ندهید'])
      : '',
    user_description: rng.chance(0.2) ? 'لطفاً فاکتور رسمی صادر شود' : '',
    status: rng.chance(0.12) ? 'inactive' : 'active',
    send_block: rng.chance(0.1) ? 'yes' : 'no',
    special_disc: rng.pick([0, 0, 0, 5, 10, 120]),
    is_bought_panel: rng.chance(0.5) ? '1' : '0',
    is_reseller: rng.chance(0.05) ? 'yes' : 'no',
    expire_time: rng.chance(0.6) ? `202${rng.int(6, 9)}-${two(rng.int(1, 13))}-${two(rng.int(1, 29))}` : null,
    acl_role_id: rng.pick(edgePackages).acl_role_id,
    parent: 1042,
    credit: rng.int(0, 9_000_000) / 4,
    // Both in seconds since 1970 (api/edge.md, "Types as documented").
    last_login: rng.chance(0.8) ? drawMoment(rng, 2025) : null,
    time: drawMoment(rng, 2023),
    add_status: 'panel',
    confirm: 'yes',
    // Two undocumented fields, to prove that unknown fields are kept.
    sms_footer: rng.chance(0.3) ? 'لغو۱۱' : '',
    panel_settings: { theme: rng.pick(['light', 'dark']), lines: [rng.int(3000, 5000)] },
    password: `Pw!${rng.hex(12)}A`,
    name_locked: index % 6 === 4,
  };
}

function drawMoment(rng: Rng, year: number): number {
  const at = `${year}-${two(rng.int(1, 13))}-${two(rng.int(1, 29))}T${two(rng.int(0, 24))}:${two(rng.int(0, 60))}:07Z`;
  return Date.parse(at) / 1000;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
