import { Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconCheckbox,
  IconCopyCheck,
  IconEdit,
  IconExternalLink,
  IconFilter,
  IconSelectAll,
  IconSquare,
  IconTableExport,
  IconX,
} from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { SelectionCount } from '../../../shared/model/many';
import type { RecordRow } from '../../../shared/model/record';
import { formatCount } from '../../i18n';
import { useKeyWords } from '../../program/shortcuts';
import { Keys } from '../../ui/Keys';
import { openCopySettings } from '../templates';
import { TemplateItems } from './TemplateItems';
import type { GridHand } from './useGridHand';
import { comparable, type SelectionActions } from './useSelectionActions';
import { changeQuestion } from './view';

/** Where a row's menu was asked for. */
export interface RowMenuAt {
  readonly row: RecordRow;
  readonly index: number;
  /** Pixels in the window. */
  readonly x: number;
  readonly y: number;
}

/** Where the menu hangs. Nothing that can be pressed, so it takes on nothing of what the menu says of a button. */
function Place({ x, y, ref }: { x: number; y: number; ref?: Ref<HTMLSpanElement> }) {
  return <span ref={ref} style={{ position: 'fixed', top: y, left: x, inlineSize: 1, blockSize: 1 }} />;
}

/** What can be done with a row, and with all that are selected. Opened by the right button or the menu key. */
export function RowMenu({
  at,
  connection,
  selection,
  actions,
  hand,
  onOpen,
  onClose,
}: {
  at: RowMenuAt;
  connection: Connection;
  selection: SelectionCount;
  actions: SelectionActions;
  hand: GridHand;
  onOpen: (row: RecordRow) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['directory', 'sheets', 'templates']);
  const { row, index } = at;
  const { count } = selection;
  const formatted = formatCount(count);
  const keys = useKeyWords();
  return (
    <Menu
      opened
      onClose={onClose}
      withinPortal
      position="bottom-start"
      width={250}
      returnFocus
      // Not by keys, as is usual: the one that opened it is still on its way.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <Place x={at.x} y={at.y} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('selection.menu', { title: row.title })}>
        <Menu.Item
          leftSection={<IconExternalLink size={14} />}
          rightSection={<Keys words={keys('open')} />}
          onClick={() => onOpen(row)}
        >
          {t('selection.open')}
        </Menu.Item>
        <Menu.Item
          leftSection={row.selected ? <IconSquare size={14} /> : <IconCheckbox size={14} />}
          rightSection={<Keys words={keys('select')} />}
          onClick={() => hand.toggle(index)}
        >
          {t(row.selected ? 'selection.unselect' : 'selection.select')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSelectAll size={14} />}
          rightSection={<Keys words={keys('selectAll')} />}
          onClick={hand.selectAll}
        >
          {t('selection.all')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopyCheck size={14} />}
          onClick={() => openCopySettings({ connectionId: connection.id, remoteId: row.remoteId })}
        >
          {t('templates:copy.menu')}
        </Menu.Item>
        {count > 0 ? (
          <>
            <Menu.Divider />
            <Menu.Label>{t('selection.count', { count, formatted })}</Menu.Label>
            <Menu.Item
              leftSection={<IconEdit size={14} />}
              rightSection={<Keys words={keys('editTogether')} />}
              onClick={actions.editTogether}
            >
              {t('selection.edit')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowsDiff size={14} />}
              disabled={count < comparable.least || count > comparable.most}
              onClick={actions.compare}
            >
              {t('selection.compare')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTableExport size={14} />} onClick={actions.writeOut}>
              {t('sheets:writeOut')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFilter size={14} />}
              onClick={() => changeQuestion(connection.id, { onlySelected: true })}
            >
              {t('selection.only')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconX size={14} />}
              rightSection={<Keys words={keys('clear')} />}
              onClick={hand.clear}
            >
              {t('selection.clear')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Label>{t('selection.template')}</Menu.Label>
            <TemplateItems actions={actions} />
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
