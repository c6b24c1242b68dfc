import { useEffect, useRef, useState } from 'react';
import type { ConnectionId } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import type { SheetSettings, SheetView } from '../../../shared/model/sheet';
import { ask, listen, patchbay } from '../../program/bridge';
import { useWorkspace } from '../../program/workspace';
import { useJob } from '../../ui/useJob';
import { type Preview, usePreview } from '../batches';
import { changeSheet, sheetChanged, sheetSession, useSheetSession } from './session';
import { carriedOver, isSettled } from './settings';

export interface SheetHand {
  /** A file is being read, or read otherwise. */
  readonly busy: boolean;
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  readonly problem: Problem | null;
  forgetProblem(): void;
  /** Asks for a file. */
  open(): void;
  /** Takes the cells on the clipboard. */
  paste(): void;
  configure(change: Partial<SheetSettings>): void;
  cancel(): void;
  close(): void;
}

/** What a person does with the spreadsheet of a connection. Settings are sent one after the other, the newest last. */
export function useSheet(connectionId: ConnectionId): SheetHand {
  const { run, cancel, running, progress } = useJob();
  const [problem, setProblem] = useState<Problem | null>(null);
  const sending = useRef(false);

  const take = async (ask: (job: string) => Promise<SheetView | null>) => {
    if (sending.current) return;
    sending.current = true;
    setProblem(null);
    try {
      const { sheet: old, before } = sheetSession(connectionId);
      let sheet = await run(ask);
      if (sheet === null) return;
      const carried = before && carriedOver(sheet, before);
      if (carried) sheet = await configured(sheet, carried);
      if (old) void patchbay.sheets.close({ sheetId: old.id });
      changeSheet(connectionId, ({ revision }) => ({
        sheet,
        settings: sheet.settings,
        before: sheet.settings,
        prepared: null,
        revision: revision + 1,
        // What was set for the one before holds for it too.
        unfolded: before ? sheet.settings.key === null : !isSettled(sheet),
      }));
    } catch (error) {
      tell(error);
    } finally {
      sending.current = false;
    }
  };
  const configured = (sheet: SheetView, settings: SheetSettings) =>
    run((job) => ask(patchbay.sheets.configure({ sheetId: sheet.id, settings, job })));
  const send = async () => {
    if (sending.current) return;
    sending.current = true;
    setProblem(null);
    try {
      for (;;) {
        const { sheet, settings } = sheetSession(connectionId);
        if (!sheet || !settings || settings === sheet.settings) break;
        const view = await configured(sheet, settings);
        changeSheet(connectionId, (now) =>
          now.sheet?.id === sheet.id
            ? {
                sheet: view,
                // What was set meanwhile is sent next.
                settings:
                  now.settings === settings ? view.settings : rebased(now.settings, settings, view.settings),
                before: view.settings,
                prepared: null,
                revision: now.revision + 1,
              }
            : {},
        );
      }
    } catch (error) {
      tell(error);
      changeSheet(connectionId, ({ sheet }) => ({ settings: sheet?.settings ?? null }));
    } finally {
      sending.current = false;
    }
  };
  const tell = (error: unknown) => {
    const told = problemOf(error);
    // Who cancelled knows it.
    if (told.code !== 'cancelled') setProblem(told);
  };

  return {
    busy: running,
    progress: running ? progress : null,
    problem,
    forgetProblem: () => setProblem(null),
    open: () => void take((job) => ask(patchbay.sheets.open({ connectionId, job }))),
    paste: () => void take((job) => ask(patchbay.sheets.paste({ connectionId, job }))),
    configure: (change) => {
      const { settings } = sheetSession(connectionId);
      if (!settings) return;
      changeSheet(connectionId, { settings: { ...settings, ...change } });
      void send();
    },
    cancel,
    close: () => {
      const { sheet } = sheetSession(connectionId);
      if (sheet) void patchbay.sheets.close({ sheetId: sheet.id });
      setProblem(null);
      changeSheet(connectionId, { sheet: null, settings: null, prepared: null });
    },
  };
}

/** What was set since `sent` was sent, on top of what came back. */
function rebased(now: SheetSettings | null, sent: SheetSettings, came: SheetSettings): SheetSettings {
  const since = Object.entries(now ?? {}).filter(
    ([name, value]) => value !== new Map(Object.entries(sent)).get(name),
  );
  return { ...came, ...Object.fromEntries(since) };
}

/** Compares the sheet with the directory by itself, once its settings settle, and again when the records move on. */
export function useSheetPreview(connectionId: ConnectionId): Preview {
  const { sheet, settings, revision, prepared } = useSheetSession(connectionId);
  const inFront = useWorkspace((state) => {
    const front = state.tabs[state.active];
    return front?.type === 'sheet' && front.connectionId === connectionId;
  });
  useEffect(
    () =>
      listen('changed', (told) => {
        const mine = told.connectionId === null || told.connectionId === connectionId;
        if (mine && told.topics.some((one) => one === 'changes' || one === 'directory'))
          sheetChanged(connectionId);
      }),
    [connectionId],
  );
  const sent = sheet !== null && settings === sheet.settings;
  const preview = usePreview({
    wanted: inFront && sent && prepared === null && sheet.settings.key !== null,
    question: `${sheet?.id ?? ''} ${revision}`,
    over: sheet === null || prepared !== null,
    work: (job) => {
      const { sheet: now } = sheetSession(connectionId);
      if (!now) throw new Error('there is no sheet to compare');
      return ask(patchbay.sheets.preview({ sheetId: now.id, job }));
    },
  });
  return { ...preview, working: preview.working || !sent };
}
