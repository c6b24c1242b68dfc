/** Which address of this computer a server sees. */
import { expect, it } from 'vitest';
import { ownAddressTowards } from '../../electron/connections/own-address';

it('is the one on the way to the server', async () => {
  expect(await ownAddressTowards('http://127.0.0.1:8080/api/v4')).toBe('127.0.0.1');
});

it('is none where there is no way', async () => {
  expect(await ownAddressTowards('https://no-such-pbx.invalid/')).toBe(null);
});
