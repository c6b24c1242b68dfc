import { lazy, Suspense, useEffect } from 'react';
import { ConnectionDialogs } from '../features/connections';
import { ExportDialog } from '../features/sheets';
import { ManyDialogs } from '../features/templates';
import { WorkOrderDialogs } from '../features/workorders';
import { CutOffBanner } from './CutOffBanner';
import { followFocus } from './focus';
import { useFrame } from './frame-state';
import { KeychainBanner } from './KeychainBanner';
import { Notices } from './Notices';
import classes from './Shell.module.css';
import { ShortcutSheet } from './ShortcutSheet';
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
  const sideHidden = useFrame((state) => state.sideHidden);
  useShortcuts();
  useEffect(followFocus, []);
  return (
    <div className={classes.shell} data-side={sideHidden ? 'hidden' : undefined}>
      <TopBar />
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
        <Palette />
      </Suspense>
      <Suspense fallback={null}>
        <ShortcutSheet />
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
