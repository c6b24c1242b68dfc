import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Update } from '../../../shared/model/about';
import { formatMoment } from '../../i18n';
import { copyText } from '../../ui/copy-text';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import { SeenText } from '../../ui/SeenText';
import classes from './Settings.module.css';

/**
 * What the feed told. All of it is somebody else's text: each line stands by itself, and what is invisible in it or turns
 * directions is written out. The address is shown and copied, never opened.
 */
export function UpdateFound({ update }: { update: Update }) {
  const { t } = useTranslation('settings');
  const { current, newest, newer, published, notes, page } = update;
  const said = newer
    ? t('updates.newer', { newest: isolate(newest), current: isolate(current) })
    : t('updates.newest', { current: isolate(current) });
  return (
    <div data-update={newer ? 'newer' : 'none'}>
      <Text size="sm" fw={500} role="status">
        {said}
      </Text>
      {newer ? (
        <>
          {published === null ? null : (
            <Text size="sm" c="dimmed">
              {t('updates.published', { day: formatMoment(published) })}
            </Text>
          )}
          <Text size="sm" mt="xs">
            {t('updates.notes')}
          </Text>
          <Notes text={notes} />
          <Text size="sm" mt="xs">
            {t('updates.page')}
          </Text>
          <Page address={page} />
        </>
      ) : null}
    </div>
  );
}

function Notes({ text }: { text: string }) {
  const { t } = useTranslation('settings');
  if (text.trim() === '') return <Text size="sm">{t('updates.noNotes')}</Text>;
  return (
    <section className={classes.notes} aria-label={t('updates.notes')}>
      {text.split('\n').map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have nothing else
        <p key={at} dir="auto">
          <bdi>
            <SeenText>{line}</SeenText>
          </bdi>
        </p>
      ))}
    </section>
  );
}

function Page({ address }: { address: string }) {
  const { t } = useTranslation('settings');
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <>
      <Text size="sm" className={layout.path} data-update-page>
        <Ltr>
          <SeenText>{address}</SeenText>
        </Ltr>
      </Text>
      <Group gap="sm" mt={4}>
        <Button size="xs" variant="default" onClick={() => void copyText(address).then(setCopied)}>
          {t('updates.copy')}
        </Button>
        <Text size="sm" role="status">
          {copied === null ? '' : t(copied ? 'updates.copied' : 'updates.notCopied')}
        </Text>
      </Group>
    </>
  );
}
