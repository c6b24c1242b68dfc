import { Alert, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, listen, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { DayInput } from '../../ui/DayInput';
import { dayWords, parseDay } from '../../ui/days';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Moves entries from before a day into a file of their own. */
export function ArchiveSetting() {
  const { t } = useTranslation('settings');
  const [text, setText] = useState('');
  const [moved, setMoved] = useState(0);
  const before = parseDay(text);
  const day = before !== null && before <= Date.now() ? before : null;
  const archive = useMutation({
    mutationFn: async (at: number) => {
      setMoved(0);
      const stop = listen('journalProgress', ({ what, done }) => what === 'archive' && setMoved(done));
      try {
        return await ask(patchbay.keeping.archive({ before: at }));
      } finally {
        stop();
      }
    },
  });
  const { data, error, isPending } = archive;
  return (
    <>
      <Group gap="sm" align="flex-start">
        <DayInput
          label={t('keeping.before')}
          text={text}
          at={before}
          onChange={setText}
          problem={text.trim().length >= 8 && day === null ? t('keeping.wrongDay') : undefined}
        />
        {day === null ? null : (
          <div style={{ paddingBlockStart: 23 }}>
            <AskButton
              label={t('keeping.archiveNow')}
              question={t('keeping.archiveAsk', { day: isolate(dayWords(day)) })}
              confirm={t('keeping.archiveYes')}
              busy={isPending}
              onConfirm={() => archive.mutate(day)}
            />
          </div>
        )}
      </Group>
      {isPending && moved > 0 ? (
        <Text size="sm" role="status">
          {t('keeping.archiving', { n: formatCount(moved) })}
        </Text>
      ) : null}
      {error ? <ProblemAlert problem={problemOf(error)} /> : null}
      {data?.saved === null && !isPending ? (
        <Text size="sm" c="dimmed" role="status">
          {t('keeping.archiveNone')}
        </Text>
      ) : null}
      {data?.saved && !isPending ? <Said saved={data.saved} entries={data.entries} /> : null}
    </>
  );
}

function Said({ saved, entries }: { saved: string; entries: number }) {
  const { t } = useTranslation('settings');
  return (
    <Alert color="green" p="sm" mt="sm" role="status">
      <Text size="sm" style={{ overflowWrap: 'anywhere', userSelect: 'text' }}>
        {t('keeping.archived', { count: entries, n: formatCount(entries) })} <Ltr>{saved}</Ltr>
      </Text>
    </Alert>
  );
}
