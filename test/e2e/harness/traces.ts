import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A text in the forms in which it could lie in a file or a message, whatever wrote it there. */
export function formsOf(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = [...json].map((char) =>
    char.charCodeAt(0) > 126 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
  );
  return [
    ...new Set([
      text,
      json,
      escaped.join(''),
      encodeURIComponent(text),
      Buffer.from(text, 'utf16le').toString('latin1'),
      Buffer.from(text).toString('hex'),
      ...base64Forms(text),
    ]),
  ];
}

/** Base64 of a text wherever it begins in what was encoded: the letters that do not depend on its neighbours. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + Buffer.byteLength(text)) * 8) / 6);
    const inner = whole.slice(first, last);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Which of the texts, in any of their forms, occur in some bytes. */
export function tracesIn(bytes: Buffer | string, texts: readonly string[]): readonly string[] {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return texts.filter((text) =>
    formsOf(text).some(
      (form) => buffer.includes(Buffer.from(form, 'utf8')) || buffer.includes(Buffer.from(form, 'latin1')),
    ),
  );
}

/** Every file below a folder in which one of the texts occurs, with the texts. */
export async function tracesBelow(
  folder: string,
  texts: readonly string[],
): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    const traces = tracesIn(bytes, texts);
    if (traces.length > 0) found[path.relative(folder, file)] = traces;
  }
  return found;
}
