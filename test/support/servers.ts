import {
  type EdgeOptions,
  type EdgeSimulator,
  type LogEntry,
  type SimotelOptions,
  type SimotelSimulator,
  startEdge,
  startSimotel,
} from '../simulators';
import { atEnd } from './endings';

/** A PBX for one test. */
export async function pbx(options: SimotelOptions = {}): Promise<SimotelSimulator> {
  const server = await startSimotel({ size: 12, ...options });
  atEnd(() => server.stop());
  return server;
}

/** A panel for one test. */
export async function panel(options: EdgeOptions = {}): Promise<EdgeSimulator> {
  const server = await startEdge({ size: 12, ...options });
  atEnd(() => server.stop());
  return server;
}

/** The writes that reached a server. */
export function writes(server: { readonly log: readonly LogEntry[] }): LogEntry[] {
  return server.log.filter((entry) => entry.path.endsWith('/update'));
}

/** The readings of records that reached a server. */
export function reads(server: { readonly log: readonly LogEntry[] }): LogEntry[] {
  return server.log.filter((entry) => /\/(search|list|show)$/.test(entry.path));
}

/** Ends when a request that fits has reached the server whole, before anything is done about it. */
export function arrives(
  server: SimotelSimulator | EdgeSimulator,
  fits: (request: { readonly path: string; readonly query: URLSearchParams }) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    // A fault that never strikes, only to be told.
    const watch = server.failOn((request) => {
      if (fits(request)) {
        resolve();
        watch.clear();
      }
      return false;
    }, 'html');
  });
}

/** The id of the nth record of a server. */
export function idOf(server: SimotelSimulator | EdgeSimulator, index: number): string {
  const record = server.records()[index];
  const id = record?._id ?? record?.user_id;
  if (id === undefined || id === null) throw new Error(`no record ${index}`);
  return String(id);
}
