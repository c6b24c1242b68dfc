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

/** Starts a PBX for one test. */
export async function pbx(options: SimotelOptions = {}): Promise<SimotelSimulator> {
  const server = await startSimotel({ size: 12, ...options });
  atEnd(() => server.stop());
  return server;
}

/** Starts a panel for one test. */
export async function panel(options: EdgeOptions = {}): Promise<EdgeSimulator> {
  const server = await startEdge({ size: 12, ...options });
  atEnd(() => server.stop());
  return server;
}

/** Returns the writes that reached a server. */
export function writes(server: { readonly log: readonly LogEntry[] }): LogEntry[] {
  return server.log.filter((entry) => entry.path.endsWith('/update'));
}

/** Returns the readings of records that reached a server. */
export function reads(server: { readonly log: readonly LogEntry[] }): LogEntry[] {
  return server.log.filter((entry) => /\/(search|list|show)$/.test(entry.path));
}

/** Resolves when a matching request has arrived completely, before it is processed. */
export function arrives(
  server: SimotelSimulator | EdgeSimulator,
  fits: (request: { readonly path: string; readonly query: URLSearchParams }) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    // A fault that never hits and only observes.
    const watch = server.failOn((request) => {
      if (fits(request)) {
        resolve();
        watch.clear();
      }
      return false;
    }, 'html');
  });
}

/** Returns the id of a server's nth record. */
export function idOf(server: SimotelSimulator | EdgeSimulator, index: number): string {
  const record = server.records()[index];
  const id = record?._id ?? record?.user_id;
  if (id === undefined || id === null) throw new Error(`no record ${index}`);
  return String(id);
}
