import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CompareMoments } from './CompareMoments';
import { RevertForm } from './RevertForm';
import type { HistoryRequest } from './requests';

/** The dialog of what somebody wants to do with an entry; nothing where nobody asked. */
export function HistoryDialog({ request, onClose }: { request: HistoryRequest | null; onClose: () => void }) {
  const { t } = useTranslation('journal');
  if (request === null) return null;
  const { type, item } = request;
  return (
    <Modal
      key={`${type} ${item.seq}`}
      opened
      onClose={onClose}
      size={type === 'compare' ? 760 : 520}
      title={t(`${type}.title`)}
      closeButtonProps={{ 'aria-label': t('close') }}
      data-dialog={type}
    >
      {type === 'compare' ? (
        <CompareMoments item={item} />
      ) : (
        <RevertForm request={request} onClose={onClose} />
      )}
    </Modal>
  );
}
