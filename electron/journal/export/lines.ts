import type { JournalItem } from '../../../shared/model/journal';
import type { ExportEntry } from './source';
import { type FieldPart, toldFields } from './told';

/** The version of the lines' form. A change that older readers would misread gets the next number. */
const form = 1;

/** An entry as one line of JSON, for programs. Secrets are `{"secret":"changed"}` and nothing else. */
export function entryLine({ item, links }: ExportEntry): string {
  const { result, fields: _fields, ...head } = item;
  const fields = toldFields(item);
  const listed = (part: FieldPart) => fields.filter((one) => one.part === part).map(listedField(item.type));
  return `${JSON.stringify({
    form,
    ...head,
    at: new Date(item.at).toISOString(),
    endedAt: item.endedAt === null ? null : new Date(item.endedAt).toISOString(),
    problem: result?.problem ?? null,
    fields: listed('asked'),
    notStored: listed('not-stored'),
    sideEffects: listed('side-effect'),
    unverifiable: result?.unverifiable ?? [],
    links,
  })}\n`;
}

/** A secret that somebody looked at did not change. */
function listedField(type: JournalItem['type']) {
  return ({ field, secret, before, after }: ReturnType<typeof toldFields>[number]) => {
    if (type !== 'write') return { field };
    return secret ? { field, secret: 'changed' } : { field, before, after };
  };
}
