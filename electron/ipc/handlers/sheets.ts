import { basename, extname } from 'node:path';
import type { Handlers } from '../../../shared/contract/contract';
import type { RecordsOf } from '../../../shared/model/connection';
import type { GridQueryInput } from '../../../shared/model/many';
import { fail, ProblemError } from '../../../shared/model/problem';
import type { GridQuery } from '../../directory/grid';
import { both } from '../../directory/selection';
import { readBytes } from '../../files/disk';
import type { HandlerParts } from './parts';

const largest = 64 * 1024 * 1024;

/** Spreadsheets in and out. */
export function sheetHandlers({
  services: { sheets, connections, changeLists, selections },
  app: { files, clipboardText },
}: HandlerParts): Handlers['sheets'] {
  const queryOf = async (
    of: RecordsOf,
    rows: 'all' | 'shown' | 'selected',
    { text, sort, onlyChanged, onlySelected }: GridQueryInput,
  ): Promise<GridQuery> => {
    if (rows === 'all') return { text: '', sort, only: null };
    const selected = selections.of(of);
    if (rows === 'selected') return { text: '', sort, only: selected };
    const edited = onlyChanged ? await changeLists.records(of) : null;
    return { text, sort, only: onlySelected ? both(selected, edited) : edited };
  };
  return {
    open: async ({ job, ...of }) => {
      const connection = connections.records(of);
      const path = await files.askOpen('sheet');
      if (path === null) return null;
      return sheets.open(connection, basename(path), await readSheetFile(path), job);
    },
    paste: async ({ job, ...of }) => {
      const connection = connections.records(of);
      const text = await clipboardText();
      if (text.trim() === '') fail('clipboard-empty');
      const bytes = Buffer.from(text, 'utf8');
      if (bytes.length > largest) fail('sheet-too-large', { limit: limitWords });
      return sheets.open(connection, '', bytes, job);
    },
    view: ({ sheetId }) => sheets.view(sheetId),
    configure: ({ sheetId, settings, job }) => sheets.configure(sheetId, settings, job),
    preview: ({ sheetId, job }) => sheets.preview(sheetId, job),
    problems: async ({ batchId, job, ...request }) => {
      const { rows, name } = sheets.wrongRows(batchId);
      const stem = basename(name, extname(name)) || 'pasted';
      const path = await files.askSave(`${stem}-problems.csv`, 'csv');
      if (path === null) return { saved: null, rows: 0 };
      await sheets.writeProblems(batchId, path, request, job);
      return { saved: path, rows };
    },
    close: ({ sheetId }) => sheets.close(sheetId),
    export: async ({ connectionId, collection, rows, query, job, ...wanted }) => {
      const connection = connections.records({ connectionId, collection });
      const path = await files.askSave(`${fileName(connection.name)}-${today()}.csv`, 'csv');
      if (path === null) return { saved: null, rows: 0 };
      const records = await queryOf(connection, rows, query);
      const written = await sheets.export(connection, path, { ...wanted, query: records }, job);
      return { saved: path, rows: written };
    },
  };
}

const limitWords = `${largest / 2 ** 20} MB`;

async function readSheetFile(path: string): Promise<Uint8Array> {
  try {
    return await readBytes(path, largest);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'file-too-large')
      fail('sheet-too-large', { limit: limitWords });
    throw error;
  }
}

/** A name as every file system takes it. */
function fileName(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'patchbay';
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
