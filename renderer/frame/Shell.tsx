import { useState } from 'react';
import { ConnectionDialogs } from '../features/connections';
import { ExportDialog } from '../features/sheets';
import { ManyDialogs } from '../features/templates';
import { WorkOrderDialogs } from '../features/workorders';
import { ClosingDialog } from './ClosingDialog';
import { CutOffBanner } from './CutOffBanner';
import { KeychainBanner } from './KeychainBanner';
import { Notices } from './Notices';
import { Palette } from './Palette';
import classes from './Shell.module.css';
import { SideList } from './SideList';
import { StatusBar } from './StatusBar';
import { TabPanels } from './TabPanels';
import { TabStrip } from './TabStrip';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';

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
      <Palette opened={searching} onClose={() => setSearching(false)} />
      <ConnectionDialogs />
      <WorkOrderDialogs />
      <ManyDialogs />
      <ExportDialog />
      <ClosingDialog />
    </div>
  );
}
