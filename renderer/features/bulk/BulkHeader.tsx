import { Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { editBegan } from '../../program/bulk-session';
import { keys, queryClient } from '../../program/queries';
import { countedRecords } from '../../program/titles';
import { tabKey, useWorkspace } from '../../program/workspace';
import { AskButton } from '../../ui/AskButton';
import { ConnectionName } from '../../ui/ConnectionName';
import layout from '../../ui/layout.module.css';
import { TabHeader } from '../../ui/TabHeader';
import { isolateTitle } from '../../ui/title-parts';
import css from './bulk.module.css';
import { SaveTemplateDialog } from './SaveTemplateDialog';

/** How many records of which connection, where the rules came from, and what to do with all of it. */
export function BulkHeader({ connection, draft }: { connection: Connection; draft: BulkDraft }) {
  const { t } = useTranslation('bulk');
  const [saving, setSaving] = useState(false);
  const rules = draft.rules.length;
  const discard = async () => {
    await ask(patchbay.bulk.discard({ connectionId: connection.id }));
    queryClient.setQueryData(keys.bulkDraft(connection.id), null);
    editBegan(connection.id);
    const { tabs, close } = useWorkspace.getState();
    const own = tabKey({ type: 'bulk', connectionId: connection.id });
    close(tabs.findIndex((tab) => tabKey(tab) === own));
  };
  return (
    <TabHeader connection={connection}>
      <h2 className={css.heading}>
        {t('title', { records: countedRecords(recordsOf(connection), draft.records) })}
      </h2>
      <ConnectionName connection={connection} />
      {draft.origin.what === 'edit' ? null : (
        <span className={css.origin} title={draft.origin.name}>
          {t(`origin.${draft.origin.what}`, { name: isolateTitle(draft.origin.name) })}
        </span>
      )}
      {draft.gone > 0 ? (
        <span className={css.gone}>
          {t('gone', { count: draft.gone, formatted: formatCount(draft.gone) })}
        </span>
      ) : null}
      <span className={layout.push} />
      <Button
        variant="default"
        flex="none"
        leftSection={<IconDeviceFloppy size={14} />}
        disabled={rules === 0}
        onClick={() => setSaving(true)}
      >
        {t('template.save')}
      </Button>
      <AskButton
        label={t('discard.label')}
        question={t('discard.question', { count: rules, formatted: formatCount(rules) })}
        confirm={t('discard.yes')}
        onConfirm={() => void discard()}
      />
      {saving ? (
        <SaveTemplateDialog connection={connection} draft={draft} onClose={() => setSaving(false)} />
      ) : null}
    </TabHeader>
  );
}
