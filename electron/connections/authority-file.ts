import { X509Certificate } from 'node:crypto';
import { legible } from '../../shared/lib/storable';
import { type AuthorityFacts, mostAuthoritiesInFile } from '../../shared/model/authority';
import { fail } from '../../shared/model/problem';
import { withoutUnseen } from '../../shared/values/unseen';
import { momentOf } from './certificates';

/** A root certificate is a few kilobytes; none is this large. */
const largestCertificate = 32 * 1024;
const longestName = 300;

/**
 * Reads the certificates in a file: PEM (several, with any text between), concatenated DER, or bare base64.
 * @throws ProblemError `authority-file` with the reason if there is none, or too many
 */
export function certificatesIn(bytes: Buffer): X509Certificate[] {
  const text = textOf(bytes);
  const blocks = text === null ? ders(bytes) : pemBlocks(text);
  const found = blocks.flatMap((der) => certificateOf(der) ?? []);
  if (found.length === 0) fail('authority-file', { reason: reasonOf(bytes, text) });
  if (found.length > mostAuthoritiesInFile)
    fail('authority-file', { reason: 'too-many', most: mostAuthoritiesInFile });
  return found;
}

/** What the user compares a certificate by. Its maker chose the names freely: invisible characters are removed. */
export function authorityFacts(certificate: X509Certificate): AuthorityFacts {
  return {
    fingerprint: certificate.fingerprint256,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: momentOf(certificate.validFrom),
    validTo: momentOf(certificate.validTo),
  };
}

function nameOf(name: string | undefined): string {
  const shown = withoutUnseen(legible(name ?? ''))
    .split('\n')
    .join(', ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
  return shown.slice(0, longestName) || '—';
}

function certificateOf(der: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

/** Returns a file's text; null if it is DER. */
function textOf(bytes: Buffer): string | null {
  // As some Windows programs save it.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80 ? null : bytes.toString('latin1');
}

/** Without a regular expression over the whole text: on a file of only opening lines it would take minutes. */
function pemBlocks(text: string): Buffer[] {
  const parts = text.split('-----BEGIN ').slice(1);
  // Base64 without its delimiting lines, as copied from a page.
  if (parts.length === 0) return ders(Buffer.from(text, 'base64'));
  return parts.flatMap((part) => {
    const [, kind = ''] = /^([A-Z0-9 ]{1,40})-----/.exec(part.slice(0, 60)) ?? [];
    const end = part.indexOf('-----END ');
    if (end < 0 || !/^((X509|TRUSTED) )?CERTIFICATE$/.test(kind)) return [];
    // `TRUSTED` ones have data after the certificate.
    return ders(Buffer.from(part.slice(kind.length + 5, end), 'base64')).slice(0, 1);
  });
}

function ders(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length && found.length <= mostAuthoritiesInFile) {
    const [tag, first = 0] = bytes.subarray(at, at + 2);
    const more = first & 0x7f;
    if (tag !== 0x30 || first < 0x80 || more < 1 || more > 2) break;
    const length = 2 + more + bytes.readUIntBE(at + 2, more);
    if (length > largestCertificate || at + length > bytes.length) break;
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

const signedData = Buffer.from('06092a864886f70d010702', 'hex');

function reasonOf(bytes: Buffer, text: string | null): string {
  const beginning = text ?? '';
  if (/-----BEGIN (PKCS7|CMS)-----/.test(beginning) || bytes.subarray(0, 64).includes(signedData))
    return 'pkcs7';
  if (/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/.test(beginning)) return 'key';
  if (/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(beginning)) return 'request';
  return 'none';
}
