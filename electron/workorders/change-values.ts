import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue } from '../../shared/catalog/read';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { openRecord, type Sealer } from '../storage/sealing';

/** A stored value, opened; not ok where its seal does not open now. */
export interface Opened {
  readonly ok: boolean;
  readonly value: FieldValue;
}

/** The values of prepared edits: sealed for storing where the field is a secret, opened again. */
export class ChangeValues {
  constructor(private readonly sealer: Sealer) {}

  close(spec: FieldSpec, value: FieldValue): FieldValue {
    return spec.secret && value !== null && value !== '' ? this.sealer.seal(value) : value;
  }

  open(spec: FieldSpec, stored: FieldValue): Opened {
    if (!spec.secret || stored === null || stored === '') return { ok: true, value: stored };
    const open = this.sealer.open(stored);
    return open === null ? { ok: false, value: null } : { ok: true, value: open };
  }

  /**
   * What an edit is prepared against.
   * @param record the record as stored; null where it has gone
   * @throws ProblemError `not-found`, or why a secret does not open
   */
  base(spec: FieldSpec, record: JsonObject | null): FieldValue {
    if (!record) fail('not-found', { what: 'record' });
    if (!spec.secret) return fieldValue(spec, record);
    const open = openRecord(this.sealer, record);
    return open ? fieldValue(spec, open) : this.unreadable(spec);
  }

  /** Throws why a field's seal does not open. */
  unreadable(spec: FieldSpec): never {
    return fail(this.sealer.whyUnreadable, { field: spec.name });
  }
}
