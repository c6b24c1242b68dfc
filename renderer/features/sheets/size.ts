import { currentLanguage } from '../../i18n';

const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** How large a file is, in the digits and the words of the language in use. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
  const unit = units[step] ?? 'byte';
  return new Intl.NumberFormat(currentLanguage() === 'fa' ? 'fa-IR' : 'en-GB', {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 2 ? 1 : 0,
  }).format(bytes / 1024 ** step);
}
