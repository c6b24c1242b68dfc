import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys, queryClient } from '../../queries';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { openConnectionDialog } from './dialogs';

/** Asks what the copy shall be called, makes it, and opens it: its address and credentials are still to be filled in. */
export function DuplicateDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const [name, setName] = useState(() => t('duplicate.suggested', { name: connection.name }).slice(0, 80));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = name.trim() === '';
  const duplicate = async () => {
    if (missing) return;
    setBusy(true);
    setProblem(null);
    try {
      const copy = await ask(patchbay.connections.duplicate({ connectionId: connection.id, name }));
      await queryClient.invalidateQueries({ queryKey: keys.connections() });
      openConnectionDialog({ type: 'edit', connectionId: copy.id });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={420}
      closeButtonProps={{ 'aria-label': t('close') }}
      title={t('duplicate.title', { name: connection.name })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void duplicate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('field.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={missing ? t('error.name.invalid') : undefined}
            data-field="name"
            data-autofocus
            dir="auto"
            maxLength={80}
          />
          <Text size="sm" c="dimmed">
            {t('duplicate.help')}
          </Text>
          {problem ? <ProblemAlert problem={problem} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('duplicate.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
