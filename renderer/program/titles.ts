import { useTranslation } from 'react-i18next';
import { collectionOf, type OfCollection } from '../../shared/catalog';
import { recordsOf } from '../../shared/model/connection';
import type { OpenTab } from '../../shared/model/workspace';
import { seenText } from '../../shared/values/unseen';
import { currentLanguage, formatCount, localised } from '../i18n';
import { useConnections } from './connections';
import { useWorkOrders, workOrderName } from './work-orders';

/** A function that says what a tab is called; a record's title as it is, all else with its hidden characters written out. */
export function useTabTitle(): (tab: OpenTab) => string {
  const { t } = useTranslation('shell');
  const connections = useConnections();
  const orders = useWorkOrders();
  const connectionOf = (id: string | null) => connections.find((one) => one.id === id);
  return (tab) => {
    switch (tab.type) {
      case 'directory': {
        const connection = connectionOf(tab.connectionId);
        if (!connection) return t('tab.directory');
        return `${upperFirst(localised(collectionOf(recordsOf(connection)).nouns))} · ${seenText(connection.name)}`;
      }
      case 'editor':
        return tab.title || tab.remoteId;
      case 'plan': {
        const order = orders.find((one) => one.id === tab.workOrderId);
        const connection = tab.changeId === null ? connectionOf(tab.connectionId)?.name : undefined;
        const of = seenText(
          tab.title || [order && workOrderName(order), connection].filter(Boolean).join(' · '),
        );
        return of ? t('tab.planOf', { of }) : t('tab.planAll');
      }
      case 'bulk':
      case 'sheet':
        return t(`tab.${tab.type}`, { name: seenText(connectionOf(tab.connectionId)?.name ?? '') });
      default:
        return t(`tab.${tab.type}`);
    }
  };
}

/** "1 extension", "412 extensions": after a number Persian keeps the noun as it is for one. */
export function countedRecords(of: OfCollection, count: number): string {
  const { noun, nouns } = collectionOf(of);
  const one = count === 1 || currentLanguage() === 'fa';
  return `${formatCount(count)} ${localised(one ? noun : nouns)}`;
}

/** "extensions" as the beginning of a line. */
export function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
