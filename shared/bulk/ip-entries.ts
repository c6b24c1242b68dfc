/*
 * A list of IP rules in one value, `IP/MASK` each. What separates them is not documented (api note on Simotel), so what
 * stands in a value is kept byte for byte and only the entry in question is put in or taken out.
 */

const separators = /([,&;\s]+)/;
// Where a value shows none: what Asterisk's own configuration tools put between such rules.
const usualSeparator = '&';

/** Puts entries at the end of a list, but for those that are in it already, however they are written. */
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

/** Takes entries out of a list, however they are written, each with the separator in front of it. */
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

/** What a rule lets in or keeps out: network and prefix length, host bits cut; a text that is no rule is itself. */
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
