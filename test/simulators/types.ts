import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** Any JSON value, as it stands on the wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One record (or one request body) as a bag of fields. */
export type Fields = { [key: string]: Json };

export const fieldsSchema = z.record(z.string(), z.json());

/** Reads JSON text; `undefined` when it is not JSON. */
export function readJson(text: string): Json | undefined {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The object inside a JSON value, or `undefined` when it is no object. */
export function asFields(value: Json | undefined): Fields | undefined {
  const parsed = fieldsSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** A number or a text as text; anything else is `undefined`. Record ids come both ways. */
export function asId(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** One request, read whole. `parsed` is `undefined` when the body is no JSON. */
export interface SimRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly parsed: Json | undefined;
  readonly recordId: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a route did: its answer, and whether it wrote to the server's records. */
export interface Handled {
  readonly answer: Answer;
  readonly applied: boolean;
}

/** What a route may look at and write to. */
export interface World<M> {
  readonly records: Map<string, Fields>;
  readonly modes: M;
  readonly now: () => Date;
  /** Ids of records that are in the whole list and that asking for them alone does not find. */
  readonly unreadable: Set<string>;
  /** Requests that carried a valid credential so far: tokens that expire are counted by it. */
  spent: number;
}

/** One kind of server: its modes, its first records, and its routes. */
export interface Kind<M> {
  readonly name: 'simotel' | 'edge';
  readonly modes: z.ZodType<M>;
  readonly firstRecords: () => Map<string, Fields>;
  readonly handle: (request: SimRequest, world: World<M>) => Handled;
  readonly recordIdOf: (query: URLSearchParams, parsed: Json | undefined) => string | undefined;
  /** A failure in this server's own shape, for faults that need one. */
  readonly failure: (status: number) => Answer;
}
