import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconCopyCheck, IconDots, IconPencil, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedItem, Comparison } from '../../../shared/model/many';
import { formatAgo, localised } from '../../i18n';
import { useConnections } from '../../program/connections';
import { useWorkspace } from '../../program/workspace';
import { ConnectionName } from '../../ui/ConnectionName';
import { Ltr } from '../../ui/Ltr';
import { RecordTitle } from '../../ui/RecordTitle';
import { ShownText } from '../../ui/ShownText';
import { isolateTitle } from '../../ui/title-parts';
import css from './compare.module.css';
import type { CompareGroup, CompareRow } from './rows';

interface Actions {
  /** Make the others like this one. */
  readonly onMakeLike: (item: ComparedItem) => void;
  readonly onRemove: (item: ComparedItem) => void;
}

/** Fields down, records across. */
export function CompareTable({
  comparison,
  groups,
  ...actions
}: Actions & { comparison: Comparison; groups: readonly CompareGroup[] }) {
  const { t } = useTranslation('compare');
  const { items } = comparison;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls both ways is scrolled with the keys too
    <section className={css.frame} tabIndex={0} aria-label={t('fields')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.field}>
              {t('field')}
            </th>
            {items.map((item) => (
              <th key={`${item.connectionId} ${item.remoteId}`} scope="col" data-compared={item.remoteId}>
                <Head item={item} alone={items.length < 2} {...actions} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.title}>
              <tr>
                <th scope="colgroup" colSpan={items.length + 1} className={css.group}>
                  {group.title}
                </th>
              </tr>
              {group.rows.map((row) => (
                <Row key={row.name} row={row} items={items} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, items }: { row: CompareRow; items: Comparison['items'] }) {
  const { t } = useTranslation('compare');
  const { name, spec, differs, values } = row;
  const closed = values.some(({ value }) => isClosed(value));
  return (
    <tr className={css.row} tabIndex={-1} data-compare-field={name} data-differs={differs || undefined}>
      <th scope="row" className={css.field} title={name}>
        {differs ? (
          <span className={css.mark} role="img" aria-label={t(closed ? 'cannotTell' : 'differs')}>
            {closed ? '? ' : '≠ '}
          </span>
        ) : null}
        {spec ? localised(spec.label) : <Ltr>{name}</Ltr>}
      </th>
      {items.map((item, at) => {
        const cell = values[at];
        return (
          <td key={`${item.connectionId} ${item.remoteId}`}>
            {cell ? (
              <>
                <span className={css.value} title={typeof cell.value === 'string' ? cell.value : undefined}>
                  <ShownText value={cell.value} spec={spec} />
                </span>
                {cell.prepared ? (
                  <span className={css.prepared} data-prepared>
                    <IconPencil size={12} aria-hidden />
                    {t('prepared')}
                  </span>
                ) : null}
              </>
            ) : null}
          </td>
        );
      })}
    </tr>
  );
}

function isClosed(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || !('secret' in value)) return false;
  return value.secret === 'withheld' || value.secret === 'unreadable';
}

function Head({
  item,
  alone,
  onMakeLike,
  onRemove,
}: Actions & { item: Comparison['items'][number]; alone: boolean }) {
  const { t } = useTranslation('compare');
  const connection = useConnections().find(({ id }) => id === item.connectionId);
  const open = useWorkspace((state) => state.open);
  const { connectionId, remoteId, title } = item;
  return (
    <div className={css.head}>
      <div className={css.names}>
        <UnstyledButton
          className={css.link}
          title={title}
          onClick={() => open({ type: 'editor', connectionId, remoteId, title, page: null })}
        >
          <RecordTitle title={title} />
        </UnstyledButton>
        <span className={css.where} title={t('synced', { ago: formatAgo(item.syncedAt) })}>
          <ConnectionName connection={connection} brief />
        </span>
      </div>
      <Menu withinPortal position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            aria-label={t('actions', { title: isolateTitle(title) })}
          >
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopyCheck size={14} />}
            disabled={alone}
            onClick={() => onMakeLike({ connectionId, remoteId })}
          >
            {t('makeLike.menu')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconX size={14} />}
            // The keys begin at the first entry that can be chosen: on a closed one the menu would hear none.
            data-autofocus={alone || undefined}
            onClick={() => onRemove({ connectionId, remoteId })}
          >
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
