import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/model/problem';
import { opened, stored } from '../support/sheets';

const records = stored('simotel', [{ id: 'a', raw: { _id: 'a', number: '201', name: 'A' } }]);

async function refusal(content: string | Buffer): Promise<unknown> {
  try {
    await opened('simotel', records, Buffer.from(content));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'sheet-not-text')
      return error.problem.params.is;
    throw error;
  }
  return null;
}

const html = '<html><body><table><tr><th>number</th></tr><tr><td>201</td></tr></table></body></html>';
const xml = '<?xml version="1.0"?>\n<Workbook xmlns="urn:x"><Worksheet/></Workbook>';
const latin = (text: string) => Buffer.from(text, 'latin1');

describe('a file that is called a CSV and is none is said to be', () => {
  it.each<[string, string, string | Buffer]>([
    ['html', 'a web page', html],
    ['html', 'a web page in UTF-16', Buffer.from(`\ufeff${html}`, 'utf16le')],
    ['html', 'a web page behind marks, blanks and a comment', `\ufeff\ufeff \r\n<!-- made by X -->\n${html}`],
    ['html', 'a web page by its type', '<!DOCTYPE html>\n<html lang="fa">'],
    ['html', 'a table without a page around it', '<table border="1"><tr><td>201</td></tr></table>'],
    ['html', 'a table in capitals', '<TABLE>\n<TR><TD>201</TD></TR>\n</TABLE>\n'],
    [
      'html',
      'warnings of PHP',
      '<br />\n<b>Warning</b>: no such file in <b>x.php</b> on line <b>2</b><br />\n',
    ],
    ['html', 'XHTML', '<?xml version="1.0"?><html xmlns="x"><body/></html>'],
    ['xml-sheet', 'a workbook in XML', xml],
    ['xml', 'another XML', '<?xml version="1.0" encoding="utf-8"?><phonebook><entry/></phonebook>'],
    ['xml', 'an XML without its first line', '<AddressBook>\n<Contact/>\n</AddressBook>\n'],
    ['json', 'a list in JSON', '[{"number":"201","name":"A"}]'],
    ['json', 'a list of lists in JSON', '[\n  ["number","name"],\n  ["201","A"]\n]'],
    ['json', 'an object in JSON, behind a comment', '// extensions\n{ "extensions": [] }\n'],
    ['json', 'JSON by lines', '{"number":"201"}\n{"number":"202"}\n'],
    ['xlsx', 'a workbook', latin('PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml')],
    [
      'ods',
      'a workbook of LibreOffice',
      latin('PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    ],
    ['zip', 'an archive', latin('PK\x03\x04rest')],
    ['xls', 'an old workbook', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00')],
    ['archive', 'a packed file', latin('\x1f\x8b\x08\x00abc')],
    ['pdf', 'a document', '%PDF-1.7\n%âãÏÓ\n'],
    ['rtf', 'a document of words', '{\\rtf1\\ansi number'],
    ['vcard', 'contacts', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n'],
    ['calendar', 'dates', 'BEGIN:VCALENDAR\r\n'],
    ['mail', 'a saved page', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n'],
    ['database', 'a database', latin('SQLite format 3\x00\x10\x00')],
    ['picture', 'a picture', latin('\x89PNG\r\n\x1a\n\x00\x00')],
    ['sylk', 'SYLK', 'ID;PWXL;N;E\r\nP;PGeneral\r\n'],
    ['sql', 'a dump', '-- MySQL dump\n\nDROP TABLE users;\n'],
    ['config', 'a configuration with secrets in it', '; extensions\n[201]\ntype=friend\nsecret=abc\n'],
    ['binary', 'a program', latin(`MZ\x90\x00${'\x01\x00\x02\x00'.repeat(40)}`)],
  ])('%s: %s', async (kind, _, content) => {
    expect(await refusal(content)).toBe(kind);
  });

  it.each([
    ['in angle brackets', '<name>,number\nA,201\n'],
    ['an address in angle brackets', '<ali@example.ir>,201\n<b@example.ir>,202\n'],
    ['marked up', '<b>name</b>,number\nA,201\n'],
    ['in square brackets', '[number],[name]\n201,A\n'],
    ['a list in square brackets', '"[1,2]",number\nx,201\n'],
    ['a marker', '{clear},number\nA,201\n'],
    ['a word like a mark', 'MZ,number\nPKW,201\n'],
    ['an id', 'ID;Phone\n201;5\n'],
    ['a comment', '// list\nnumber,name\n201,A\n'],
  ])('but a table is read whose first cell is %s', async (_, content) => {
    expect(await refusal(content)).toBeNull();
  });
});
