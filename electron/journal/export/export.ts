import type { JournalFilter } from '../../../shared/model/journal';
import { fail } from '../../../shared/model/problem';
import type { Language } from '../../../shared/words';
import { writeWhole } from '../../files/disk';
import type { GivenId, Jobs, Turn } from '../../jobs/jobs';
import { entryLine } from './lines';
import { Report } from './report';
import { type EntrySource, type ExportEntry, slices } from './source';
import { TableLines, tableHead } from './table';

export type ExportFormat = 'csv' | 'jsonl' | 'html';

export interface ExportRequest {
  readonly filter: JournalFilter;
  readonly format: ExportFormat;
  readonly language: Language;
}

/** How a format is written: what comes first, what an entry becomes, what comes last. */
interface Writer {
  readonly head: string;
  readonly entry: (entry: ExportEntry) => string;
  readonly foot: string;
}

/** Writes what a filter leaves of the history to a file, one export at a time. */
export class HistoryExport {
  constructor(
    private readonly source: EntrySource,
    private readonly jobs: Jobs,
    /** Ends an export when aborted: the file is being closed. */
    private readonly until?: AbortSignal,
  ) {}

  /**
   * Writes a file, whole or not at all.
   * @returns how many entries are in it
   * @throws ProblemError `busy` while another goes on, `cancelled` where it was stopped, `file-not-saved`
   */
  write(path: string, request: ExportRequest, job?: GivenId): Promise<number> {
    const until = this.until;
    return this.jobs.run({ job, kind: 'export', ...(until ? { until } : {}) }, null, async (turn) => {
      const total = await this.source.count(request.filter);
      turn.tell('working', 0, total);
      let written = 0;
      const count = (more: number): number => {
        written += more;
        return written;
      };
      await writeWhole(path, this.#pieces(request, total, count, turn));
      turn.tell('working', written, written);
      return written;
    });
  }

  async *#pieces(
    { filter, format, language }: ExportRequest,
    total: number,
    count: (more: number) => number,
    turn: Turn,
  ): AsyncGenerator<string> {
    const writer = writerOf(format, language, filter, total);
    yield writer.head;
    for await (const slice of slices(this.source, filter, turn)) {
      yield slice.map(writer.entry).join('');
      await turn.tick(count(slice.length));
    }
    yield writer.foot;
    if (turn.signal.aborted) fail('cancelled');
  }
}

function writerOf(format: ExportFormat, language: Language, filter: JournalFilter, total: number): Writer {
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
