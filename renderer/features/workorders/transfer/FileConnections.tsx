import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { serverKind } from '../../../../shared/catalog';
import type { Connection, ConnectionId } from '../../../../shared/model/connection';
import type { TransferPreview } from '../../../../shared/transfer';
import { localised } from '../../../i18n';
import { useConnections } from '../../../program/connections';
import { Select } from '../../../ui/inputs';
import { Ltr } from '../../../ui/Ltr';
import layout from '../../../ui/layout.module.css';
import { SeenText } from '../../../ui/SeenText';
import classes from './transfer.module.css';

type FileConnection = TransferPreview['connections'][number];

/** Which connection here each server of the file stands for. */
export function FileConnections({
  connections,
  onChoose,
}: {
  connections: readonly FileConnection[];
  onChoose: (key: string, connectionId: ConnectionId | null) => void;
}) {
  const { t } = useTranslation('transfer');
  const here = useConnections();
  return (
    <section aria-label={t('servers.title')}>
      <div className={classes.serverRow} aria-hidden>
        <Text size="sm" c="dimmed">
          {t('servers.inFile')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('servers.here')}
        </Text>
      </div>
      {connections.map((one) => (
        <div key={one.key} className={classes.serverRow} data-server={one.key}>
          <div className={layout.whole}>
            <Text size="sm" fw={600}>
              <bdi>
                <SeenText>{one.name}</SeenText>
              </bdi>
              {one.site === '' ? null : (
                <Text span inherit fw={400} c="dimmed">
                  {' · '}
                  <bdi>{one.site}</bdi>
                </Text>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {localised(serverKind(one.kind).noun)} · <Ltr>{one.baseUrl}</Ltr>
            </Text>
          </div>
          <Chosen one={one} here={here} onChoose={(id) => onChoose(one.key, id)} />
        </div>
      ))}
    </section>
  );
}

function Chosen({
  one,
  here,
  onChoose,
}: {
  one: FileConnection;
  here: readonly Connection[];
  onChoose: (connectionId: ConnectionId | null) => void;
}) {
  const { t } = useTranslation('transfer');
  const candidates = here.filter(({ id }) => one.candidates.includes(id));
  const chosen = candidates.find(({ id }) => id === one.to);
  return (
    <Select
      aria-label={t('servers.choose', { name: one.name })}
      data={[
        { value: '', label: t('servers.skip') },
        ...candidates.map(({ id, name, site }) => ({
          value: id,
          label: site === '' ? name : `${name} · ${site}`,
        })),
      ]}
      value={one.to ?? ''}
      onChange={(value) => onChoose(candidates.find(({ id }) => id === value)?.id ?? null)}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      description={describe()}
      inputWrapperOrder={['input', 'description']}
    />
  );

  function describe() {
    if (candidates.length === 0) return t('servers.none', { kind: localised(serverKind(one.kind).noun) });
    if (!chosen) return t(one.match === null ? 'servers.notMatched' : 'servers.skipped');
    // The address is what is written to: shown wherever it is not the file's own.
    return chosen.id === one.match ? t('servers.matched') : <Ltr>{chosen.baseUrl}</Ltr>;
  }
}
