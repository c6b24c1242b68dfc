/** A field's label inside a sentence keeps the direction of its language, whatever letter it begins with. */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { isolateLabel } from '../../renderer/ui/field-label';

it('a Persian label that begins with Latin letters is Persian, an English one is not', async () => {
  await i18next.init({ lng: 'fa', resources: {} });
  expect(isolateLabel('IPهای مجاز')).toBe('\u2067IPهای مجاز\u2069');
  await i18next.changeLanguage('en');
  expect(isolateLabel('Allowed IPs')).toBe('\u2066Allowed IPs\u2069');
});
