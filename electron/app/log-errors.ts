import type { WebContents } from 'electron';
import { z } from 'zod';
import { type Log, whereThrown } from './log';

// Older engines pass the parts as arguments, newer ones in the event: 3 and 'error' mean the same.
const told = z.object({
  level: z.union([z.literal(3), z.literal('error')]),
  message: z.string(),
  lineNumber: z.number().catch(0),
  sourceId: z.string().catch(''),
});

/** Logs uncaught errors of the main process and what libraries print to its console. */
export function logOwnErrors(log: Log): void {
  process.on('uncaughtException', (error) => log.writeError('uncaught', error));
  process.on('unhandledRejection', (reason) => log.writeError('unhandled', reason));
  const { console: own } = globalThis;
  for (const level of ['warn', 'error'] as const) {
    const before = own[level].bind(own);
    own[level] = (...parts: unknown[]) => {
      log.write(`console ${level} ${parts.map(described).join(' ')}`);
      before(...parts);
    };
  }
}

/** The same for the page: its console's errors, including uncaught ones. */
export function logPageErrors(contents: WebContents, log: Log): void {
  const note = (level: unknown, message: unknown, lineNumber: unknown, sourceId: unknown): void => {
    const parsed = told.safeParse({ level, message, lineNumber, sourceId });
    if (!parsed.success) return;
    const { message: text, sourceId: source, lineNumber: line } = parsed.data;
    log.write(`page ${source.split('/').at(-1) ?? ''}:${line} ${text.slice(0, 300)}`);
  };
  contents.on(
    'console-message',
    (event: unknown, level: unknown, message: unknown, line: unknown, source: unknown) => {
      const inside = z
        .object({ level: z.unknown(), message: z.string(), lineNumber: z.unknown(), sourceId: z.unknown() })
        .safeParse(event);
      if (inside.success)
        note(inside.data.level, inside.data.message, inside.data.lineNumber, inside.data.sourceId);
      else note(level, message, line, source);
    },
  );
  contents.on('preload-error', (_event, _path, error) => log.writeError('preload', error));
}

function described(part: unknown): string {
  return typeof part === 'string' ? part.slice(0, 300) : whereThrown(part);
}
