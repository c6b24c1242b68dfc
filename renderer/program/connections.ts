import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Connection } from '../../shared/model/connection';
import type { DirectorySummary } from '../../shared/model/record';
import { ask, patchbay } from './bridge';
import { keys } from './queries';

const noConnections: readonly Connection[] = [];
const noSummaries: readonly DirectorySummary[] = [];

/** All connections, by site and name as a person sorts them; empty while they are being asked for. */
export function useConnections(): readonly Connection[] {
  const { data } = useQuery({
    queryKey: keys.connections(),
    queryFn: () => ask(patchbay.connections.list()),
    select: bySiteAndName,
  });
  return data ?? noConnections;
}

/** True once the list of connections is known, so that "there is none" is never said too early. */
export function useConnectionsKnown(): boolean {
  return useQuery({ queryKey: keys.connections(), queryFn: () => ask(patchbay.connections.list()) })
    .isFetched;
}

/** One connection, undefined where it is gone or not known yet. */
export function useConnection(connectionId: string | null): Connection | undefined {
  return useConnections().find((connection) => connection.id === connectionId);
}

/** All connections by id, sites and names in order. Empty while they are being asked for. */
export function useConnectionMap(): ReadonlyMap<string, Connection> {
  const connections = useConnections();
  return useMemo(() => new Map(connections.map((one) => [one.id, one])), [connections]);
}

/** How many records each connection's directory holds, and since when. */
export function useSummaries(): readonly DirectorySummary[] {
  const query = { queryKey: keys.summaries(), queryFn: () => ask(patchbay.directory.summaries()) };
  return useQuery(query).data ?? noSummaries;
}

/** How many changes of the current work order are of a connection. */
export function useChangeCount(connectionId: string): number {
  const { data } = useQuery({
    queryKey: keys.changeCounts(null),
    queryFn: () => ask(patchbay.changes.counts({ workOrderId: null })),
  });
  return data?.find((one) => one.connectionId === connectionId)?.changes ?? 0;
}

function bySiteAndName(list: readonly Connection[]): readonly Connection[] {
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  // Connections without a site come last, under their own heading.
  const site = (connection: Connection) => connection.site || '\uffff';
  return [...list].sort((a, b) => compare(site(a), site(b)) || compare(a.name, b.name));
}

export interface Site {
  readonly name: string;
  readonly connections: readonly Connection[];
}

/** Sorted connections as groups, one a site. */
export function bySite(connections: readonly Connection[]): readonly Site[] {
  const sites = new Map<string, Connection[]>();
  for (const connection of connections) {
    const group = sites.get(connection.site);
    if (group) group.push(connection);
    else sites.set(connection.site, [connection]);
  }
  return [...sites].map(([name, group]) => ({ name, connections: group }));
}
