import { useTranslation } from 'react-i18next';
import type { SecretLook as Look } from '../../shared/model/plan';
import { formatCount } from '../i18n';
import classes from './DiffLine.module.css';

/** What a secret that is about to be written looks like, in words; nothing it could be guessed by. */
export function SecretLook({ look }: { look: Look }) {
  const { t } = useTranslation('workorders');
  const { length, kinds, othersInOrder, othersOnServer } = look;
  const words = [
    t('look.length', { count: length, n: formatCount(length) }),
    ...kinds.map((kind) => t(`look.kinds.${kind}`)),
    ...(['looksLikeError', 'sameAsBefore', 'isNumber'] as const).flatMap((sign) =>
      look[sign] ? [t(`look.${sign}`)] : [],
    ),
    ...(othersInOrder > 0
      ? [t('look.othersInOrder', { count: othersInOrder, n: formatCount(othersInOrder) })]
      : []),
    ...(othersOnServer
      ? [t('look.othersOnServer', { count: othersOnServer, n: formatCount(othersOnServer) })]
      : []),
  ];
  const text = words.join(t('listSeparator'));
  return (
    <span className={classes.changed} title={`${t('look.label')}: ${text}`} data-look>
      {text}
    </span>
  );
}
