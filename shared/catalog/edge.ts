import type { FieldSpec } from './field';
import { emailHeadings, fullNameHeadings, surnames } from './headings';
import type { Collection, ServerKind } from './server-kind';
import { oneZero, onTab, yesOrNo } from './values';

/*
 * IPPanel Edge, users family. Names, types and samples are from the vendor's page `user/update` and the api note on
 * Edge, whose table "Record on read, and what update calls it" explains every `readAs` here.
 */
const profile = onTab('profile', [
  {
    name: 'name',
    aliases: [...fullNameHeadings, 'name_family', 'fullname'],
    restIn: surnames,
    type: 'text',
    gridWidth: 180,
    gridDefault: true,
    label: { en: 'Full name', fa: 'نام و نام خانوادگی' },
    help: {
      en: 'The vendor’s table calls it name_family, its examples name; Patchbay sends name.',
      fa: 'جدول سازنده آن را name_family و نمونه‌هایش name می‌نامد؛ Patchbay name می‌فرستد.',
    },
    note: {
      en: 'A name that came from the civil registry cannot be changed: the panel refuses or ignores it.',
      fa: 'نامی که از ثبت احوال آمده باشد قابل تغییر نیست: پنل آن را رد می‌کند یا نادیده می‌گیرد.',
    },
  },
  {
    name: 'uname',
    aliases: ['username', 'login', 'login name', 'user login', 'شناسه کاربری', 'نام ورود'],
    unique: true,
    type: 'text',
    readOnly: true,
    short: true,
    gridWidth: 130,
    gridDefault: true,
    label: { en: 'User name', fa: 'نام کاربری' },
    help: { en: 'Login name; cannot be changed here.', fa: 'نام ورود؛ از اینجا تغییر نمی‌کند.' },
  },
  {
    name: 'company',
    aliases: ['company name', 'organization', 'organisation', 'نام شرکت', 'سازمان'],
    type: 'text',
    gridWidth: 150,
    gridDefault: true,
    label: { en: 'Company', fa: 'شرکت' },
    help: { en: 'Company name, for business accounts.', fa: 'نام شرکت، برای حساب‌های سازمانی.' },
  },
  {
    name: 'email',
    aliases: emailHeadings,
    identifies: true,
    type: 'email',
    gridWidth: 190,
    gridDefault: true,
    label: { en: 'E-mail', fa: 'ایمیل' },
    help: { en: 'For account recovery and notifications.', fa: 'برای بازیابی حساب و اعلان‌ها.' },
  },
  {
    name: 'tell',
    aliases: [
      'phone',
      'phone number',
      'telephone number',
      'landline',
      'home number',
      'تلفن ثابت',
      'شماره تلفن',
      'شماره ثابت',
    ],
    type: 'phone',
    short: true,
    gridWidth: 140,
    label: { en: 'Telephone', fa: 'تلفن' },
    help: {
      en: 'Landline. The panel rewrites it (02122222222 is read back as +982122222222): equal numbers are treated as equal.',
      fa: 'تلفن ثابت. پنل آن را بازنویسی می‌کند (02122222222 به شکل +982122222222 خوانده می‌شود)؛ شماره‌های برابر، برابر شمرده می‌شوند.',
    },
  },
  {
    name: 'mobile',
    aliases: [
      'mobile number',
      'mobile phone',
      'mobile no',
      'cell phone',
      'cell number',
      'cellphone number',
      'شماره موبایل',
      'تلفن همراه',
      'شماره همراه',
      'شماره تلفن همراه',
      'همراه',
    ],
    identifies: true,
    type: 'phone',
    readOnly: true,
    short: true,
    gridWidth: 140,
    label: { en: 'Mobile', fa: 'موبایل' },
    help: {
      en: 'Mobile number of the account; cannot be changed here.',
      fa: 'موبایل حساب؛ از اینجا تغییر نمی‌کند.',
    },
  },
  {
    name: 'description',
    type: 'multiline',
    gridWidth: 200,
    label: { en: 'Description', fa: 'توضیح' },
    help: { en: 'Internal note about the user.', fa: 'یادداشت داخلی درباره کاربر.' },
  },
]);

const access = onTab('access', [
  {
    name: 'status',
    type: 'choice',
    values: [
      { value: 'active', label: { en: 'Active', fa: 'فعال' } },
      { value: 'inactive', label: { en: 'Inactive', fa: 'غیرفعال' } },
    ],
    short: true,
    gridWidth: 90,
    gridDefault: true,
    label: { en: 'Status', fa: 'وضعیت' },
    help: { en: 'Status of the account.', fa: 'وضعیت حساب.' },
  },
  {
    name: 'send_block',
    ...yesOrNo,
    gridWidth: 100,
    label: { en: 'Send block', fa: 'پیام مسدودی' },
    help: {
      en: 'The vendor says “whether to send a block message to the user”. Patchbay claims nothing more.',
      fa: 'سازنده می‌گوید «آیا پیام مسدودی به کاربر فرستاده شود». Patchbay چیزی بیش از این ادعا نمی‌کند.',
    },
  },
  {
    name: 'acl_id',
    aliases: ['acl_role_id'],
    type: 'integer',
    readAs: ['acl_role_id'],
    wire: 'integer',
    suggest: 'lookup',
    required: true,
    gridWidth: 110,
    gridDefault: true,
    label: { en: 'Role', fa: 'نقش دسترسی' },
    help: {
      en: 'ACL role; chosen from the panel’s own list. Read back as acl_role_id.',
      fa: 'نقش دسترسی؛ از فهرست خود پنل. هنگام خواندن acl_role_id نام دارد.',
    },
  },
  {
    name: 'expire_time',
    aliases: ['expiry', 'expiry date', 'expire date', 'expiration date', 'تاریخ پایان', 'انقضا'],
    type: 'date',
    required: true,
    expires: true,
    gridWidth: 110,
    gridDefault: true,
    short: true,
    label: { en: 'Expires on', fa: 'تاریخ انقضا' },
    help: { en: 'Gregorian, YYYY-MM-DD.', fa: 'میلادی، YYYY-MM-DD.' },
    note: {
      en: 'How to clear an expiry is not documented, so it can only be set to a date.',
      fa: 'روش حذف انقضا مستند نیست؛ فقط می‌توان تاریخ گذاشت.',
    },
  },
  {
    name: 'password',
    type: 'password',
    secret: true,
    writeOnly: true,
    label: { en: 'New password', fa: 'گذرواژه تازه' },
    help: {
      en: 'At least 8 characters with an upper-case and a lower-case letter, a digit and a special character.',
      fa: 'دست‌کم ۸ نویسه با یک حرف بزرگ و یک حرف کوچک لاتین، یک رقم و یک نویسه ویژه.',
    },
    note: {
      en: 'Can be set but never read, compared, verified or taken back.',
      fa: 'فقط قابل تعیین است؛ خواندن، مقایسه، تأیید و بازگرداندن آن ممکن نیست.',
    },
  },
]);

const billing = onTab('billing', [
  {
    name: 'special_disc',
    type: 'integer',
    wire: 'integer',
    required: true,
    short: true,
    gridWidth: 90,
    label: { en: 'Discount', fa: 'تخفیف' },
    help: {
      en: 'The vendor calls it the discount amount and names no unit.',
      fa: 'سازنده آن را مقدار تخفیف می‌نامد و واحدی نمی‌گوید.',
    },
  },
  {
    name: 'is_bought_panel',
    type: 'bit',
    values: oneZero,
    wire: 'integer',
    short: true,
    gridWidth: 110,
    label: { en: 'Bought panel', fa: 'خرید پنل' },
    help: { en: 'Whether the user has bought the panel.', fa: 'آیا کاربر پنل را خریده است.' },
  },
  {
    name: 'credit',
    type: 'json',
    readAs: ['credit'],
    readOnly: true,
    volatile: true,
    gridWidth: 110,
    label: { en: 'Credit', fa: 'اعتبار' },
    help: { en: 'Balance as the panel tells it.', fa: 'موجودی به روایت پنل.' },
  },
]);

function readOnly(name: string, label: FieldSpec['label'], more: Partial<FieldSpec> = {}): FieldSpec {
  return {
    name,
    tab: 'server',
    type: 'text',
    readOnly: true,
    short: true,
    gridWidth: 130,
    label,
    help: { en: 'Shown by the panel; cannot be changed here.', fa: 'پنل نشان می‌دهد؛ از اینجا تغییر نمی‌کند.' },
    ...more,
  };
}

const server: readonly FieldSpec[] = [
  readOnly('national_id', { en: 'National ID', fa: 'کد ملی' }, { identifies: true }),
  readOnly('postalcode', { en: 'Postal code', fa: 'کد پستی' }),
  readOnly('address', { en: 'Address', fa: 'نشانی' }, { short: false, gridWidth: 200 }),
  readOnly('user_description', { en: 'User’s description', fa: 'توضیح کاربر' }, { short: false }),
  readOnly('document_block', { en: 'Document block', fa: 'مسدودی مدارک' }),
  readOnly('is_reseller', { en: 'Reseller', fa: 'نماینده' }),
  readOnly('parent', { en: 'Parent', fa: 'حساب بالادست' }, { type: 'json' }),
  readOnly('last_login', { en: 'Last login', fa: 'آخرین ورود' }, { volatile: true }),
  readOnly('time', { en: 'Created', fa: 'ایجاد' }),
];

const users: Collection = {
  noun: { en: 'user', fa: 'کاربر' },
  nouns: { en: 'users', fa: 'کاربران' },
  can: ['edit'],
  catalog: {
    tabs: [
      { id: 'profile', label: { en: 'Profile', fa: 'مشخصات' } },
      { id: 'access', label: { en: 'Access', fa: 'دسترسی' } },
      { id: 'billing', label: { en: 'Billing', fa: 'مالی' } },
      { id: 'server', label: { en: 'Server data', fa: 'داده‌های سرور' } },
    ],
    fields: [...profile, ...access, ...billing, ...server],
    idField: 'user_id',
    titleFields: ['name', 'uname'],
    unknownTab: 'server',
    absorbed: ['acl_role'],
  },
};

export const edge: ServerKind = {
  noun: { en: 'Edge panel', fa: 'پنل Edge' },
  collections: { users },
  authModes: [
    {
      id: 'token',
      label: { en: 'Token or API key', fa: 'توکن یا کلید API' },
      parts: [{ id: 'token', label: { en: 'Token or API key', fa: 'توکن یا کلید API' } }],
    },
  ],
  writeModes: [],
  urlExample: 'https://edge.ippanel.com/v1',
  // Pasted with or without `/v1`, `/api`, or the path of a whole request (api note on Edge).
  basePath: (pasted) => {
    const base = pasted.replace(/\/api(\/(user|acl)(\/.*)?)?$/i, '');
    return /\/v\d+$/i.test(base) ? base : `${base}/v1`;
  },
};
