import { useEffect, useState } from 'react';
import type { OpenTab } from '../../shared/model/workspace';
import { useTabTitle } from '../program/titles';
import { tabKey, useWorkspace } from '../program/workspace';
import layout from '../ui/layout.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { focusView } from './focus';
import { tabIds } from './Tab';
import { TabContent } from './TabContent';
import classes from './TabPanels.module.css';

const keptMounted = 8;

/** Views that show no heading of their own above all others: there the tab's title is it, for those who hear the page. */
const withoutHeading: ReadonlySet<OpenTab['type']> = new Set([
  'directory',
  'editor',
  'bulk',
  'sheet',
  'templates',
  'compare',
]);

/**
 * The contents of the tabs. Those looked at last stay mounted behind the one in front, so that scroll, focus and
 * what is unfolded are as they were left; older ones are built anew from what the main process keeps.
 */
export function TabPanels() {
  const { tabs, active } = useWorkspace();
  const title = useTabTitle();
  const front = tabs[active];
  const frontKey = front ? tabKey(front) : '';
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => {
    setRecent((last) => [frontKey, ...last.filter((key) => key !== frontKey)].slice(0, keptMounted));
  }, [frontKey]);
  const frontPanel = front ? tabIds(front).panel : '';
  useEffect(() => {
    const view = document.getElementById(frontPanel);
    return view ? focusView(view) : undefined;
  }, [frontPanel]);

  return (
    <div className={layout.frame}>
      {tabs.map((tab, index) => {
        const key = tabKey(tab);
        const shown = index === active;
        if (!shown && !recent.includes(key)) return null;
        const ids = tabIds(tab);
        return (
          <div
            key={key}
            role="tabpanel"
            id={ids.panel}
            aria-labelledby={ids.tab}
            className={classes.panel}
            data-view={tab.type}
            data-shown={shown || undefined}
            inert={!shown}
          >
            {withoutHeading.has(tab.type) ? <h1 className={layout.hidden}>{title(tab)}</h1> : null}
            <ErrorBoundary>
              <TabContent tab={tab} index={index} />
            </ErrorBoundary>
          </div>
        );
      })}
    </div>
  );
}
