const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);
const hostName = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/**
 * Returns whether a text is a host name or IPv4 address. Four numbers with dots are meant as an address, and a wrong
 * one is not a name.
 */
export function isHost(value: string): boolean {
  return ipv4.test(value) || (!/^[\d.]+$/.test(value) && hostName.test(value));
}

/**
 * Checks one or more `IP/MASK`; the mask dotted or as a prefix length. Separators seen in use: comma, ampersand, space.
 * @returns the first invalid rule; null where all are valid
 */
export function wrongIpMask(value: string): string | null {
  for (const rule of value.split(/[,&;\s]+/)) {
    const [address = '', mask = '', more] = rule.split('/');
    const maskOk = isNetmask(mask) || (/^\d{1,2}$/.test(mask) && Number(mask) <= 32);
    if (more !== undefined || !ipv4.test(address) || !maskOk) return rule;
  }
  return null;
}

function isNetmask(mask: string): boolean {
  if (!ipv4.test(mask)) return false;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits);
}
