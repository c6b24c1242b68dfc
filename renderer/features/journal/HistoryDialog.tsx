import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/FormDialog';
import { CompareMoments } from './CompareMoments';
import { RevertForm } from './RevertForm';
import type { HistoryRequest } from './requests';

/** The dialog of the requested action on an entry; nothing without a request. */
export function HistoryDialog({ request, onClose }: { request: HistoryRequest | null; onClose: () => void }) {
  const { t } = useTranslation('journal');
  if (request === null) return null;
  const { type, item } = request;
  return (
    <Dialog
      key={`${type} ${item.seq}`}
      onClose={onClose}
      size={type === 'compare' ? 760 : 520}
      title={t(`${type}.title`)}
      close={t('close')}
      data-dialog={type}
    >
      {type === 'compare' ? (
        <CompareMoments item={item} />
      ) : (
        <RevertForm request={request} onClose={onClose} />
      )}
    </Dialog>
  );
}
