/*
 * A list of IP rules in one value, `IP/MASK` each. The separator is not documented (api note on Simotel), so the value
 * is kept byte for byte and only the entry in question is added or removed.
 */

const separators = /([,&;\s]+)/;
// The separator where the value shows none: the one that Asterisk's own configuration tools use.
const usualSeparator = '&';

/** Appends entries to a list, except those already in it in any notation. */
export function addEntries(list: string, added: string): string {
  const known = new Set(entriesOf(list).map(meaning));
  const separator = separatorIn(list);
  let out = list;
  for (const entry of entriesOf(added)) {
    if (known.has(meaning(entry))) continue;
    known.add(meaning(entry));
    const begins = out === '' || /[,&;\s]$/.test(out);
    out += begins ? entry : separator + entry;
  }
  return out;
}

/** Removes entries from a list in any notation, each with the separator before it. */
export function removeEntries(list: string, removed: string): string {
  const gone = new Set(entriesOf(removed).map(meaning));
  const parts = list.split(separators);
  let out = '';
  let found = false;
  for (let at = 0; at < parts.length; at += 2) {
    const entry = parts[at] ?? '';
    if (entry === '') continue;
    if (gone.has(meaning(entry))) found = true;
    else out += (out === '' ? '' : (parts[at - 1] ?? '')) + entry;
  }
  return found ? out : list;
}

function entriesOf(list: string): string[] {
  return list.split(separators).filter((part, at) => at % 2 === 0 && part !== '');
}

function separatorIn(list: string): string {
  const parts = list.trim().split(separators);
  const at = parts.findIndex((part, index) => index % 2 === 1 && parts[index - 1] !== '' && part !== '');
  return at > 0 && parts[at + 1] !== '' ? (parts[at] ?? usualSeparator) : usualSeparator;
}

/** Normalises a rule to network and prefix length, host bits cleared; other text is returned as it is. */
function meaning(entry: string): string {
  const [address = '', mask = '32', more] = entry.split('/');
  const network = numberOf(address);
  const prefix = /^\d{1,2}$/.test(mask) ? Number(mask) : prefixOf(mask);
  if (more !== undefined || network === null || prefix === null || prefix > 32) return entry.toLowerCase();
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return `${(network & bits) >>> 0}/${prefix}`;
}

function numberOf(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function prefixOf(mask: string): number | null {
  const bits = numberOf(mask)?.toString(2).padStart(32, '0');
  return bits && /^1*0*$/.test(bits) ? bits.replace(/0/g, '').length : null;
}
