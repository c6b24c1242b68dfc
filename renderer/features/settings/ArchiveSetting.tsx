import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '../../../shared/model/job';
import type { Archived } from '../../../shared/model/keeping';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { DayInput } from '../../ui/day/DayInput';
import { dayWords, parseDay } from '../../ui/days';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useOpenArchive } from '../journal';
import { useArchive } from './keeping';

/** Moves entries from before a day into a file of their own, and opens such a file. */
export function ArchiveSetting() {
  const { t } = useTranslation('settings');
  const [text, setText] = useState('');
  const archive = useArchive();
  const opening = useOpenArchive();
  const before = parseDay(text);
  const day = before !== null && before <= Date.now() ? before : null;
  const { result, busy, input, progress } = archive;
  const problem = archive.problem ?? opening.problem;
  return (
    <>
      <Group gap="sm" align="flex-start">
        <DayInput
          label={t('keeping.before')}
          name={t('keeping.before')}
          value={text}
          clearable
          onType={setText}
          onPick={setText}
          error={before !== null && day === null ? t('keeping.wrongDay') : undefined}
        />
        {day === null ? null : (
          <div style={{ paddingBlockStart: 23 }}>
            <AskButton
              label={t('keeping.archiveNow')}
              question={t('keeping.archiveAsk', { day: isolate(dayWords(day)) })}
              confirm={t('keeping.archiveYes')}
              busy={busy}
              onConfirm={() => archive.run(day)}
            />
          </div>
        )}
      </Group>
      {busy && progress ? <Going progress={progress} onCancel={archive.cancel} /> : null}
      {problem ? <ProblemAlert problem={problem} /> : null}
      {result && !busy ? <Came came={result} before={input} /> : null}
      <Button variant="default" mt="sm" loading={opening.busy} onClick={() => opening.run()}>
        {t('keeping.openArchive')}
      </Button>
    </>
  );
}

function Going({
  progress: { phase, done, total },
  onCancel,
}: {
  progress: JobProgress;
  onCancel: () => void;
}) {
  const { t } = useTranslation('settings');
  const counts = { n: formatCount(done), total: formatCount(total ?? done) };
  return (
    <Group gap="sm" mb="sm" role="status" data-archiving={phase}>
      <Text size="sm">{t(phase === 'archiving' ? 'keeping.archiving' : 'keeping.givingRoom', counts)}</Text>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        {t('keeping.stop')}
      </Button>
    </Group>
  );
}

/** The result in words: each reason for archiving nothing has its own. */
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
