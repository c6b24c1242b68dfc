import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChainReport, ChainRestore } from '../../../shared/model/chain';
import { everything } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { isolate } from '../../ui/isolate';
import { doubtWords } from './doubt-words';
import { exactMoment } from './exact-moment';
import { openHistory, useHistoryView } from './view';
import { acceptHistory, forgetResult } from './work';

const looks = {
  bad: { color: 'red', icon: <IconAlertTriangle size={18} /> },
  good: { color: 'green', icon: <IconCircleCheck size={18} /> },
  open: { color: 'yellow', icon: <IconHelpHexagon size={18} /> },
} as const;

/** The worst of what a report says; several can be true. */
type Verdict =
  | 'broken'
  | 'brokenKey'
  | 'brokenSealed'
  | 'beginningCut'
  | 'indexTitle'
  | 'laterTitle'
  | ChainReport['tail'];

function verdictOf({ brokenAt, brokenBy, tail, beginning, index, later }: ChainReport): Verdict {
  if (brokenAt !== null && brokenBy !== 'key') return brokenBy === 'sealed' ? 'brokenSealed' : 'broken';
  if (tail === 'replaced' || tail === 'cut') return tail;
  if (brokenAt !== null) return 'brokenKey';
  if (beginning === 'cut') return 'beginningCut';
  if (!index.ok) return 'indexTitle';
  if (tail === 'forgotten' || tail === 'unknown') return tail;
  return later ? 'laterTitle' : tail;
}

/** Nobody can say: nothing is found to be wrong, but it is not proved either. */
const open: ReadonlySet<Verdict> = new Set(['unknown', 'forgotten', 'laterTitle']);

/** What the check of the chain found, in words. The worst comes first; several can be true. */
export function ChainResult({ report }: { report: ChainReport }) {
  const { t } = useTranslation('journal');
  const { checked, brokenAt, tail, restore, doubts } = report;
  const verdict = verdictOf(report);
  const look = report.ok
    ? tail === 'restored'
      ? looks.open
      : looks.good
    : open.has(verdict)
      ? looks.open
      : looks.bad;
  // What is under a title of its own would be said twice.
  const counted =
    verdict === 'laterTitle' || verdict === 'indexTitle' ? 'counted' : (`${verdict}Advice` as const);
  const seq = isolate(String(brokenAt ?? ''));
  return (
    <Alert
      {...look}
      p="sm"
      title={t(`verify.${verdict}`, { seq, ...momentsOf(restore) })}
      data-chain={brokenAt === null ? verdict : 'broken'}
      data-ok={report.ok}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={forgetResult}
    >
      <Text size="sm">{t(`verify.${counted}`, { count: checked, n: formatCount(checked), seq })}</Text>
      {brokenAt !== null && tail === 'cut' && verdict !== 'cut' ? (
        <Text size="sm">{t('verify.cut')}</Text>
      ) : null}
      {brokenAt !== null && verdict !== 'broken' && verdict !== 'brokenKey' && verdict !== 'brokenSealed' ? (
        <Text size="sm">{t('verify.brokenKey', { seq })}</Text>
      ) : null}
      <Proofs report={report} verdict={verdict} />
      {restore ? <Restore restore={restore} told={verdict !== 'restored'} /> : null}
      <Group gap="sm" mt="sm" hidden={brokenAt === null && doubts.length === 0}>
        {brokenAt === null ? null : (
          <Button size="compact-xs" variant="default" onClick={() => goTo(brokenAt)}>
            {t('verify.goTo')}
          </Button>
        )}
        {doubts.length === 0 ? null : (
          <AskButton
            label={t('verify.accept')}
            question={t('verify.acceptAdvice', { doubts: doubtWords(t, doubts) })}
            confirm={t('verify.acceptDo')}
            onConfirm={() => void acceptHistory()}
          />
        )}
      </Group>
    </Alert>
  );
}

/** What is proved in which way, and what is not. */
function Proofs({ report, verdict }: { report: ChainReport; verdict: Verdict }) {
  const { t } = useTranslation('journal');
  const { beginning, before, later, index, accepted } = report;
  const number = (n: number): string => isolate(String(n));
  const where = index.at === null ? '' : t('verify.indexAt', { seq: number(index.at) });
  return (
    <>
      {beginning === 'cut' && verdict !== 'beginningCut' ? (
        <Text size="sm">{t('verify.beginningCut')}</Text>
      ) : null}
      {index.ok ? null : <Text size="sm">{t('verify.indexAdvice', { where })}</Text>}
      {later ? (
        <Text size="sm">
          {t('verify.later', { count: later.count, n: formatCount(later.count), seq: number(later.from) })}
        </Text>
      ) : null}
      {before ? <Text size="sm">{t(`verify.before_${before.why}`, { seq: number(before.seq) })}</Text> : null}
      {accepted ? (
        <Text size="sm">
          {t('verify.accepted', {
            at: isolate(exactMoment(accepted.at)),
            doubts: doubtWords(t, accepted.doubts),
          })}
        </Text>
      ) : null}
    </>
  );
}

/** What the keychain remembers of going back to a backup; `told`: with the moments, where the title does not say them. */
function Restore({ restore, told }: { restore: ChainRestore; told: boolean }) {
  const { t } = useTranslation('journal');
  const { missing, cutBefore, proven } = restore;
  return (
    <>
      {told ? <Text size="sm">{t('verify.restored', momentsOf(restore))}</Text> : null}
      <Text size="sm">{t('verify.missing', { count: missing, n: formatCount(missing) })}</Text>
      {cutBefore ? <Text size="sm">{t('verify.cutBefore')}</Text> : null}
      {proven || cutBefore ? null : <Text size="sm">{t('verify.unproven')}</Text>}
    </>
  );
}

function momentsOf(restore: ChainRestore | null) {
  const words = (at: number | undefined) => isolate(at === undefined ? '' : exactMoment(at));
  return { at: words(restore?.at), backupAt: words(restore?.backupAt) };
}

/** In the archive, where it is one that was checked. */
function goTo(seq: number): void {
  const { filter, archive } = useHistoryView.getState();
  openHistory({
    filter: { ...everything, archive: filter.archive },
    archive,
    upTo: seq,
    open: new Set([seq]),
  });
}
