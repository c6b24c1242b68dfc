const pattern = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9A-Za-z.-]{1,60}))?$/;

/** Parses a release's tag as a version; null if it is none. */
export function versionOf(tag: string): string | null {
  const [, major, minor, patch, before] = pattern.exec(tag.trim()) ?? [];
  if (major === undefined) return null;
  return `${Number(major)}.${Number(minor)}.${Number(patch)}${before ? `-${before}` : ''}`;
}

/** Returns whether a version is newer than another. A pre-release (1.0.0-rc.1) is older than its release. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [pattern.exec(version), pattern.exec(than)];
  if (!a || !b) return false;
  for (const place of [1, 2, 3]) {
    const difference = Number(a[place]) - Number(b[place]);
    if (difference !== 0) return difference > 0;
  }
  if (a[4] === undefined || b[4] === undefined) return b[4] !== undefined && a[4] === undefined;
  return a[4].localeCompare(b[4], 'en', { numeric: true }) > 0;
}
