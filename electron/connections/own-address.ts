import { createSocket } from 'node:dgram';

const waitsMs = 3_000;

/**
 * Finds the address of this computer on its way to a server: what the server's list of permitted addresses needs.
 * Nothing is sent; the system only says which of its addresses it would use.
 * @returns null where there is no way to the server
 */
export function ownAddressTowards(url: string): Promise<string | null> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), waitsMs);
    const answer = (address: string | null): void => {
      clearTimeout(timer);
      resolve(address);
    };
    socket.once('error', () => answer(null));
    socket.once('connect', () => answer(socket.address().address));
    socket.connect(Number(port) || 443, host);
  }).finally(() => socket.close());
}
