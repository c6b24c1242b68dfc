import type { JournalFilter } from '../../../shared/model/journal';
import { fail } from '../../../shared/model/problem';
import type { SummaryLanguage } from '../../workorders/summary/texts';
import { writeWhole } from '../../workorders/transfer/disk';
import { entryLine } from './lines';
import { Report } from './report';
import { type EntrySource, type ExportEntry, slices } from './source';
import { TableLines, tableHead } from './table';

export type ExportFormat = 'csv' | 'jsonl' | 'html';

export interface ExportRequest {
  readonly filter: JournalFilter;
  readonly format: ExportFormat;
  readonly language: SummaryLanguage;
}

/** How a format is written: what comes first, what an entry becomes, what comes last. */
interface Writer {
  readonly head: string;
  readonly entry: (entry: ExportEntry) => string;
  readonly foot: string;
}

type Progress = (done: number, total: number) => void;

// The window is told at most this often, in milliseconds.
const toldEvery = 100;

/** Writes what a filter leaves of the history to a file, one export at a time. */
export class HistoryExport {
  #current: AbortController | null = null;

  constructor(
    private readonly source: EntrySource,
    private readonly progress: Progress,
  ) {}

  /**
   * Writes a file, whole or not at all.
   * @returns how many entries are in it
   * @throws ProblemError `busy` while another goes on, `cancelled` where it was stopped, `file-not-saved`
   */
  async write(path: string, request: ExportRequest): Promise<number> {
    if (this.#current) fail('busy', { name: 'export' });
    const current = new AbortController();
    this.#current = current;
    try {
      const total = await this.source.count(request.filter);
      let written = 0;
      const count = (more: number): number => {
        written += more;
        return written;
      };
      await writeWhole(path, this.#pieces(request, total, count, current.signal));
      this.progress(written, written);
      return written;
    } finally {
      this.#current = null;
    }
  }

  /** Stops what goes on; it leaves no file. */
  stop(): void {
    this.#current?.abort();
  }

  async *#pieces(
    { filter, format, language }: ExportRequest,
    total: number,
    count: (more: number) => number,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const writer = writerOf(format, language, filter, total);
    let told = 0;
    yield writer.head;
    for await (const slice of slices(this.source, filter, signal)) {
      yield slice.map(writer.entry).join('');
      const done = count(slice.length);
      if (Date.now() - told < toldEvery) continue;
      told = Date.now();
      this.progress(done, Math.max(total, done));
    }
    yield writer.foot;
    if (signal.aborted) fail('cancelled');
  }
}

function writerOf(
  format: ExportFormat,
  language: SummaryLanguage,
  filter: JournalFilter,
  total: number,
): Writer {
  switch (format) {
    case 'csv': {
      const lines = new TableLines(language);
      return { head: tableHead(language), entry: (entry) => lines.of(entry), foot: '' };
    }
    case 'jsonl':
      return { head: '', entry: entryLine, foot: '' };
    case 'html': {
      const report = new Report(language);
      return {
        head: report.head(filter, total, Date.now()),
        entry: (entry) => report.row(entry),
        foot: report.foot(),
      };
    }
  }
}
