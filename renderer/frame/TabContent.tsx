import { Center, Loader } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenTab } from '../../shared/model/workspace';
import { SettingsTab } from '../features/settings';
import { Overview } from './Overview';

const DirectoryTab = lazy(async () => ({
  default: (await import('../features/directory/DirectoryTab')).DirectoryTab,
}));
const EditorTab = lazy(async () => ({ default: (await import('../features/editor/EditorTab')).EditorTab }));
const PlanTab = lazy(async () => ({ default: (await import('../features/workorders/PlanTab')).PlanTab }));
const WorkOrdersTab = lazy(async () => ({
  default: (await import('../features/workorders/WorkOrdersTab')).WorkOrdersTab,
}));
const BulkTab = lazy(async () => ({ default: (await import('../features/bulk/BulkTab')).BulkTab }));
const SheetTab = lazy(async () => ({ default: (await import('../features/sheets/SheetTab')).SheetTab }));
const TemplatesTab = lazy(async () => ({
  default: (await import('../features/templates/TemplatesTab')).TemplatesTab,
}));
const CompareTab = lazy(async () => ({
  default: (await import('../features/compare/CompareTab')).CompareTab,
}));
const HistoryTab = lazy(async () => ({
  default: (await import('../features/journal/HistoryTab')).HistoryTab,
}));

/** The screen that a tab shows. A new kind of tab: one type in `shared/model/workspace.ts`, one line here. */
export function TabContent({ tab, index }: { tab: OpenTab; index: number }) {
  return <Suspense fallback={<Opening />}>{content(tab, index)}</Suspense>;
}

function content(tab: OpenTab, index: number): ReactNode {
  switch (tab.type) {
    case 'overview':
      return <Overview />;
    case 'settings':
      return <SettingsTab />;
    case 'directory':
      return <DirectoryTab connectionId={tab.connectionId} />;
    case 'editor':
      return (
        <EditorTab connectionId={tab.connectionId} remoteId={tab.remoteId} page={tab.page} index={index} />
      );
    case 'plan':
      return (
        <PlanTab
          workOrderId={tab.workOrderId}
          connectionId={tab.connectionId}
          changeId={tab.changeId}
          index={index}
        />
      );
    case 'work-orders':
      return <WorkOrdersTab />;
    case 'bulk':
      return <BulkTab connectionId={tab.connectionId} />;
    case 'sheet':
      return <SheetTab connectionId={tab.connectionId} />;
    case 'templates':
      return <TemplatesTab />;
    case 'compare':
      return <CompareTab items={tab.items} index={index} />;
    case 'history':
      return <HistoryTab />;
  }
}

function Opening() {
  const { t } = useTranslation('shell');
  return (
    <Center h="100%">
      <Loader size="sm" aria-label={t('tabs.opening')} />
    </Center>
  );
}
