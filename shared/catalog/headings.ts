/* Headings of spreadsheet columns that the fields of several kinds of server share. */

/** Headings of a surname column; beside one, a column "name" holds first names. */
export const surnames: readonly string[] = [
  'last name',
  'surname',
  'family',
  'family name',
  'second name',
  'نام خانوادگی',
  'نام فامیل',
  'نام فامیلی',
  'فامیل',
  'فامیلی',
];

/** Headings of a full name. */
export const fullNameHeadings: readonly string[] = [
  'display name',
  'user full name',
  'نام نمایشی',
  'نام کامل',
  'نام و فامیل',
  'نام و فامیلی',
];

/** Headings of an e-mail address. */
export const emailHeadings: readonly string[] = [
  'رایانامه',
  'email address',
  'mail',
  'mail address',
  'user email',
  'آدرس ایمیل',
  'نشانی ایمیل',
  'نشانی رایانامه',
  'پست الکترونیک',
  'پست الکترونیکی',
  'نشانی پست الکترونیک',
  'آدرس پست الکترونیک',
  'آدرس پست الکترونیکی',
  'نشانی پست الکترونیکی',
];
