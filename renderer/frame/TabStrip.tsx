import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../program/connections';
import { useTabTitle } from '../program/titles';
import { tabKey, useWorkspace } from '../program/workspace';
import { Tab } from './Tab';
import classes from './TabStrip.module.css';
import { useEdited } from './use-edited';
import { useRecordTitles } from './use-record-titles';

/** The open tabs. Arrow keys, Home and End move among them, Delete closes, the strip scrolls when it is full. */
export function TabStrip() {
  const { t } = useTranslation('shell');
  const { tabs, active, activate, close } = useWorkspace();
  const title = useTabTitle();
  const connections = useConnections();
  const edited = useEdited(tabs);
  useRecordTitles(tabs);
  const strip = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize();

  const front = tabs[active];
  const frontTitle = front ? title(front) : '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab in front is kept in sight when its title or the room changes too
  useEffect(() => {
    strip.current?.querySelector('[data-selected]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [active, tabs.length, width, frontTitle, edited]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = target(event, active, tabs.length);
    if (event.key === 'Delete') close(active);
    else if (to === null) return;
    else activate(to);
    event.preventDefault();
    // The tab that came to the front takes the focus once it is rendered.
    requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };

  return (
    <div ref={sized} className={classes.room}>
      <div
        ref={strip}
        role="tablist"
        aria-label={t('tabs.label')}
        className={classes.strip}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
          if (event.deltaX === 0) event.currentTarget.scrollLeft += forward * event.deltaY;
        }}
      >
        {tabs.map((tab, index) => {
          const connectionId = 'connectionId' in tab ? tab.connectionId : null;
          return (
            <Tab
              key={tabKey(tab)}
              tab={tab}
              title={title(tab)}
              selected={index === active}
              connection={connections.find((one) => one.id === connectionId)}
              dirty={edited.has(tabKey(tab))}
              onSelect={() => activate(index)}
              onClose={() => close(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Where an arrow key leads; "forward" is to the left in a right-to-left window. */
function target(event: KeyboardEvent<HTMLElement>, active: number, count: number): number | null {
  const rtl = document.documentElement.dir === 'rtl';
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const back = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (event.key === forward) return (active + 1) % count;
  if (event.key === back) return (active - 1 + count) % count;
  if (event.key === 'Home') return 0;
  if (event.key === 'End') return count - 1;
  return null;
}
