import type { Connection } from '../../shared/model/connection';
import type { SimotelOptions, SimotelSimulator } from '../simulators';
import { connect, type House, type HouseOptions, ok, openHouse } from './house';
import { pbx } from './servers';

/** A house, and a PBX that it is connected to and has read. */
export interface Office {
  readonly house: House;
  readonly server: SimotelSimulator;
  readonly connection: Connection;
}

/** Moves into a new profile with one PBX. */
export async function office(
  options: SimotelOptions = {},
  draft: Parameters<typeof connect>[3] = {},
): Promise<Office> {
  const house = await openHouse();
  const server = await pbx(options);
  return { house, server, connection: await connect(house, 'simotel', server, draft) };
}

/** The next start of the program with the same profile and keychain. */
export function reopened(house: House, options: HouseOptions = {}): Promise<House> {
  house.close();
  return openHouse({ folder: house.folder, keychain: house.keychain, ...options });
}

type GridPage = Parameters<House['ask']['directory']['page']>[0];

/** A page of a connection's directory, by default its first 500 records, unfiltered. */
export function pageOf(
  { ask }: Pick<House, 'ask'>,
  { id }: Pick<Connection, 'id'>,
  query: Partial<Omit<GridPage, 'connectionId'>> = {},
) {
  const all = {
    text: '',
    sort: null,
    onlyChanged: false,
    columns: ['name', 'number'],
    offset: 0,
    limit: 500,
  };
  return ok(ask.directory.page({ ...all, ...query, connectionId: id }));
}
