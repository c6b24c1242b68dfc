import type { Connection, ConnectionId, Reach } from '../../shared/model/connection';
import type { Problem } from '../../shared/model/problem';
import type { DriverFor, Network } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import type { Vault } from '../keychain/vault';
import type { Database } from '../storage/database';
import { Authorities, type AuthoritiesParts } from './authorities';
import { OldCredentials } from './bind-old';
import { Certificates } from './certificates';
import { Connections } from './connections';
import { Credentials } from './credentials';
import { ReachBoard } from './reach';

export interface ConnectionsParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly driverFor: DriverFor;
  readonly notice: (problem: Problem) => void;
  readonly noteAuthority: AuthoritiesParts['note'];
  /** Called when a server's reachability is known. */
  readonly reachable: (id: ConnectionId, reach: Reach) => void;
}

/** Makes the room: connections with their credentials, certificates and authorities, and the one way to a server. */
export function makeConnections({ database, vault, driverFor, notice, ...told }: ConnectionsParts) {
  const connections = new Connections(database);
  const connection = (id: ConnectionId): Connection => connections.get(id);
  const credentials = new Credentials(vault, connection);
  const certificates = new Certificates(database, notice);
  const authorities = new Authorities({ database, vault, notice, note: told.noteAuthority });
  const oldCredentials = new OldCredentials(database, connections, credentials);
  const reach = new ReachBoard(told.reachable);

  /** How to reach a server. @param id whose kept login the proxy gets; @param typed the form's contents */
  const networkOf = async (
    login: Connection,
    id: ConnectionId | null = login.id,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<Network> => ({
    authorities: await authorities.trusted(),
    proxyLogin: await credentials.forProxy(id, login, typed),
  });
  const server: ServerPort = {
    driverFor: ({ kind, collection }) => driverFor(kind, collection),
    withServer: async (of, signal, work) => {
      const context = {
        connection: of,
        credentials: await credentials.forCall(of.id, of),
        signal,
        network: await networkOf(of),
      };
      const driver = driverFor(of.kind, of.collection);
      const came = await reach.watch(of.id, work(driver, context));
      certificates.accepted(of, driver.certificate?.(of.id) ?? null);
      return came;
    },
  };
  return {
    connections,
    connection,
    credentials,
    certificates,
    authorities,
    oldCredentials,
    reach,
    networkOf,
    server,
  };
}
