import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { keys, queryClient } from '../../queries';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { sayDone } from '../shell/actions';

const longestName = 120;

/** Keeps the rules under a name, to be applied to others later. */
export function SaveTemplateDialog({
  connection,
  draft,
  onClose,
}: {
  connection: Connection;
  draft: BulkDraft;
  onClose: () => void;
}) {
  const { t } = useTranslation('bulk');
  const [name, setName] = useState(
    draft.origin.what === 'edit' ? '' : draft.origin.name.slice(0, longestName),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = name.trim() === '';
  const save = async () => {
    if (missing || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await ask(
        patchbay.templates.create({
          kind: connection.kind,
          name: name.trim(),
          from: { draftOf: connection.id },
        }),
      );
      await queryClient.invalidateQueries({ queryKey: keys.templates() });
      sayDone(t('template.saved', { name: isolate(name.trim()) }));
      onClose();
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
      closeButtonProps={{ 'aria-label': t('template.close') }}
      title={t('template.title')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('template.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            dir="auto"
            maxLength={longestName}
          />
          <Text size="sm" c="dimmed">
            {t('template.help', { count: draft.rules.length, formatted: formatCount(draft.rules.length) })}
          </Text>
          {problem ? <ProblemAlert problem={problem} /> : null}
          <Group gap="sm" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('template.cancel')}
            </Button>
            <Button type="submit" disabled={missing} loading={busy}>
              {t('template.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
