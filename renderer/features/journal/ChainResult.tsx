import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ChainReport, type ChainRestore, everything } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { exactMoment } from './exact-moment';
import { openHistory, useHistoryView } from './view';
import { forgetResult } from './work';

const looks = {
  bad: { color: 'red', icon: <IconAlertTriangle size={18} /> },
  good: { color: 'green', icon: <IconCircleCheck size={18} /> },
  open: { color: 'yellow', icon: <IconHelpHexagon size={18} /> },
} as const;

/** What the check of the chain found, in words. The worst comes first; several can be true. */
export function ChainResult({ report }: { report: ChainReport }) {
  const { t } = useTranslation('journal');
  const { checked, brokenAt, tail, restore } = report;
  const broken = brokenAt !== null;
  const state = broken ? 'broken' : tail;
  const look = !report.ok ? looks.bad : tail === 'whole' || tail === 'archive' ? looks.good : looks.open;
  return (
    <Alert
      {...look}
      p="sm"
      title={t(`verify.${state}`, { seq: brokenAt ?? '', ...momentsOf(restore) })}
      data-chain={state}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={forgetResult}
    >
      <Text size="sm">{t(`verify.${state}Advice`, { count: checked, n: formatCount(checked) })}</Text>
      {broken && tail === 'cut' ? <Text size="sm">{t('verify.cut')}</Text> : null}
      {restore ? <Restore restore={restore} told={broken} /> : null}
      {broken ? (
        <Button size="compact-xs" variant="default" mt="sm" onClick={() => goTo(brokenAt)}>
          {t('verify.goTo')}
        </Button>
      ) : null}
    </Alert>
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
