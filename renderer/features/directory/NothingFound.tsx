import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../../shared/catalog';
import { formatCount, localised } from '../../i18n';
import { EmptyState } from '../../ui/EmptyState';
import { changeQuestion, useDirectoryView } from './view';

/** Says why no row is there, and offers the way back to all of them. */
export function NothingFound({
  connectionId,
  collection,
  all,
}: {
  connectionId: string;
  collection: Collection;
  all: number;
}) {
  const { t } = useTranslation('directory');
  const view = useDirectoryView(connectionId);
  const words = {
    noun: localised(collection.noun),
    nouns: localised(collection.nouns),
    total: formatCount(all),
  };
  if (view.text !== '') {
    return (
      <EmptyState title={t('none.title')} advice={t('none.filtered', words)}>
        <Button variant="default" onClick={() => changeQuestion(connectionId, { text: '' })}>
          {t('none.clear')}
        </Button>
      </EmptyState>
    );
  }
  if (view.onlyChanged) {
    return (
      <EmptyState title={t('none.title')} advice={t('none.unchanged', words)}>
        <Button variant="default" onClick={() => changeQuestion(connectionId, { onlyChanged: false })}>
          {t('none.showAll')}
        </Button>
      </EmptyState>
    );
  }
  if (view.onlySelected) {
    return (
      <EmptyState title={t('none.title')} advice={t('none.unselected')}>
        <Button variant="default" onClick={() => changeQuestion(connectionId, { onlySelected: false })}>
          {t('none.showAll')}
        </Button>
      </EmptyState>
    );
  }
  return <EmptyState title={t('none.title')} advice={t('none.empty', words)} />;
}
