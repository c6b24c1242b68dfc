import type { FieldSpec } from './field';
import { emailHeadings, fullNameHeadings, surnames } from './headings';
import type { Collection, ServerKind } from './server-kind';
import { onTab, plainValues, yesNo, yesOrNo } from './values';

/*
 * Simotel PBX, API v4, users family. Names, values and samples are from the vendor's page `users/update` and the api
 * note on Simotel; every field of the vendor's table is here.
 *
 * `aliases` are the usual short names of a column, and FreePBX headings: `devinfo_…` and `email` of its Bulk Extensions
 * module (12 and older), the others of its Bulk Handler (13 and later), whose `secret`, `dtmfmode`, `context` … match
 * the field names. Headings that sound alike but mean something else are left out: `password` (of the user portal),
 * `cid_masquerade` (internal calls only), `callerid` (of the device), `namedcallgroup` (names, not numbers),
 * `recording_…` (force or not, by direction), `concurrency_limit` (outgoing calls only), `user`, `id`, `transport`;
 * other programs' `Password` (a login or a SIP secret), `PIN`, first and last names, mobile and home numbers, and
 * forwards without their case.
 */
const general = onTab('general', [
  {
    name: 'name',
    aliases: [
      ...fullNameHeadings,
      'full name',
      'caller id name',
      'cid name',
      'effective_caller_id_name',
      'extension name',
      'نام و نام خانوادگی',
      'نام داخلی',
    ],
    restIn: surnames,
    type: 'text',
    gridWidth: 190,
    gridDefault: true,
    label: { en: 'Name', fa: 'نام' },
    help: { en: 'Name of the extension’s user.', fa: 'نام کاربر داخلی.' },
  },
  {
    name: 'number',
    // Yeastar uses `username` for the number, others for a person: the cells decide.
    aliases: [
      'extension',
      'ext',
      'exten',
      'extn',
      'ext no',
      'ext num',
      'ext number',
      'ext id',
      'extension no',
      'extension num',
      'extension number',
      'extension id',
      'user extension',
      'primary extension',
      'internal extension',
      'internal no',
      'extn no',
      'extn number',
      'sip extension',
      'station number',
      'internal number',
      'account number',
      'directory number',
      'username',
      'شماره',
      'داخلی',
      'شماره‌ی داخلی',
      'کد داخلی',
      'ش داخلی',
      'خط داخلی',
      'تلفن داخلی',
      'شماره تلفن داخلی',
    ],
    type: 'digits',
    required: true,
    unique: true,
    short: true,
    gridWidth: 90,
    gridDefault: true,
    label: { en: 'Number', fa: 'شماره داخلی' },
    help: {
      en: 'Extension number, unique on the server. Kept as text: leading zeros count.',
      fa: 'شماره داخلی، یکتا در سرور. به صورت متن نگه داشته می‌شود: صفرهای ابتدایی مهم‌اند.',
    },
  },
  {
    name: 'cid_number',
    aliases: [
      'outboundcid',
      'outbound caller id',
      'outbound_caller_id_number',
      'outbound cid number',
      'caller id number',
      'شماره کالر آیدی',
      'کالر آیدی',
      'شماره نمایشی خروجی',
    ],
    type: 'dial',
    short: true,
    gridWidth: 110,
    gridDefault: true,
    label: { en: 'Caller ID', fa: 'شماره نمایشی' },
    help: { en: 'The number shown to the called side.', fa: 'شماره‌ای که به طرف مقابل نمایش داده می‌شود.' },
  },
  {
    name: 'active',
    ...yesOrNo,
    gridWidth: 80,
    gridDefault: true,
    label: { en: 'Active', fa: 'فعال' },
    help: { en: 'Whether the extension is in service.', fa: 'آیا داخلی در حال کار است.' },
  },
  {
    name: 'user_type',
    type: 'choice',
    values: plainValues('SIP', 'IAX2'),
    short: true,
    gridWidth: 80,
    label: { en: 'User type', fa: 'نوع کاربر' },
    help: { en: 'Signalling protocol of the phone: SIP or IAX2.', fa: 'پروتکل سیگنالینگ تلفن: SIP یا IAX2.' },
  },
  {
    name: 'secret',
    aliases: [
      'devinfo_secret',
      'sipsecret',
      'sip password',
      'sip/iax password',
      'extension secret',
      'register password',
      'registration password',
      'auth password',
      'رمز سیپ',
      'گذرواژه SIP',
      'پسورد SIP',
    ],
    type: 'secret',
    secret: true,
    label: { en: 'SIP secret', fa: 'رمز SIP' },
    help: {
      en: 'The password with which the phone registers. Some servers show it only as asterisks; such a value is never written back.',
      fa: 'گذرواژه‌ای که تلفن با آن ثبت می‌شود. بعضی سرورها فقط ستاره نشان می‌دهند؛ چنین مقداری هرگز بازنویسی نمی‌شود.',
    },
  },
  {
    name: 'email',
    aliases: [...emailHeadings, 'voicemail_email'],
    identifies: true,
    type: 'email',
    gridWidth: 180,
    label: { en: 'E-mail', fa: 'ایمیل' },
    help: { en: 'Address for voicemail and reports.', fa: 'نشانی برای پیام صوتی و گزارش‌ها.' },
  },
]);

const network = onTab('network', [
  {
    name: 'host',
    aliases: ['devinfo_host', 'میزبان'],
    type: 'host',
    values: plainValues('dynamic'),
    open: true,
    short: true,
    gridWidth: 120,
    label: { en: 'Host', fa: 'هاست (Host)' },
    help: {
      en: '“dynamic” where the phone registers, or its fixed IP.',
      fa: '«dynamic» اگر تلفن ثبت می‌شود، یا IP ثابت آن.',
    },
  },
  {
    name: 'port',
    aliases: ['devinfo_port', 'درگاه'],
    type: 'port',
    short: true,
    gridWidth: 70,
    label: { en: 'Port', fa: 'پورت' },
    help: {
      en: 'Signalling port, 1 to 65535; SIP’s own is 5060.',
      fa: 'پورت سیگنالینگ، ۱ تا ۶۵۵۳۵؛ پورت معمول SIP برابر 5060 است.',
    },
  },
  {
    name: 'type',
    aliases: ['devinfo_type', 'نوع همتا'],
    type: 'choice',
    values: plainValues('user', 'peer', 'friend'),
    short: true,
    gridWidth: 80,
    label: { en: 'Peer type', fa: 'نوع Peer' },
    help: {
      en: 'user: takes calls in; peer: is called; friend: both. Lower case on the wire.',
      fa: 'user: تماس ورودی؛ peer: تماس خروجی؛ friend: هر دو. روی سیم با حروف کوچک.',
    },
  },
  {
    name: 'nat',
    aliases: ['devinfo_nat'],
    type: 'choice',
    values: [
      ...yesNo,
      {
        value: 'force_rport,comedia',
        label: { en: 'Force rport + comedia', fa: 'force_rport, comedia' },
      },
    ],
    short: true,
    gridWidth: 130,
    label: { en: 'NAT', fa: 'NAT' },
    help: {
      en: 'How the server treats a phone behind address translation.',
      fa: 'رفتار سرور با تلفنی که پشت NAT است.',
    },
  },
  {
    name: 'qualify',
    aliases: ['devinfo_qualify', 'بررسی دسترس‌پذیری'],
    ...yesOrNo,
    gridWidth: 80,
    label: { en: 'Qualify', fa: 'پایش اتصال (Qualify)' },
    help: {
      en: 'The server asks the phone regularly whether it is there.',
      fa: 'سرور مرتب بررسی می‌کند که تلفن در دسترس است.',
    },
  },
  {
    name: 'deny',
    aliases: ['devinfo_deny'],
    type: 'ipMask',
    gridWidth: 150,
    label: { en: 'Denied IPs', fa: 'IPهای غیرمجاز' },
    help: { en: 'Address and mask, 0.0.0.0/0.0.0.0 for all.', fa: 'نشانی و ماسک؛ 0.0.0.0/0.0.0.0 یعنی همه.' },
    note: {
      en: 'How the server separates several rules is not documented; Patchbay keeps what is there byte for byte.',
      fa: 'جداکننده چند قانون مستند نیست؛ Patchbay مقدار موجود را بدون تغییر نگه می‌دارد.',
    },
  },
  {
    name: 'permit',
    aliases: ['devinfo_permit'],
    type: 'ipMask',
    gridWidth: 150,
    label: { en: 'Allowed IPs', fa: 'IPهای مجاز' },
    help: {
      en: 'Address and mask from which the phone may register.',
      fa: 'نشانی و ماسکی که تلفن مجاز است از آن ثبت شود.',
    },
  },
]);

const media = onTab('media', [
  {
    name: 'dtmfmode',
    aliases: ['devinfo_dtmfmode'],
    type: 'choice',
    values: plainValues('rfc2833', 'inband', 'info', 'auto'),
    open: true,
    suggest: 'distinct',
    short: true,
    gridWidth: 100,
    label: { en: 'DTMF protocol', fa: 'پروتکل DTMF' },
    help: { en: 'How pressed keys travel: rfc2833 as a rule.', fa: 'روش انتقال کلیدها: معمولاً rfc2833.' },
  },
  {
    name: 'canreinvite',
    aliases: ['devinfo_canreinvite'],
    ...yesOrNo,
    gridWidth: 100,
    label: { en: 'Can re-invite', fa: 'اجازه Re-invite' },
    help: {
      en: 'The phones may send media to each other directly (older name).',
      fa: 'تلفن‌ها می‌توانند صدا را مستقیم رد و بدل کنند (نام قدیمی).',
    },
  },
  {
    name: 'directmedia',
    aliases: ['devinfo_direct_media', 'رسانه مستقیم'],
    ...yesOrNo,
    gridWidth: 100,
    label: { en: 'Direct media', fa: 'Direct Media' },
    help: {
      en: 'The phones may send media to each other directly.',
      fa: 'تلفن‌ها می‌توانند صدا را مستقیم رد و بدل کنند.',
    },
  },
  {
    name: 'faxdetect',
    ...yesOrNo,
    gridWidth: 90,
    aliases: ['تشخیص دورنگار'],
    label: { en: 'Fax detection', fa: 'تشخیص فکس' },
    help: { en: 'Listen for a fax tone on answer.', fa: 'پس از پاسخ، به صدای فکس گوش می‌دهد.' },
  },
]);

const calls = onTab('calls', [
  {
    name: 'context',
    aliases: ['devinfo_context', 'زمینه'],
    type: 'text',
    suggest: 'distinct',
    short: true,
    gridWidth: 130,
    gridDefault: true,
    label: { en: 'Context', fa: 'Context' },
    help: {
      en: 'The dial plan that the extension’s calls enter.',
      fa: 'طرح شماره‌گیری که تماس‌های داخلی وارد آن می‌شوند.',
    },
  },
  {
    name: 'call_record',
    ...yesOrNo,
    gridWidth: 100,
    gridDefault: true,
    label: { en: 'Call recording', fa: 'ضبط مکالمه' },
    help: { en: 'Record this extension’s calls.', fa: 'مکالمات این داخلی ضبط شود.' },
  },
  {
    name: 'callgroup',
    aliases: ['devinfo_callgroup'],
    type: 'digits',
    suggest: 'distinct',
    short: true,
    gridWidth: 90,
    label: { en: 'Call group', fa: 'گروه تماس' },
    help: {
      en: 'Group number in which its calls may be picked up.',
      fa: 'شماره گروهی که تماس‌های آن قابل برداشت است.',
    },
  },
  {
    name: 'pickupgroup',
    aliases: ['devinfo_pickupgroup', 'گروه برداشت'],
    type: 'digits',
    suggest: 'distinct',
    short: true,
    gridWidth: 100,
    label: { en: 'Pickup group', fa: 'گروه پاسخ (Pickup)' },
    help: {
      en: 'Group number whose calls it may pick up.',
      fa: 'شماره گروهی که می‌تواند تماس‌هایش را بردارد.',
    },
  },
  {
    name: 'call_limit',
    type: 'digits',
    short: true,
    gridWidth: 80,
    aliases: ['حد تماس'],
    label: { en: 'Call limit', fa: 'سقف تماس هم‌زمان' },
    help: {
      en: 'Simultaneous calls allowed; empty for no limit.',
      fa: 'تعداد تماس همزمان؛ خالی یعنی بدون حد.',
    },
  },
  {
    name: 'callcounter',
    ...yesOrNo,
    gridWidth: 90,
    label: { en: 'Call counter', fa: 'شمارنده تماس' },
    help: {
      en: 'Count calls, so that busy state and limit work.',
      fa: 'تماس‌ها شمرده شود تا وضعیت مشغول و سقف تماس هم‌زمان کار کند.',
    },
  },
  {
    name: 'transfer',
    type: 'choice',
    values: [...yesNo, { value: 'mediaonly', label: { en: 'Media only (IAX2)', fa: 'فقط رسانه (IAX2)' } }],
    short: true,
    gridWidth: 90,
    label: { en: 'Transfer', fa: 'انتقال' },
    help: {
      en: 'May transfer calls; “mediaonly” is for IAX2.',
      fa: 'اجازه انتقال تماس؛ «mediaonly» برای IAX2 است.',
    },
  },
  {
    name: 'trunk',
    ...yesOrNo,
    gridWidth: 70,
    label: { en: 'Trunk', fa: 'ترانک' },
    help: { en: 'The extension stands for a trunk.', fa: 'داخلی به عنوان ترانک به کار می‌رود.' },
  },
  {
    name: 'push_notification',
    ...yesOrNo,
    gridWidth: 110,
    aliases: ['اعلان پوش'],
    label: { en: 'Push notification', fa: 'Push notification' },
    help: {
      en: 'Wake the mobile client for incoming calls.',
      fa: 'برنامه موبایل برای تماس ورودی بیدار شود.',
    },
  },
]);

function forward(key: string, label: FieldSpec['label'], help: FieldSpec['help']): FieldSpec {
  return {
    name: `forward_policy.${key}`,
    tab: 'forwarding',
    type: 'dial',
    refersTo: 'number',
    readAs: ['forward_policy', key],
    gridWidth: 120,
    label,
    help,
  };
}

const forwarding: readonly FieldSpec[] = [
  forward(
    'Busy',
    { en: 'When busy', fa: 'هنگام مشغول بودن' },
    {
      en: 'Number to call when the extension is busy; empty for none.',
      fa: 'شماره مقصد هنگام مشغول بودن؛ خالی یعنی هیچ.',
    },
  ),
  forward(
    'No Answer',
    { en: 'No answer', fa: 'بی‌پاسخ' },
    {
      en: 'Number to call when nobody answers; empty for none.',
      fa: 'شماره مقصد وقتی کسی پاسخ نمی‌دهد؛ خالی یعنی هیچ.',
    },
  ),
  forward(
    'UnAvailable',
    { en: 'Unavailable', fa: 'در دسترس نبودن' },
    {
      en: 'Number to call when the phone is not registered; empty for none.',
      fa: 'شماره مقصد وقتی تلفن ثبت نیست؛ خالی یعنی هیچ.',
    },
  ),
  forward(
    'All',
    { en: 'All calls', fa: 'همه تماس‌ها' },
    {
      en: 'Number that takes every call; empty for none.',
      fa: 'شماره‌ای که همهٔ تماس‌ها به آن می‌رود؛ خالی یعنی هیچ.',
    },
  ),
];

const advanced = onTab('advanced', [
  {
    name: 'description',
    type: 'text',
    gridWidth: 180,
    label: { en: 'Description', fa: 'توضیح' },
    help: { en: 'Free note, shown on read.', fa: 'یادداشت آزاد که هنگام خواندن نمایش داده می‌شود.' },
    note: {
      en: 'It is not known whether every server version stores this; the read-back will tell.',
      fa: 'معلوم نیست همه نسخه‌های سرور این را ذخیره کنند؛ بازخوانی نشان خواهد داد.',
    },
  },
  {
    name: 'more_options',
    type: 'multiline',
    secret: true,
    label: { en: 'More options', fa: 'تنظیمات بیشتر' },
    help: {
      en: 'key=value, one a line, handed to the telephone engine as it stands. May hold passwords, so it is masked until you ask.',
      fa: 'key=value، هر خط یکی؛ بدون تغییر به موتور تلفن داده می‌شود. ممکن است رمز داشته باشد، پس تا نخواهید پوشیده است.',
    },
    note: {
      en: 'Sent byte for byte as typed: the line separator that the server wants is not documented.',
      fa: 'دقیقاً همان‌طور که نوشته شده ارسال می‌شود: جداکننده خط‌ها مستند نیست.',
    },
  },
  {
    name: 'date',
    type: 'text',
    readOnly: true,
    volatile: true,
    gridWidth: 150,
    label: { en: 'Server date', fa: 'تاریخ سرور' },
    help: {
      en: 'Jalali date and time kept by the server. Never sent.',
      fa: 'تاریخ و ساعت شمسی که سرور نگه می‌دارد. هرگز ارسال نمی‌شود.',
    },
  },
  {
    name: 'queues',
    type: 'json',
    readOnly: true,
    gridWidth: 140,
    label: { en: 'Queues', fa: 'صف‌ها' },
    help: {
      en: 'Queues that the extension is a member of. Never sent.',
      fa: 'صف‌هایی که داخلی عضو آن‌هاست. هرگز ارسال نمی‌شود.',
    },
  },
]);

const basic = [
  { id: 'user', label: { en: 'API user name', fa: 'نام کاربری API' }, visible: true },
  { id: 'password', label: { en: 'API password', fa: 'گذرواژه API' } },
];
const apiKey = { id: 'apiKey', label: { en: 'X-APIKEY', fa: 'X-APIKEY' } };

const extensions: Collection = {
  noun: { en: 'extension', fa: 'داخلی' },
  nouns: { en: 'extensions', fa: 'داخلی‌ها' },
  can: ['edit'],
  catalog: {
    tabs: [
      { id: 'general', label: { en: 'General', fa: 'عمومی' } },
      { id: 'network', label: { en: 'Network', fa: 'شبکه' } },
      { id: 'media', label: { en: 'Media', fa: 'رسانه' } },
      { id: 'calls', label: { en: 'Calls', fa: 'تماس‌ها' } },
      { id: 'forwarding', label: { en: 'Forwarding', fa: 'دایورت (انتقال تماس)' } },
      { id: 'advanced', label: { en: 'Advanced', fa: 'پیشرفته' } },
    ],
    fields: [...general, ...network, ...media, ...calls, ...forwarding, ...advanced],
    idField: '_id',
    titleFields: ['number', 'name'],
    unknownTab: 'advanced',
  },
};

export const simotel: ServerKind = {
  noun: { en: 'Simotel PBX', fa: 'سرور سیموتل' },
  collections: { extensions },
  authModes: [
    { id: 'basic', label: { en: 'User name and password', fa: 'نام کاربری و گذرواژه' }, parts: basic },
    { id: 'apikey', label: { en: 'X-APIKEY', fa: 'X-APIKEY' }, parts: [apiKey] },
    { id: 'both', label: { en: 'Both', fa: 'هر دو' }, parts: [...basic, apiKey] },
  ],
  writeModes: [
    {
      id: 'full',
      label: { en: 'Full record', fa: 'رکورد کامل' },
      help: {
        en: 'Sends the freshly read record with your changes in it. Safe where the server resets fields that are left out.',
        fa: 'رکورد تازه‌خوانده را همراه تغییرات شما می‌فرستد. امن است اگر سرور فیلدهای نفرستاده را بازنشانی کند.',
      },
    },
    {
      id: 'changed',
      label: { en: 'Changed fields only', fa: 'فقط فیلدهای تغییرکرده' },
      help: {
        en: 'Sends only what you changed. Choose it only where you know that the server keeps the rest.',
        fa: 'فقط آنچه تغییر داده‌اید را می‌فرستد. تنها اگر می‌دانید سرور بقیه را نگه می‌دارد.',
      },
    },
  ],
  urlExample: 'http://192.168.51.20/api/v4',
  basePath: (pasted) => {
    const versioned = /^(.*?\/api\/v\d+)(?:\/.*)?$/i.exec(pasted);
    return versioned?.[1] ?? `${pasted.replace(/\/api$/i, '')}/api/v4`;
  },
};
