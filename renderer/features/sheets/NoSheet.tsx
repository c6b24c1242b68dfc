import { Button, Group, Kbd } from '@mantine/core';
import { IconClipboardText, IconFileSpreadsheet, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { catalogOf, collectionOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import { defaultMarker } from '../../../shared/model/sheet';
import { localised } from '../../i18n';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { EmptyState } from '../../ui/EmptyState';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useFieldName } from './field-name';
import { Reading } from './Reading';
import { keyFields } from './settings';
import css from './sheets.module.css';
import type { SheetHand } from './useSheet';

/** Nothing is taken in yet: the two ways in, and what is expected of a spreadsheet. */
export function NoSheet({ connection, hand }: { connection: Connection; hand: SheetHand }) {
  const { t } = useTranslation('sheets');
  const catalog = catalogOf(recordsOf(connection));
  const nameOf = useFieldName(catalog);
  const nouns = localised(collectionOf(recordsOf(connection)).nouns);
  const keys = keyFields(catalog).map(nameOf).join(t('or'));
  return (
    <EmptyState
      icon={<IconTable size={28} aria-hidden className={css.quiet} />}
      title={t('none.title', { name: isolate(connection.name) })}
      advice={t('none.advice', { nouns })}
    >
      {hand.busy ? (
        <Reading hand={hand} />
      ) : (
        <Group gap="sm" justify="center">
          <ConnectionButton
            connections={[connection]}
            leftSection={<IconFileSpreadsheet size={14} />}
            onClick={hand.open}
          >
            {t('open')}
          </ConnectionButton>
          <Button
            variant="default"
            leftSection={<IconClipboardText size={14} />}
            rightSection={
              <Kbd size="xs" dir="ltr">
                Ctrl V
              </Kbd>
            }
            onClick={hand.paste}
          >
            {t('paste')}
          </Button>
        </Group>
      )}
      {hand.problem ? (
        <div className={css.problem}>
          <ProblemAlert problem={hand.problem} onClose={hand.forgetProblem} />
        </div>
      ) : null}
      <ul className={css.expected}>
        <li>{t('none.headings')}</li>
        <li>{t('none.key', { keys })}</li>
        <li>{t('none.empty', { marker: isolate(defaultMarker) })}</li>
        <li>{t('none.rest')}</li>
      </ul>
    </EmptyState>
  );
}
