import { useQuery } from '@tanstack/react-query';
import type { Connection } from '../../../shared/model/connection';
import type { Template, TemplateId } from '../../../shared/model/many';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { openBulk } from '../../program/open-bulk';
import { openExportDialog } from '../../program/open-export';
import { keys } from '../../program/queries';
import { useWorkspace } from '../../program/workspace';
import { useAction } from '../../ui/useAction';
import { viewNow } from './view';

/** The fewest and the most records that can be compared. */
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
  const { data } = useQuery({ queryKey: keys.templates(), queryFn: () => ask(patchbay.templates.list()) });
  const doing = useAction({ work: (work: () => Promise<void>) => work() });
  const start = (work: () => Promise<void>) => doing.busy || doing.run(work);
  const edit = (templateId: TemplateId | null) =>
    start(async () => {
      const rules = templateId === null ? null : { templateId };
      const { sort } = viewNow(connectionId);
      await openBulk({ connectionId, records: 'selected', sort, rules });
    });
  return {
    templates: (data ?? []).filter((one) => one.kind === kind),
    busy: doing.busy,
    problem: doing.problem,
    forgetProblem: doing.forget,
    editTogether: () => edit(null),
    applyTemplate: edit,
    openTemplates: () => open({ type: 'templates' }),
    writeOut: () => {
      const { text, sort, onlyChanged, onlySelected } = viewNow(connectionId);
      openExportDialog({ connectionId, query: { text, sort, onlyChanged, onlySelected }, rows: 'selected' });
    },
    compare: () =>
      start(async () => {
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
