import { useMemo } from 'react';
import type { Connection } from '../../../shared/model/connection';
import { useConnections } from '../connections/queries';

/** All connections by id, sites and names in order. Empty while they are being asked for. */
export function useConnectionMap(): ReadonlyMap<string, Connection> {
  const connections = useConnections();
  return useMemo(() => new Map(connections.map((one) => [one.id, one])), [connections]);
}
