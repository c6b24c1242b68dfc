import { takeTurns } from '../jobs/turns';

/** A part with the text of its licence. */
export interface LicenceText {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const product = '<div class="product">';
const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

/** Reads the parts and their licences from Chromium's `LICENSES.chromium.html`. It has nine megabytes, so in turns. */
export async function chromiumLicences(html: string): Promise<LicenceText[]> {
  const pace = takeTurns();
  const found: LicenceText[] = [];
  let at = html.indexOf(product);
  while (at >= 0) {
    await pace.tick();
    const next = html.indexOf(product, at + product.length);
    const part = html.slice(at, next < 0 ? undefined : next);
    const name = plain(between(part, 'class="title">', '</span>'));
    const text = plain(between(part, '<pre>', '</pre>')).trim();
    if (name !== '') found.push({ name: name.slice(0, 300), version: 'Chromium', licence: '', text });
    at = next;
  }
  return found;
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  if (from < 0) return '';
  const to = text.indexOf(end, from);
  return text.slice(from + start.length, to < 0 ? undefined : to);
}

function plain(html: string): string {
  return html.replace(/&(?:quot|#34|#39|lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}
