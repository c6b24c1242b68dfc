import { lazy } from 'react';

/** Work orders, plans and runs, as other screens open and follow them. */
export { openWorkOrderDialog } from './dialogs';
export { openPlan, openRunTab } from './open-plan';
export { RunProgress } from './RunProgress';
export { countsOf, runState } from './run-progress';
export { followRuns, isCutOff, type RunView, useOpenRun } from './runs';
export { useUndoStep } from './use-undo-step';

/** The dialogs; loaded once the window is painted. */
export const WorkOrderDialogs = lazy(async () => ({
  default: (await import('./WorkOrderDialogs')).WorkOrderDialogs,
}));
