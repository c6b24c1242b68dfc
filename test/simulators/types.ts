import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** Any JSON value, as it stands on the wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One record (or one request body) as a bag of fields. */
export type Fields = { [key: string]: Json };

export const fieldsSchema = z.record(z.string(), z.json());

/** Parses JSON text; `undefined` where it is not JSON. */
export function readJson(text: string): Json | undefined {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns a JSON value as an object, or `undefined`. */
export function asFields(value: Json | undefined): Fields | undefined {
  const parsed = fieldsSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Returns a number or a text as text, else `undefined`. Record ids come in both forms. */
export function asId(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** One complete request. `parsed` is `undefined` where the body is not JSON. */
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

/** A route's result: its answer, and whether it changed the server's records. */
export interface Handled {
  readonly answer: Answer;
  readonly applied: boolean;
}

/** What a route may read and change. */
export interface World<M> {
  readonly records: Map<string, Fields>;
  readonly modes: M;
  readonly now: () => Date;
  /** Ids of records that are in the whole list but not found individually. */
  readonly unreadable: Set<string>;
  /** The number of requests with a valid credential so far; tokens expire by it. */
  spent: number;
}

/** One kind of server: its modes, its first records, and its routes. */
export interface Kind<M> {
  readonly name: 'simotel' | 'edge';
  readonly modes: z.ZodType<M>;
  readonly firstRecords: () => Map<string, Fields>;
  readonly handle: (request: SimRequest, world: World<M>) => Handled;
  readonly recordIdOf: (query: URLSearchParams, parsed: Json | undefined) => string | undefined;
  /** Makes a failure in this server's own format. */
  readonly failure: (status: number) => Answer;
}
