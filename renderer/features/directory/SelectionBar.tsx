import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowsDiff,
  IconEdit,
  IconFilter,
  IconTableExport,
  IconTemplate,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { SelectionCount } from '../../../shared/model/many';
import { formatCount } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import directory from './directory.module.css';
import css from './selection.module.css';
import { TemplateItems } from './TemplateItems';
import { comparable, type SelectionActions } from './useSelectionActions';
import { changeQuestion, useDirectoryView } from './view';

/** How much is selected and what can be done with it. It lies over the grid's end, so that nothing moves. */
export function SelectionBar({
  connection,
  selection,
  actions,
  onClear,
}: {
  connection: Connection;
  selection: SelectionCount;
  actions: SelectionActions;
  onClear: () => void;
}) {
  const { t } = useTranslation(['directory', 'sheets']);
  const { onlySelected } = useDirectoryView(connection.id);
  const { count } = selection;
  const hidden = count - selection.shown;
  const canCompare = count >= comparable.least && count <= comparable.most;
  return (
    <div className={css.bar} role="toolbar" aria-label={t('selection.title')} data-selection={count}>
      {actions.problem ? (
        <div className={css.problem}>
          <ProblemAlert problem={actions.problem} onClose={actions.forgetProblem} />
        </div>
      ) : null}
      <span className={css.words} aria-live="polite">
        <b>{t('selection.count', { count, formatted: formatCount(count) })}</b>
        {hidden > 0 ? (
          <span className={css.hidden}>
            {t('selection.hidden', { count: hidden, formatted: formatCount(hidden) })}
          </span>
        ) : null}
      </span>
      <Button leftSection={<IconEdit size={14} />} loading={actions.busy} onClick={actions.editTogether}>
        {t('selection.edit')}
      </Button>
      <Menu withinPortal position="top-start" width={240}>
        <Menu.Target>
          <Button
            variant="default"
            className={directory.iconWhereNarrow}
            title={t('selection.template')}
            leftSection={<IconTemplate size={14} />}
          >
            {t('selection.template')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          <TemplateItems actions={actions} />
        </Menu.Dropdown>
      </Menu>
      <Tooltip
        label={t('selection.compareRange', {
          least: formatCount(comparable.least),
          most: formatCount(comparable.most),
        })}
        disabled={canCompare}
      >
        <Button
          variant="default"
          className={directory.iconWhereNarrow}
          title={canCompare ? t('selection.compare') : undefined}
          leftSection={<IconArrowsDiff size={14} />}
          data-disabled={!canCompare}
          aria-disabled={!canCompare}
          onClick={() => canCompare && actions.compare()}
        >
          {t('selection.compare')}
        </Button>
      </Tooltip>
      <Button
        variant={onlySelected ? 'light' : 'default'}
        className={directory.iconWhereNarrow}
        title={t('selection.only')}
        aria-pressed={onlySelected}
        leftSection={<IconFilter size={14} />}
        onClick={() => changeQuestion(connection.id, { onlySelected: !onlySelected })}
      >
        {t('selection.only')}
      </Button>
      <Tooltip label={t('sheets:writeOut')}>
        <ActionIcon variant="default" size={30} aria-label={t('sheets:writeOut')} onClick={actions.writeOut}>
          <IconTableExport size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('selection.clear')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('selection.clear')}
          onClick={onClear}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
