import type { RevertReport } from '../../shared/model/revert';

/** Something that cannot be taken back, and why. */
export type Left = RevertReport['left'][number];
export type WhyField = Extract<Left, { what: 'field' }>['why'];
export type WhyRecord = Extract<Left, { what: 'record' }>['why'];

/** Counts what is prepared, and notes what cannot be taken back. */
export class RevertTally {
  #changes = 0;
  #fields = 0;

  constructor(readonly left: Left[]) {}

  add(fields: number): void {
    if (fields > 0) this.#changes += 1;
    this.#fields += fields;
  }

  get done(): RevertReport {
    return { changes: this.#changes, fields: this.#fields, left: this.left };
  }
}

export function leftField({ title }: { readonly title: string }, field: string, why: WhyField): Left {
  return { what: 'field', title, field, why };
}

export function leftRecord({ title }: { readonly title: string }, why: WhyRecord): Left {
  return { what: 'record', title, why };
}
