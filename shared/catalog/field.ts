import type { Language } from '../words/language';

/** A text in both languages of the program. */
export type Localised = Readonly<Record<Language, string>>;

/**
 * How a field is edited, checked and compared. A type is generic on purpose: drivers and catalogs of a new kind
 * of server choose among these, and editor, plan, journal and grid know only these.
 */
export type FieldType =
  | 'text'
  | 'multiline'
  | 'digits'
  | 'flag'
  | 'bit'
  | 'choice'
  | 'integer'
  | 'port'
  | 'host'
  | 'ipMask'
  | 'email'
  | 'date'
  | 'phone'
  | 'dial'
  | 'secret'
  | 'password'
  | 'json';

/** One allowed value of a field; the label is for people, the value goes over the wire byte for byte. */
export interface AllowedValue {
  readonly value: string;
  readonly label: Localised;
}

/** The description of one field of a record. Everything that names a field is derived from this. */
export interface FieldSpec {
  /** The wire name as the vendor prints it, dots between levels: `forward_policy.No Answer`. Unique in a catalog. */
  readonly name: string;
  readonly label: Localised;
  readonly help: Localised;
  /** What other programs call a column of the same meaning: headings of spreadsheets that are taken in. */
  readonly aliases?: readonly string[];
  /** Headings beside which a column that is called as the field holds only a part of it: a surname's, beside a name. */
  readonly restIn?: readonly string[];
  /** The id of the editor tab it stands on. */
  readonly tab: string;
  readonly type: FieldType;
  /** Where it stands in a record as read; the name split at its dots where left out. */
  readonly readAs?: readonly string[];
  /** The JSON type that a write sends; text where left out. */
  readonly wire?: 'text' | 'integer';
  readonly values?: readonly AllowedValue[];
  /** Values beside `values` are welcome (free text with suggestions). */
  readonly open?: boolean;
  /** Where further suggestions come from: this directory's distinct values, or a list that the server keeps. */
  readonly suggest?: 'distinct' | 'lookup';
  /** No two records of a server may have the same value. */
  readonly unique?: boolean;
  /** Where only one record of a server has a value, it says whose the record is; nothing keeps others from having it. */
  readonly identifies?: boolean;
  /** Calls go to the value: it should be the number of a record (the field named) or an outside number. */
  readonly refersTo?: string;
  /** May not be emptied. */
  readonly required?: boolean;
  /** Sealed at rest, masked in the renderer, "changed" in diffs. When in doubt, it is one. */
  readonly secret?: boolean;
  /** The server shows it but takes no edit. Never sent. */
  readonly readOnly?: boolean;
  /** Can be written but never read back (a panel password). */
  readonly writeOnly?: boolean;
  /** Changes by itself on the server, so a difference after a write is no side effect. */
  readonly volatile?: boolean;
  /** The day after which something ends: one that is over, or out of reach, is to be confirmed. */
  readonly expires?: boolean;
  /** Stands beside its neighbour: a short field. */
  readonly short?: boolean;
  /** Column width in pixels where the grid shows it; shown from the start when `gridDefault`. */
  readonly gridWidth?: number;
  readonly gridDefault?: boolean;
  /** A caution shown at the field: what nobody knows about it, or what the server may do. */
  readonly note?: Localised;
}

export interface TabSpec {
  readonly id: string;
  readonly label: Localised;
}

/** The description of a collection's records. */
export interface Catalog {
  readonly tabs: readonly TabSpec[];
  readonly fields: readonly FieldSpec[];
  /** Path of the record's identity as read, and its wire name in a write. */
  readonly idField: string;
  /** Fields that together make the record's title: its number and its name, say. */
  readonly titleFields: readonly string[];
  /** The tab on which fields that the catalog does not know are shown. */
  readonly unknownTab: string;
  /** Fields that stand for the same thing as another on read and must not be shown twice: `acl_role`. */
  readonly absorbed?: readonly string[];
}

/** Where the field stands in a record as read. */
export function readPath(spec: FieldSpec): readonly string[] {
  return spec.readAs ?? spec.name.split('.');
}
