import type { Connection } from '../../shared/model/connection';
import type { SimotelOptions, SimotelSimulator } from '../simulators';
import { connect, type House, type HouseOptions, openHouse } from './house';
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
