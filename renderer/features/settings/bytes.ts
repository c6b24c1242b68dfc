import { currentLanguage } from '../../i18n';

/** A size on the disk as a person reads it. */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1_000_000
      ? (['kilobyte', 1_000] as const)
      : bytes < 1_000_000_000
        ? (['megabyte', 1_000_000] as const)
        : (['gigabyte', 1_000_000_000] as const);
  const persian = currentLanguage() === 'fa';
  return new Intl.NumberFormat(persian ? 'fa-IR' : 'en-GB', {
    style: 'unit',
    unit,
    // The short form is "MB" in both.
    unitDisplay: persian ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / size);
}
