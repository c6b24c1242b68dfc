import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Archived } from '../../../shared/model/journal';
import { patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { DayInput } from '../../ui/DayInput';
import { dayWords, parseDay } from '../../ui/days';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useOpenArchive } from '../journal/archive';
import { type ArchiveProgress, useArchive } from './keeping';

/** Moves entries from before a day into a file of their own, and opens such a file. */
export function ArchiveSetting() {
  const { t } = useTranslation('settings');
  const [text, setText] = useState('');
  const [progress, setProgress] = useState<ArchiveProgress | null>(null);
  const archive = useArchive(setProgress);
  const opening = useOpenArchive();
  const before = parseDay(text);
  const day = before !== null && before <= Date.now() ? before : null;
  const { data, error, isPending, variables } = archive;
  const problem = error ?? opening.error;
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
      {isPending && progress ? <Going progress={progress} /> : null}
      {problem ? <ProblemAlert problem={problemOf(problem)} /> : null}
      {data && !isPending ? <Came came={data} before={variables} /> : null}
      <Button variant="default" mt="sm" loading={opening.isPending} onClick={() => opening.mutate()}>
        {t('keeping.openArchive')}
      </Button>
    </>
  );
}

function Going({ progress: { what, done, total } }: { progress: ArchiveProgress }) {
  const { t } = useTranslation('settings');
  const counts = { n: formatCount(done), total: formatCount(total ?? done) };
  return (
    <Group gap="sm" mb="sm" role="status" data-archiving={what}>
      <Text size="sm">{t(what === 'archive' ? 'keeping.archiving' : 'keeping.givingRoom', counts)}</Text>
      <Button size="compact-xs" variant="default" onClick={() => void patchbay.journal.stop()}>
        {t('keeping.stop')}
      </Button>
    </Group>
  );
}

/** What became of it, in words: each of the reasons for which nothing went is another one. */
function Came({ came, before }: { came: Archived; before: number | undefined }) {
  const { t } = useTranslation('settings');
  const day = isolate(before === undefined ? '' : dayWords(before));
  if (came.result !== 'archived')
    return (
      <Text size="sm" c="dimmed" role="status" data-archived={came.result}>
        {t(`keeping.archiveCame.${came.result}`, { day })}
      </Text>
    );
  const { entries, saved, room } = came;
  return (
    <Alert color="green" p="sm" mt="sm" role="status" data-archived="archived">
      <Text size="sm" style={{ overflowWrap: 'anywhere', userSelect: 'text' }}>
        {t('keeping.archived', { count: entries, n: formatCount(entries) })} <Ltr>{saved}</Ltr>
      </Text>
      <Text size="sm">{t(`keeping.room.${room}`)}</Text>
    </Alert>
  );
}
