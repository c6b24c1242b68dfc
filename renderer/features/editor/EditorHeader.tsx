import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCheck,
  IconLayoutSidebarRightExpand,
  IconLoader2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { SaveState } from '../../fields/useFieldSaver';
import { formatCount } from '../../i18n';
import { useKeyWords } from '../../program/shortcuts';
import { AskButton } from '../../ui/AskButton';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { ConnectionName } from '../../ui/ConnectionName';
import layout from '../../ui/layout.module.css';
import { RecordTitle } from '../../ui/RecordTitle';
import { TabHeader } from '../../ui/TabHeader';
import { isolateTitle } from '../../ui/title-parts';
import css from './editor.module.css';

/** The record's title, the saving state, and the two actions for all of its edits. */
export function EditorHeader({
  title,
  connection,
  edits,
  saving,
  onRetry,
  onUndoAll,
  onPlan,
  onPanel,
  menu,
}: {
  title: string;
  connection: Connection;
  edits: number;
  saving: SaveState;
  onRetry: () => void;
  onUndoAll: () => void;
  onPlan: () => void;
  /** Opens the panel of changes where there is no room for it beside the form. */
  onPanel: (() => void) | null;
  /** What can be done with the record beside editing it. */
  menu: ReactNode;
}) {
  const { t } = useTranslation('editor');
  const keys = useKeyWords();
  const counted = { count: edits, formatted: formatCount(edits), title: isolateTitle(title) };
  return (
    <TabHeader connection={connection}>
      <div className={css.about}>
        <h2 className={css.title}>
          <RecordTitle title={title} whole />
        </h2>
        <ConnectionName connection={connection} />
      </div>
      <span className={layout.push} />
      <SaveMark saving={saving} idle={edits === 0 && saving.state === 'saved'} onRetry={onRetry} />
      {edits > 0 ? (
        <AskButton
          label={t('undoAll')}
          question={t('undoAllText', counted)}
          confirm={t('undoAllYes', counted)}
          onConfirm={onUndoAll}
        />
      ) : null}
      <ConnectionButton
        connections={[connection]}
        disabled={edits === 0}
        className={css.plan}
        onClick={onPlan}
        title={keys('plan')}
        data-plan
      >
        {t('plan', counted)}
      </ConnectionButton>
      {menu}
      {onPanel ? (
        <Tooltip label={t('showChanges')}>
          <ActionIcon variant="default" size={28} aria-label={t('showChanges')} onClick={onPanel}>
            <IconLayoutSidebarRightExpand size={16} />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </TabHeader>
  );
}

/** Says what is true of everything typed here: on its way, kept, or not kept. */
function SaveMark({
  saving,
  idle,
  onRetry,
}: {
  saving: SaveState;
  /** There is nothing that could be saved or not. */
  idle: boolean;
  onRetry: () => void;
}) {
  const { t } = useTranslation('editor');
  const Icon =
    saving.state === 'failed' ? IconAlertTriangleFilled : saving.state === 'saving' ? IconLoader2 : IconCheck;
  return (
    <span className={css.save} data-save={saving.state} data-idle={idle || undefined} role="status">
      <Icon size={14} aria-hidden />
      {t(`save.${saving.state}`)}
      {saving.state === 'failed' ? (
        <Button size="compact-xs" color="red" variant="light" onClick={onRetry}>
          {t('save.retry')}
        </Button>
      ) : null}
    </span>
  );
}
