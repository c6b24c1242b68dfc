import { useEffect, useState } from 'react';
import { tabKey, useWorkspace } from '../program/workspace';
import layout from '../ui/layout.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { tabIds } from './Tab';
import { TabContent } from './TabContent';
import classes from './TabPanels.module.css';

const keptMounted = 8;

/**
 * The contents of the tabs. Those looked at last stay mounted behind the one in front, so that scroll, focus and
 * what is unfolded are as they were left; older ones are built anew from what the main process keeps.
 */
export function TabPanels() {
  const { tabs, active } = useWorkspace();
  const front = tabs[active];
  const frontKey = front ? tabKey(front) : '';
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => {
    setRecent((last) => [frontKey, ...last.filter((key) => key !== frontKey)].slice(0, keptMounted));
  }, [frontKey]);

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
            data-shown={shown || undefined}
            inert={!shown}
          >
            <ErrorBoundary>
              <TabContent tab={tab} index={index} />
            </ErrorBoundary>
          </div>
        );
      })}
    </div>
  );
}
