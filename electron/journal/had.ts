import { z } from 'zod';
import { fieldSpec, type OfCollection } from '../../shared/catalog';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { valueAt } from '../../shared/catalog/read';
import type { FieldEdit, Returned } from '../../shared/diff';
import type { ConnectionId } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { ProblemError } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { entryAt, isSameRecord } from './moments';

/** The number of an entry, as it is kept beside an edit; null where the edit was typed. */
export const returnsSchema = z.number().int().nullable();

interface Target extends OfCollection {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
}

/** Vouches for edits that put back what a server had: only what the history itself says of that record and field counts. */
export class HadValues {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** The edit as one that puts back what entry `seq` knows; as a typed one where the entry does not say so (any more). */
  vouch(target: Target, edit: FieldEdit, seq: number | null): FieldEdit {
    const returns = seq === null ? null : this.#find(target, edit, seq);
    return returns ? { ...edit, returns } : edit;
  }

  #find(target: Target, { field, next }: FieldEdit, seq: number): Returned | null {
    const write = this.#writeAt(seq);
    if (!write || !isSameRecord(write, target)) return null;
    const spec = fieldSpec(target, field);
    if (!spec) return null;
    for (const record of [write.intent.before, write.ended?.after]) {
      if (!record || (openField(this.sealer, spec, record) ?? '') !== (next ?? '')) continue;
      const form = formOf(spec, record, next);
      if (form !== undefined) return { seq, form };
    }
    return null;
  }

  #writeAt(seq: number) {
    try {
      const entry = entryAt(this.database, seq);
      return 'write' in entry ? entry.write : null;
    } catch (error) {
      // Archived meanwhile, or of another database: nobody vouches for it.
      if (error instanceof ProblemError && error.problem.code === 'not-found') return null;
      throw error;
    }
  }
}

/** How the server told the value: text, number, nothing, a list. A secret's own form is its text. */
function formOf(spec: FieldSpec, record: JsonObject, value: string | null): Returned['form'] | undefined {
  const told = valueAt(record, readPath(spec));
  if (told === undefined) return value === null || value === '' ? '' : undefined;
  return spec.secret ? (value ?? '') : told;
}
