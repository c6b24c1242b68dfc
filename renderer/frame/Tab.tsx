import {
  IconAddressBook,
  IconArrowsDiff,
  IconClipboardCheck,
  IconClipboardList,
  IconEdit,
  IconHistory,
  IconHome,
  IconSettings,
  IconTable,
  IconTemplate,
  IconUser,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/model/connection';
import type { OpenTab } from '../../shared/model/workspace';
import { seenText } from '../../shared/values/unseen';
import { tabKey } from '../program/workspace';
import { connectionLine } from '../ui/ConnectionTag';
import { CutTitle } from '../ui/CutText';
import layout from '../ui/layout.module.css';
import { RecordTitle } from '../ui/RecordTitle';
import classes from './TabStrip.module.css';

const icons = {
  overview: IconHome,
  'work-orders': IconClipboardList,
  history: IconHistory,
  settings: IconSettings,
  directory: IconAddressBook,
  editor: IconUser,
  plan: IconClipboardCheck,
  bulk: IconEdit,
  sheet: IconTable,
  templates: IconTemplate,
  compare: IconArrowsDiff,
} as const satisfies Record<OpenTab['type'], typeof IconHome>;

/** The ids that tie a tab to its panel. */
export function tabIds(tab: OpenTab): { readonly tab: string; readonly panel: string } {
  const key = tabKey(tab).replace(/[^\w-]+/g, '_');
  return { tab: `tab-${key}`, panel: `panel-${key}` };
}

/** One open tab: its kind, title, a dot for prepared edits, a button to close it, its connection's colour. */
export function Tab({
  tab,
  title,
  selected,
  connection,
  dirty,
  onSelect,
  onClose,
}: {
  tab: OpenTab;
  title: string;
  selected: boolean;
  connection: Connection | undefined;
  dirty: boolean;
  onSelect: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('shell');
  const Icon = icons[tab.type];
  const ids = tabIds(tab);
  const said = tab.type === 'editor' ? seenText(connection ? `${title} · ${connection.name}` : title) : title;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the middle button; the tab inside takes the keys
    <div
      role="presentation"
      className={classes.tab}
      data-selected={selected || undefined}
      title={said}
      onMouseDown={(event) => {
        // Without this a middle click scrolls instead of closing.
        if (event.button === 1) event.preventDefault();
      }}
      onAuxClick={(event) => {
        if (event.button === 1) onClose();
      }}
    >
      {connection ? (
        <span className={classes.line} style={{ background: connectionLine(connection.colour) }} />
      ) : null}
      <button
        type="button"
        role="tab"
        id={ids.tab}
        aria-controls={ids.panel}
        aria-selected={selected}
        aria-label={dirty ? t('tabs.dirty', { title: said }) : said}
        aria-keyshortcuts="Delete"
        tabIndex={selected ? 0 : -1}
        className={classes.face}
        onClick={onSelect}
      >
        <Icon size={14} aria-hidden className={layout.fixed} />
        <span className={layout.cut}>
          {tab.type === 'editor' ? <RecordTitle title={title} /> : <CutTitle>{title}</CutTitle>}
        </span>
      </button>
      <span className={classes.end}>
        {dirty ? <span className={classes.dot} aria-hidden /> : null}
        {/* For the mouse alone: a list of tabs holds nothing but tabs. Keys close by Delete, which the tab names. */}
        <span aria-hidden className={classes.close} title={t('tabs.close', { title })} onClick={onClose}>
          <IconX size={12} />
        </span>
      </span>
    </div>
  );
}
