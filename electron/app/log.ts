import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const largest = 1_000_000;

/**
 * The program's log: codes, names of requests, states. Callers hand in no values of records, no URLs with queries and
 * no text of unexpected errors, so there is nothing in it to redact. One older file is kept.
 */
export function openLog(path: string): (line: string) => void {
  mkdirSync(dirname(path), { recursive: true });
  return (line) => {
    try {
      if (existsSync(path) && statSync(path).size > largest) renameSync(path, `${path}.1`);
      appendFileSync(path, `${new Date().toISOString()} ${line.replace(/[\r\n]+/g, ' ')}\n`);
    } catch {
      // A full disk must not stop the program from saying so in its window.
    }
  };
}
