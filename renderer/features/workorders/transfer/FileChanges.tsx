import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../../../../shared/catalog';
import type { TransferPreview } from '../../../../shared/transfer';
import { seenText } from '../../../../shared/values/unseen';
import { formatCount } from '../../../i18n';
import { DiffLine, FieldLabel } from '../../../ui/DiffLine';
import layout from '../../../ui/layout.module.css';
import { RecordId } from '../../../ui/RecordId';
import { RecordTitle } from '../../../ui/RecordTitle';
import { VirtualList } from '../../../ui/VirtualList';
import classes from './transfer.module.css';

type FileChange = TransferPreview['changes'][number];

const lineHeight = 22;

/** The changes of a file, by server; those that stay out are marked. */
export function FileChanges({ preview }: { preview: TransferPreview }) {
  const { t } = useTranslation('transfer');
  const { changes, connections } = preview;
  const taken = changes.filter((change) => change.taken).length;
  const byKey = new Map(connections.map((one) => [one.key, one]));
  const height = changes.reduce((sum, change) => sum + heightOf(change), 0);
  return (
    <section>
      <Text size="sm" fw={600} mb={4}>
        {t('changes.sum', {
          count: changes.length,
          taken: formatCount(taken),
          all: formatCount(changes.length),
        })}
      </Text>
      <div className={classes.changes} style={{ blockSize: Math.min(260, height + 2) }}>
        <VirtualList
          items={changes}
          keyOf={(change) => `${change.connectionKey} ${change.remoteId}`}
          estimate={heightOf}
          label={t('changes.list')}
          render={(change) => {
            const connection = byKey.get(change.connectionKey);
            return connection ? (
              <ChangeRow change={change} kind={connection.kind} server={connection.name} />
            ) : null;
          }}
        />
      </div>
    </section>
  );
}

function ChangeRow({ change, kind, server }: { change: FileChange; kind: Kind; server: string }) {
  const { t } = useTranslation('transfer');
  return (
    <div className={classes.change} data-taken={change.taken} data-record={change.remoteId}>
      <div className={classes.record}>
        <span className={classes.title} title={change.title}>
          <RecordTitle title={change.title} />
        </span>
        <RecordId id={change.remoteId} />
        {change.titleInFile === null ? null : (
          <span className={layout.warning} data-title-in-file>
            {t('changes.inFile', { title: seenText(change.titleInFile) })}
          </span>
        )}
        {change.taken ? (
          <span className={classes.quiet}>
            <bdi>{server}</bdi>
          </span>
        ) : (
          <span className={layout.warning}>{t('changes.out')}</span>
        )}
      </div>
      <div className={classes.fields}>
        {change.fields.map(({ field, base, next, secret }) =>
          secret === 'left-out' ? (
            <span key={field} className={classes.leftOut}>
              <FieldLabel of={{ kind, collection: change.collection }} field={field} /> {t('changes.leftOut')}
            </span>
          ) : (
            <DiffLine
              key={field}
              of={{ kind, collection: change.collection }}
              field={field}
              from={base}
              to={next}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** One line a field; the record's own name, id and server take three, and what the file calls it one more. */
function heightOf({ fields, titleInFile }: FileChange): number {
  return 9 + lineHeight * Math.max(titleInFile === null ? 3 : 4, fields.length);
}
