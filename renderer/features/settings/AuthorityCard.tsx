import { Button, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/model/authority';
import { AskButton } from '../../ui/AskButton';
import { dayWords } from '../../ui/days';
import { isolate } from '../../ui/isolate';
import classes from './Settings.module.css';

const soonMs = 30 * 24 * 60 * 60 * 1_000;

/** One authority: who it is, for how long, its fingerprint, and whether it counts. */
export function AuthorityCard({
  authority: { subject, issuer, validFrom, validTo, fingerprint, state },
  busy,
  onConfirm,
  onRemove,
}: {
  authority: Authority;
  busy: boolean;
  onConfirm: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('settings');
  const day = (at: number | null) => (at === null ? '—' : dayWords(at));
  const left = validTo === null ? Number.POSITIVE_INFINITY : validTo - Date.now();
  const name = isolate(subject);
  return (
    <section className={classes.authority} aria-label={subject} data-authority={state}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{subject}</bdi>
        </Text>
        <Group gap="xs" wrap="nowrap">
          {state === 'not-proved' ? (
            <Button
              size="compact-xs"
              variant="default"
              disabled={busy}
              aria-label={t('authorities.confirmOf', { subject: name })}
              onClick={onConfirm}
            >
              {t('authorities.confirm')}
            </Button>
          ) : null}
          <AskButton
            label={t('authorities.removeOf', { subject: name })}
            question={t('authorities.removeAsk', { subject: name })}
            confirm={t('authorities.remove')}
            onConfirm={onRemove}
            busy={busy}
          >
            {t('authorities.remove')}
          </AskButton>
        </Group>
      </Group>
      <Text size="sm">
        {t('authorities.issuer')}: <bdi>{issuer}</bdi>
      </Text>
      <Text size="sm">
        {t('authorities.valid')}: {t('authorities.range', { from: day(validFrom), to: day(validTo) })}
      </Text>
      <Text size="sm">{t('authorities.fingerprint')}</Text>
      <Code block dir="ltr" fz={11} style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
        {fingerprint}
      </Code>
      {left < soonMs ? (
        <Text size="sm" c="var(--role-warning)">
          {t(left < 0 ? 'authorities.ended' : 'authorities.ends')}
        </Text>
      ) : null}
      {state === 'used' ? null : (
        <Text size="sm" c="var(--role-warning)">
          {t(state === 'unknown' ? 'authorities.unknown' : 'authorities.notProved')}
        </Text>
      )}
    </section>
  );
}
