import { lazy, Suspense, useState } from 'react';
import { ConnectionDialogs } from '../features/connections';
import { ExportDialog } from '../features/sheets';
import { ManyDialogs } from '../features/templates';
import { WorkOrderDialogs } from '../features/workorders';
import { CutOffBanner } from './CutOffBanner';
import { KeychainBanner } from './KeychainBanner';
import { Notices } from './Notices';
import classes from './Shell.module.css';
import { SideList } from './SideList';
import { StatusBar } from './StatusBar';
import { TabPanels } from './TabPanels';
import { TabStrip } from './TabStrip';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';

// Nothing of these is on the first picture; they come right after it.
const ClosingDialog = lazy(async () => ({ default: (await import('./ClosingDialog')).ClosingDialog }));
const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));

/** The frame of the window: top bar, side list, tabs, the open tab, status bar. */
export function Shell() {
  const [searching, setSearching] = useState(false);
  useShortcuts(() => setSearching(true));
  return (
    <div className={classes.shell}>
      <TopBar onSearch={() => setSearching(true)} />
      <SideList />
      <main className={classes.main}>
        <TabStrip />
        <KeychainBanner />
        <CutOffBanner />
        <Notices />
        <TabPanels />
      </main>
      <StatusBar />
      <Suspense fallback={null}>
        <Palette opened={searching} onClose={() => setSearching(false)} />
      </Suspense>
      <Suspense fallback={null}>
        <ConnectionDialogs />
      </Suspense>
      <Suspense fallback={null}>
        <WorkOrderDialogs />
      </Suspense>
      <Suspense fallback={null}>
        <ManyDialogs />
      </Suspense>
      <Suspense fallback={null}>
        <ExportDialog />
      </Suspense>
      <Suspense fallback={null}>
        <ClosingDialog />
      </Suspense>
    </div>
  );
}
