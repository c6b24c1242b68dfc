import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connection } from '../../../shared/model/connection';
import type { Template, TemplateId } from '../../../shared/model/many';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys } from '../../queries';
import { useWorkspace } from '../../workspace';
import { openBulk } from '../bulk/open-bulk';
import { openExportDialog } from '../sheets/export';
import { viewNow } from './view';

/** The fewest and the most records that can stand side by side. */
export const comparable = { least: 2, most: 12 } as const;

export interface SelectionActions {
  readonly templates: readonly Template[];
  /** A bulk edit is being made of the selection. */
  readonly busy: boolean;
  readonly problem: Problem | null;
  forgetProblem(): void;
  editTogether(): void;
  applyTemplate(templateId: TemplateId): void;
  openTemplates(): void;
  compare(): void;
  /** Asks how the selected records are to be written to a spreadsheet. */
  writeOut(): void;
}

/** What can be done with the selected records of a connection. */
export function useSelectionActions({ id: connectionId, kind }: Connection): SelectionActions {
  const open = useWorkspace((state) => state.open);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { data } = useQuery({ queryKey: keys.templates(), queryFn: () => ask(patchbay.templates.list()) });
  const doing = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const edit = (templateId: TemplateId | null) =>
    doing(async () => {
      const rules = templateId === null ? null : { templateId };
      const { sort } = viewNow(connectionId);
      await openBulk({ connectionId, records: 'selected', sort, rules });
    });
  return {
    templates: (data ?? []).filter((one) => one.kind === kind),
    busy,
    problem,
    forgetProblem: () => setProblem(null),
    editTogether: () => void edit(null),
    applyTemplate: (templateId) => void edit(templateId),
    openTemplates: () => open({ type: 'templates' }),
    writeOut: () => {
      const { text, sort, onlyChanged, onlySelected } = viewNow(connectionId);
      openExportDialog({ connectionId, query: { text, sort, onlyChanged, onlySelected }, rows: 'selected' });
    },
    compare: () =>
      void doing(async () => {
        const page = await ask(
          patchbay.directory.page({
            connectionId,
            text: '',
            sort: null,
            onlyChanged: false,
            onlySelected: true,
            columns: [],
            offset: 0,
            limit: comparable.most,
          }),
        );
        open({ type: 'compare', items: page.rows.map(({ remoteId }) => ({ connectionId, remoteId })) });
      }),
  };
}
