import { afterEach, expect, it, vi } from 'vitest';
import { SecretClipboard } from '../../electron/app/clipboard';

const held = vi.hoisted(() => ({ text: '' }));
vi.mock('electron', () => ({
  ClipboardItem: undefined,
  clipboard: {
    readText: () => held.text,
    writeText: (text: string) => {
      held.text = text;
    },
    clear: () => {
      held.text = '';
    },
  },
}));

let clipboard: SecretClipboard | undefined;
afterEach(() => clipboard?.clear());

it('a secret that was copied is not read again for pasting cells, and what is copied after it is', async () => {
  clipboard = new SecretClipboard();
  clipboard.copy('quietwords');
  expect(await clipboard.text()).toBe('');
  held.text = '101\tSara';
  expect(await clipboard.text()).toBe('101\tSara');
});
