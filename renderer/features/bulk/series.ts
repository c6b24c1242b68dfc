/**
 * The text that stands at a place of a series: as many digits as the start has, zeros in front. The digits at the end
 * count; what stands before them stays.
 * @returns null where there is nothing to count, or it would fall below zero
 */
export function seriesText(
  { start, step }: { readonly start: string; readonly step: number },
  place: number,
): string | null {
  const [, head = '', digits] = /^(.*?)(\d+)$/s.exec(start) ?? [];
  if (digits === undefined) return null;
  const value = BigInt(digits) + BigInt(step) * BigInt(place);
  return value < 0n ? null : head + String(value).padStart(digits.length, '0');
}
