import { drawLandline, drawMobile, drawPerson } from './people.ts';
import { createRng, type Rng } from './rng.ts';
import type { Fields } from './types.ts';

/** Departments of the demo company, each with its context and call group. */
const DEPARTMENTS = [
  { fa: 'پذیرش', en: 'Reception', context: 'main_routing', group: '1' },
  { fa: 'فروش', en: 'Sales', context: 'sales_routing', group: '2' },
  { fa: 'پشتیبانی', en: 'Support', context: 'support_routing', group: '3' },
  { fa: 'مالی', en: 'Accounting', context: 'internal_only', group: '4' },
  { fa: 'انبار', en: 'Warehouse', context: 'internal_only', group: '4,5' },
  { fa: 'مدیریت', en: 'Management', context: 'international', group: '6' },
] as const;

/** The values to which a server resets fields. Names and values are those of the vendor's samples. */
export function simotelDefaults(): Fields {
  return {
    user_type: 'SIP',
    active: 'yes',
    name: '',
    cid_number: '',
    secret: '',
    call_record: 'no',
    push_notification: 'no',
    deny: '0.0.0.0/0.0.0.0',
    permit: '0.0.0.0/0.0.0.0',
    dtmfmode: 'rfc2833',
    context: 'main_routing',
    host: 'dynamic',
    type: 'friend',
    port: '5060',
    nat: 'no',
    qualify: 'no',
    canreinvite: 'no',
    directmedia: 'no',
    callgroup: '',
    pickupgroup: '',
    callcounter: 'no',
    faxdetect: 'no',
    call_limit: '',
    trunk: 'no',
    transfer: 'no',
    email: '',
    more_options: '',
    description: '',
    forward_policy: { Busy: '', 'No Answer': '', UnAvailable: '', All: '' },
  };
}

/**
 * The users of a demo company, keyed by `_id`; determined by seed and size. Special ones, where the size allows: #3 has
 * a leading zero in its number, #5 and #11 have the 25-character `_id` of the vendor's samples, every 7th is IAX2 (the
 * others have no `trunk` and no `transfer`), and some have undocumented fields.
 */
export function simotelRecords(seed: number, size: number): Map<string, Fields> {
  const rng = createRng(seed);
  const first = size > 850 ? 1000 : 100;
  const all = new Map<string, Fields>();
  for (let index = 0; index < size; index += 1) {
    const record = drawUser(rng, index, index === 3 ? `0${first + index}` : String(first + index), first);
    all.set(String(record._id), record);
  }
  return all;
}

function drawUser(rng: Rng, index: number, number: string, first: number): Fields {
  const person = drawPerson(rng);
  const department = rng.pick(DEPARTMENTS);
  const iax = index % 7 === 6;
  const { trunk: _trunk, transfer: _transfer, ...defaults } = simotelDefaults();
  const some = <T extends string>(usual: T, other: T, share = 0.2): T => (rng.chance(share) ? other : usual);
  return {
    _id: rng.hex(index === 5 || index === 11 ? 25 : 24),
    ...defaults,
    user_type: iax ? 'IAX2' : 'SIP',
    active: some('yes', 'no', 0.08),
    name: drawName(rng, index, person.fa, person.en, department),
    number,
    cid_number: rng.chance(0.15) ? drawLandline(rng) : number,
    secret: `sip-${rng.hex(16)}`,
    call_record: some('no', 'yes', 0.4),
    push_notification: some('no', 'yes'),
    deny: rng.chance(0.3) ? '0.0.0.0/0.0.0.0' : '',
    permit: rng.pick(['0.0.0.0/0.0.0.0', '192.168.51.0/255.255.255.0', '10.20.0.0/255.255.0.0', '']),
    dtmfmode: rng.pick(['rfc2833', 'rfc2833', 'rfc2833', 'inband', 'info', 'auto']),
    context: department.context,
    host: rng.chance(0.1) ? `192.168.51.${rng.int(20, 250)}` : 'dynamic',
    type: rng.pick(['friend', 'friend', 'user', 'peer']),
    port: iax ? '4569' : rng.pick(['5060', '5060', '5062', '']),
    nat: rng.pick(['no', 'yes', 'force_rport,comedia']),
    qualify: some('no', 'yes', 0.5),
    canreinvite: some('no', 'yes'),
    directmedia: some('no', 'yes'),
    callgroup: department.group,
    pickupgroup: department.group,
    callcounter: some('no', 'yes'),
    faxdetect: some('no', 'yes', 0.05),
    call_limit: rng.pick(['', '', '1', '2', '10']),
    // A SIP record as sampled has neither (api/simotel.md, "More that is known").
    ...(iax
      ? { trunk: some('no', 'yes', 0.5), transfer: rng.pick(['mediaonly', 'mediaonly', 'yes', 'no']) }
      : {}),
    email: rng.chance(0.6) ? `${person.handle}${index}@example.ir` : '',
    forward_policy: drawPolicy(rng, first),
    more_options: drawOptions(rng),
    description: rng.chance(0.3)
      ? rng.pick(['طبقه دوم، اتاق ۲۱۴', 'Shared desk, 2nd floor', 'تلفن بی‌سیم سالن جلسات'])
      : '',
    date: `140${rng.int(1, 5)}-${two(rng.int(1, 13))}-${two(rng.int(1, 30))} ${two(rng.int(7, 20))}:${two(rng.int(0, 60))}:${two(rng.int(0, 60))}`,
    queues: rng.chance(0.25)
      ? [rng.pick(['sales', 'support', 'reception']), ...(rng.chance(0.3) ? ['overflow'] : [])]
      : [],
    ...drawExtras(rng, index),
  };
}

function drawName(
  rng: Rng,
  index: number,
  fa: string,
  en: string,
  department: { fa: string; en: string },
): string {
  // An Arabic yeh and kaf, as typed on old keyboards: looks the same, searches differently.
  if (index === 2) return 'علي كريمي';
  if (rng.chance(0.12)) return `${department.en} - ${department.fa} ${index}`;
  return rng.chance(0.6) ? fa : en;
}

function drawPolicy(rng: Rng, first: number): Fields {
  const target = (share: number): string => {
    if (!rng.chance(share)) return '';
    return rng.pick([drawMobile(rng), drawLandline(rng), String(first + rng.int(0, 40)), '0098912', '*97']);
  };
  return { Busy: target(0.35), 'No Answer': target(0.4), UnAvailable: target(0.3), All: target(0.1) };
}

function drawOptions(rng: Rng): string {
  if (rng.chance(0.6)) return '';
  return rng.pick([
    'disallow=all\nallow=alaw,ulaw\nlanguage=fa',
    'encryption=yes\ntransport=tls\ndtlsverify=fingerprint',
    'disallow=all\r\nallow=g729\r\nsetvar=CDR(userfield)=پذیرش',
    `setvar=PIN=pin-${rng.hex(8)}\nsession-timers=refuse`,
  ]);
}

function drawExtras(rng: Rng, index: number): Fields {
  const extras: Fields = {};
  if (index % 4 === 0) extras.recording_retention = String(rng.pick([30, 90, 365]));
  if (index % 5 === 0) extras.web_phone = { enabled: rng.pick(['yes', 'no']), layout: 'compact' };
  if (index % 6 === 1) extras.tags = ['VIP', 'طبقه ۲'];
  return extras;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
