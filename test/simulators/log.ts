import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from './types.ts';

/**
 * One request as the server saw it. `status` is 0 until an answer starts; `answered` becomes true when it was sent
 * whole.
 */
export interface LogEntry {
  readonly seq: number;
  /** ISO instant of arrival, real time */
  readonly at: string;
  readonly method: string;
  /** path without the query */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** raw text of the body */
  body: string;
  parsed?: Json;
  recordId?: string;
  status: number;
  answered: boolean;
  /** whether it changed the server's records */
  applied: boolean;
  /** the kind of fault that was played on it */
  fault?: string;
  /** requests in progress at its arrival, itself included: proves limits on concurrency */
  readonly concurrent: number;
}

const KEPT = 20_000;

/** The log of every API request (control requests are not in it). Keeps the last 20 000. */
export class RequestLog {
  readonly entries: LogEntry[] = [];
  private seq = 0;

  open(start: Omit<LogEntry, 'seq' | 'at' | 'body' | 'status' | 'answered' | 'applied'>): LogEntry {
    this.seq += 1;
    const entry: LogEntry = {
      seq: this.seq,
      at: new Date().toISOString(),
      body: '',
      status: 0,
      answered: false,
      applied: false,
      ...start,
    };
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
  }
}
