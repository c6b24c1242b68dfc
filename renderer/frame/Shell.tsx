import { useEffect } from 'react';
import { ConnectionDialogs } from '../features/connections';
import { ExportDialog } from '../features/sheets';
import { ManyDialogs } from '../features/templates';
import { WorkOrderDialogs } from '../features/workorders';
import { ClosingDialog } from './ClosingDialog';
import { CutOffBanner } from './CutOffBanner';
import { followFocus } from './focus';
import { useFrame } from './frame-state';
import { KeychainBanner } from './KeychainBanner';
import { Notices } from './Notices';
import { Palette } from './Palette';
import classes from './Shell.module.css';
import { ShortcutSheet } from './ShortcutSheet';
import { SideList } from './SideList';
import { StatusBar } from './StatusBar';
import { TabPanels } from './TabPanels';
import { TabStrip } from './TabStrip';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';

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
      <Palette />
      <ShortcutSheet />
      <ConnectionDialogs />
      <WorkOrderDialogs />
      <ManyDialogs />
      <ExportDialog />
      <ClosingDialog />
    </div>
  );
}
