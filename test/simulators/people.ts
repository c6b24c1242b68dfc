import type { Rng } from './rng.ts';

/** Family names in Persian with their usual Latin spelling. One has a zero-width non-joiner, as real lists do. */
const FAMILIES = [
  ['محمدی', 'Mohammadi'],
  ['حسینی', 'Hosseini'],
  ['رضایی', 'Rezaei'],
  ['کریمی', 'Karimi'],
  ['احمدی', 'Ahmadi'],
  ['موسوی', 'Mousavi'],
  ['جعفری', 'Jafari'],
  ['قاسمی', 'Ghasemi'],
  ['حیدری', 'Heidari'],
  ['صادقی', 'Sadeghi'],
  ['نوری', 'Nouri'],
  ['یوسفی', 'Yousefi'],
  ['کاظمی', 'Kazemi'],
  ['شریفی', 'Sharifi'],
  ['رستمی', 'Rostami'],
  ['ابراهیمی', 'Ebrahimi'],
  ['حسین‌زاده', 'Hosseinzadeh'],
  ['فرهادی', 'Farhadi'],
  ['تهرانی', 'Tehrani'],
  ['گلستانی', 'Golestani'],
  ['پورمند', 'Pourmand'],
  ['ژاله‌پور', 'Zhalehpour'],
  ['چمنی', 'Chamani'],
  ['اصفهانی', 'Esfahani'],
] as const;

const GIVEN = [
  ['سارا', 'Sara'],
  ['علی', 'Ali'],
  ['مریم', 'Maryam'],
  ['رضا', 'Reza'],
  ['فاطمه', 'Fatemeh'],
  ['حسین', 'Hossein'],
  ['نگار', 'Negar'],
  ['امیر', 'Amir'],
  ['زهرا', 'Zahra'],
  ['محمد', 'Mohammad'],
  ['الهام', 'Elham'],
  ['پیمان', 'Peyman'],
  ['شیرین', 'Shirin'],
  ['بهنام', 'Behnam'],
  ['لیلا', 'Leila'],
  ['کیان', 'Kian'],
  ['نازنین', 'Nazanin'],
  ['آرش', 'Arash'],
] as const;

export interface Person {
  /** in Persian letters */
  readonly fa: string;
  readonly en: string;
  /** for e-mail addresses and user names */
  readonly handle: string;
}

export function drawPerson(rng: Rng): Person {
  const [givenFa, givenEn] = rng.pick(GIVEN);
  const [familyFa, familyEn] = rng.pick(FAMILIES);
  return {
    fa: `${givenFa} ${familyFa}`,
    en: `${givenEn} ${familyEn}`,
    handle: `${givenEn.slice(0, 1)}.${familyEn}`.toLowerCase(),
  };
}

/** An Iranian mobile number with its leading zero, as people write it. */
export function drawMobile(rng: Rng): string {
  return `09${rng.pick(['12', '15', '19', '21', '35', '36', '01'])}${String(rng.int(0, 10_000_000)).padStart(7, '0')}`;
}

/** A landline of some Iranian city with its leading zero. */
export function drawLandline(rng: Rng): string {
  return `0${rng.pick(['21', '31', '51', '71', '41', '26'])}${rng.int(22_000_000, 89_000_000)}`;
}
