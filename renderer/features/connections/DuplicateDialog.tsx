import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { ask, patchbay } from '../../program/bridge';
import { keys, queryClient } from '../../program/queries';
import { FormDialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/inputs';
import { useAction } from '../../ui/useAction';
import { openConnectionDialog } from './dialogs';

/** Asks what the copy shall be called, makes it, and opens it: its address and credentials are still to be filled in. */
export function DuplicateDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  // It becomes a name, and is stored: nothing in it is isolated.
  const [name, setName] = useState(() =>
    t('duplicate.suggested', { name: connection.name, interpolation: { escapeValue: false } }).slice(0, 80),
  );
  const missing = name.trim() === '';
  const duplicate = useAction({
    work: () => ask(patchbay.connections.duplicate({ connectionId: connection.id, name })),
    done: async (copy) => {
      await queryClient.invalidateQueries({ queryKey: keys.connections() });
      openConnectionDialog({ type: 'edit', connectionId: copy.id });
    },
  });
  return (
    <FormDialog
      title={t('duplicate.title', { name: connection.name })}
      confirm={t('duplicate.button')}
      cancel={t('cancel')}
      close={t('close')}
      action={duplicate}
      onSubmit={() => missing || duplicate.run()}
      onClose={onClose}
      size={420}
    >
      <TextInput
        label={t('field.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={missing ? t('error.name.invalid') : undefined}
        data-field="name"
        data-autofocus
        maxLength={80}
      />
      <Text size="sm" c="dimmed">
        {t('duplicate.help')}
      </Text>
    </FormDialog>
  );
}
