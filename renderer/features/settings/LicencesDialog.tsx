import { Loader, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Licence } from '../../../shared/model/about';
import { problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { Dialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/inputs';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import classes from './Licences.module.css';
import { PlainText } from './PlainText';

/** The parts that others wrote: a list that is searched by name and by text, and the licence of the one chosen. */
export function LicencesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('aboutBox.licences')}
      close={t('support.close')}
      size={960}
    >
      <Parts />
    </Dialog>
  );
}

function Parts() {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 200);
  const [chosen, setChosen] = useState<Licence | null>(null);
  const { data, error } = useQuery({
    queryKey: ['about', 'licences', text],
    queryFn: () => ask(patchbay.about.licences({ text })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <TextInput
        label={t('aboutBox.search')}
        value={typed}
        maxLength={200}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {error ? <ProblemAlert problem={problemOf(error)} /> : null}
      <Text size="sm" c="dimmed" my={6} role="status">
        {data
          ? t('aboutBox.found', { n: formatCount(data.items.length), total: formatCount(data.total) })
          : ''}
      </Text>
      <div className={classes.panes}>
        <ul className={classes.list} aria-label={t('aboutBox.licences')}>
          {data?.items.map((part) => (
            <li key={part.id}>
              <UnstyledButton
                className={classes.part}
                aria-current={part.id === chosen?.id}
                onClick={() => setChosen(part)}
              >
                <bdi className={classes.name}>{part.name}</bdi>
                <span className={classes.kind}>
                  <Ltr>{[part.version, part.licence].filter(Boolean).join(' · ')}</Ltr>
                </span>
              </UnstyledButton>
            </li>
          ))}
          {data?.items.length === 0 ? <li className={classes.none}>{t('aboutBox.nothing')}</li> : null}
        </ul>
        {chosen ? (
          <LicenceText key={chosen.id} part={chosen} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('aboutBox.choose')}
          </Text>
        )}
      </div>
    </>
  );
}

function LicenceText({ part }: { part: Licence }) {
  const { t } = useTranslation('settings');
  const { data, error } = useQuery({
    queryKey: ['about', 'licence', part.id],
    queryFn: () => ask(patchbay.about.licence({ id: part.id })),
  });
  if (error) return <ProblemAlert problem={problemOf(error)} />;
  if (!data) return <Loader size="sm" />;
  return <PlainText label={part.name} text={data.text || t('aboutBox.noText')} />;
}
