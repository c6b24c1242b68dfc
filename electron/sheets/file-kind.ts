import { decoded } from './code-page';

/*
 * Files named like a CSV that are something else. Detected by their first bytes; if a table could begin like that
 * too, also by the rest.
 */

/** What a file is; `word.is` has the words for each. */
export type FileKind =
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'zip'
  | 'archive'
  | 'html'
  | 'xml-sheet'
  | 'xml'
  | 'json'
  | 'pdf'
  | 'rtf'
  | 'mail'
  | 'vcard'
  | 'calendar'
  | 'sylk'
  | 'dif'
  | 'ldif'
  | 'sql'
  | 'config'
  | 'database'
  | 'picture'
  | 'binary';

/** How to get a CSV from it: by opening it in a spreadsheet program, by unpacking it, or from its source. */
export type WayToCsv = 'resave' | 'unpack' | 'again';

const magic: readonly (readonly [FileKind, string])[] = [
  ['xls', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['xls', '\xd0\xcf\x11\xe0'],
  // The sheets of Excel 2 to 4, which are in no container.
  ['xls', '\x09\x08\x10\x00'],
  ['xls', '\x09\x08\x08\x00'],
  ['xls', '\x09\x04\x06\x00'],
  ['xls', '\x09\x02\x06\x00'],
  ['xls', '\x09\x00\x04\x00'],
  ['archive', '\x1f\x8b'],
  ['archive', '\x1f\x9d'],
  ['archive', '7z\xbc\xaf\x27\x1c'],
  ['archive', 'Rar!\x1a\x07'],
  ['archive', '\xfd7zXZ\x00'],
  ['archive', '(\xb5\x2f\xfd'],
  ['archive', 'BZh'],
  ['database', 'SQLite format 3\x00'],
  ['database', '\x00\x01\x00\x00Standard '],
  ['picture', '\x89PNG\r\n\x1a\n'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF87a'],
  ['picture', 'GIF89a'],
  ['binary', '\x7fELF'],
];

const zips = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

const resaved: ReadonlySet<FileKind> = new Set(['xlsx', 'xls', 'ods', 'html', 'xml-sheet', 'sylk', 'dif']);
const packed: ReadonlySet<FileKind> = new Set(['zip', 'archive']);
const looked = 64 * 1024;
const ends = 4 * 1024;

/** How to get a CSV from another kind of file. */
export function wayToCsv(kind: FileKind): WayToCsv {
  return resaved.has(kind) ? 'resave' : packed.has(kind) ? 'unpack' : 'again';
}

/** What a file is by its bytes; null if they may be text. */
export function binaryKind(bytes: Uint8Array): FileKind | null {
  const head = Buffer.from(bytes.subarray(0, looked)).toString('latin1');
  // After a mark of a text, or blank lines, as some programs send it.
  const begun = head.replace(/^(?:\xef\xbb\xbf|\s)+/, '');
  if (zips.some((mark) => begun.startsWith(mark))) return zipKind(bytes, head);
  for (const [kind, mark] of magic) if (head.startsWith(mark)) return kind;
  if (begun.startsWith('%PDF-')) return 'pdf';
  if (begun.startsWith('SQLite format 3\x00')) return 'database';
  return null;
}

/** Whether a text cannot be a table: it has too many control characters, like programs, pictures and databases. */
export function looksBinary(text: string): boolean {
  const head = text.slice(0, ends);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const controls = head.match(/[\u0000-\u0008\u000e-\u0019\u001b-\u001f]/g)?.length ?? 0;
  return controls >= 8 && controls > head.length / 20;
}

function zipKind(bytes: Uint8Array, head: string): FileKind {
  if (head.includes('mimetypeapplication/vnd.oasis.opendocument')) return 'ods';
  const tail = Buffer.from(bytes.subarray(-looked)).toString('latin1');
  return /xl\/(?:workbook|worksheets|_rels|styles)|\[Content_Types\]\.xml/.test(head + tail) ? 'xlsx' : 'zip';
}

const comments =
  /^(?:[\ufeff\s]+|<!--[\s\S]*?-->|<\?(?!xml\b)[\s\S]*?\?>|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*(?:\r\n|\r|\n))+/;
const page =
  /^<(?:!doctype\s+html\b|(?:html|head|body|table|thead|tbody|tr|meta|title|style|script|link|div)(?:\s[^<>]*)?\/?>)/i;
const mark = /^<(?:span|p|br|hr|font|center|h[1-6]|pre|form|a|b|i|td|th|ul|ol)(?:\s[^<>]*)?\/?>/i;
const parts = /<\/?(?:html|head|body|table|thead|tbody|tr|td|th|meta|title|style|script|div|p|br)\b[^<>]*>/i;

/**
 * What a text is, if not a table.
 * @param head its beginning
 * @param tail its end; the same if it is short
 */
export function textKind(head: string, tail: string): FileKind | null {
  const text = head.replace(comments, '');
  if (/^<\?xml\b/i.test(text)) return xmlKind(text);
  if (isPage(text, tail)) return 'html';
  if (/^<!doctype\b/i.test(text)) return 'xml';
  const root = /^<([A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/.exec(text)?.[1];
  if (root && tail.trimEnd().endsWith(`</${root}>`)) return xmlKind(text);
  if (isJson(text, tail)) return 'json';
  if (text.startsWith('{\\rtf')) return 'rtf';
  if (text.startsWith('%PDF-')) return 'pdf';
  if (/^BEGIN:VCARD\b/i.test(text)) return 'vcard';
  if (/^BEGIN:VCALENDAR\b/i.test(text)) return 'calendar';
  if (/^(?:MIME-Version:|From: |Received: |Return-Path: |Content-Type: )/i.test(text)) return 'mail';
  if (/^ID;P[A-Z0-9]*(?:;[A-Z][^\r\n;]*)*\r?\n[A-Z];/.test(text)) return 'sylk';
  if (/^TABLE\r?\n0,1\r?\n/.test(text)) return 'dif';
  if (/^(?:version: 1\r?\n\s*)?dn: [^\r\n]*=[^\r\n]*\r?\n/i.test(text)) return 'ldif';
  if (/^(?:-- [^\r\n]*\r?\n|\s)*(?:INSERT INTO|CREATE (?:TABLE|DATABASE)|DROP TABLE)\s/i.test(text))
    return 'sql';
  if (
    /^(?:[;#][^\r\n]*\r?\n|\s)*\[[^\]\r\n,;\t|]+\](?:\([^)\r\n]*\))?\s*(?:\r?\n\s*|[;#][^\r\n]*\r?\n)+[\w.-]+\s*=>?[^\r\n]*/.test(
      text,
    )
  )
    return 'config';
  return null;
}

function xmlKind(text: string): FileKind {
  if (/<html\b/i.test(text)) return 'html';
  return /<(?:\w+:)?Workbook\b|<office:(?:document|spreadsheet)/i.test(text) ? 'xml-sheet' : 'xml';
}

/** A first cell may be in angle brackets or have mark-up; a page has mark-up everywhere. */
function isPage(text: string, tail: string): boolean {
  if (mark.test(text)) return />\s*$/.test(tail) && parts.test(text);
  if (!page.test(text)) return false;
  const behind = text.slice(text.indexOf('>') + 1);
  return behind.trim() === '' || parts.test(behind) || />\s*$/.test(tail);
}

/** An object or an array, as a whole or one per line. A heading in brackets does not count. */
function isJson(text: string, tail: string): boolean {
  const begun =
    /^\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)|^\[\s*(?:[{[]|"(?:[^"\\]|\\.)*"\s*[,\]]|-?\d+(?:\.\d+)?\s*,|\]\s*$)/.test(
      text,
    );
  if (!begun) return false;
  const [line = ''] = text.split(/\r\n|\r|\n/, 1);
  return parses(line) || /[\]}][\s;)]*$/.test(tail);
}

function parses(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** The end of a file in an encoding, as far as `textKind` looks at it. */
export function tailOf(bytes: Uint8Array, encoding: Parameters<typeof decoded>[1]): string {
  const even = bytes.length - (bytes.length % 2);
  return decoded(bytes.subarray(Math.max(0, even - ends)), encoding);
}
