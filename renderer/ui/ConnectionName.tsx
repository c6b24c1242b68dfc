import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/model/connection';
import { seenText } from '../../shared/values/unseen';
import classes from './ConnectionName.module.css';
import { ConnectionTag, connectionLine } from './ConnectionTag';
import { textDirection } from './isolate';
import { Ltr } from './Ltr';
import { SeenText } from './SeenText';

/**
 * A connection's name behind a bar of its own colour, with its tag; marked where it speaks plain http. The name is never
 * cut: it wraps, because it says where something is written.
 */
export function ConnectionName({
  connection,
  fallback = '',
  brief = false,
}: {
  connection: Pick<Connection, 'name' | 'colour' | 'tag' | 'baseUrl'> | undefined;
  /** The name to show where the connection is gone. */
  fallback?: string;
  /** Without tag and marks, for narrow columns. */
  brief?: boolean;
}) {
  const { t } = useTranslation('workorders');
  return (
    <span className={classes.name} data-connection-name>
      <span
        className={classes.bar}
        aria-hidden
        style={{ background: connection ? connectionLine(connection.colour) : undefined }}
      />
      <bdi
        className={classes.text}
        dir={textDirection(connection?.name ?? fallback)}
        title={seenText(connection?.name ?? fallback)}
      >
        <SeenText>{connection?.name ?? fallback}</SeenText>
      </bdi>
      {!brief && connection ? <ConnectionTag connection={connection} /> : null}
      {!brief && connection?.baseUrl.startsWith('http:') ? (
        <span className={classes.plain} title={t('plainHttp')}>
          <Ltr>http</Ltr>
        </span>
      ) : null}
    </span>
  );
}
