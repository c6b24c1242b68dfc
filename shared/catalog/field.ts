import type { Language } from '../words/language';

export type Localised = Readonly<Record<Language, string>>;

/**
 * How a field is edited, checked and compared. Types are generic on purpose: catalogs and drivers of a new kind of
 * server choose among these, and editor, plan, journal and grid know nothing else.
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

/** One allowed value of a field; the label is shown, the value is sent byte for byte. */
export interface AllowedValue {
  readonly value: string;
  readonly label: Localised;
}

/** The description of one field of a record; everything that names a field is derived from it. */
export interface FieldSpec {
  /** The vendor's name on the wire, dots between levels: `forward_policy.No Answer`. Unique in a catalog. */
  readonly name: string;
  readonly label: Localised;
  readonly help: Localised;
  /** Headings that other programs use for a column with the same meaning. */
  readonly aliases?: readonly string[];
  /** Headings of a companion column that holds the rest of the value: a surname beside a name. */
  readonly restIn?: readonly string[];
  readonly tab: string;
  readonly type: FieldType;
  /** Its path in a record as read; by default the name split at its dots. */
  readonly readAs?: readonly string[];
  /** The JSON type that a write sends; text by default. */
  readonly wire?: 'text' | 'integer';
  readonly values?: readonly AllowedValue[];
  /** Accepts values outside `values` (free text with suggestions). */
  readonly open?: boolean;
  /** The source of further suggestions: this directory's distinct values, or a list that the server keeps. */
  readonly suggest?: 'distinct' | 'lookup';
  readonly unique?: boolean;
  /** Identifies its record where the value occurs only once; the server does not enforce it. */
  readonly identifies?: boolean;
  /** The field of another record that this value should match, unless it is an outside number: where calls go. */
  readonly refersTo?: string;
  readonly required?: boolean;
  /** Sealed at rest, masked in the renderer, "changed" in diffs. When in doubt, mark it. */
  readonly secret?: boolean;
  /** Shown by the server but not editable. Never sent. */
  readonly readOnly?: boolean;
  /** Can be written but never read back (a panel password). */
  readonly writeOnly?: boolean;
  /** Changes on the server without a write, so a difference after one is no side effect. */
  readonly volatile?: boolean;
  /** The day after which something ends; a past or implausible one needs confirmation. */
  readonly expires?: boolean;
  /** A short field: shares its line with its neighbour. */
  readonly short?: boolean;
  /** The grid column's width in pixels; shown by default when `gridDefault`. */
  readonly gridWidth?: number;
  readonly gridDefault?: boolean;
  /** A caution shown at the field: what is unknown about it, or what the server may do. */
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
  /** The path of the record's id as read, and its wire name in a write. */
  readonly idField: string;
  /** The fields that make up the record's title, such as its number and name. */
  readonly titleFields: readonly string[];
  /** The tab for fields that the catalog does not know. */
  readonly unknownTab: string;
  /** Fields that repeat another one on read and must not be shown twice: `acl_role`. */
  readonly absorbed?: readonly string[];
}

/** Returns the field's path in a record as read. */
export function readPath(spec: FieldSpec): readonly string[] {
  return spec.readAs ?? spec.name.split('.');
}
