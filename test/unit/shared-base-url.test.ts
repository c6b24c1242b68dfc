import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf, kindSchema } from '../../shared/catalog';
import { normaliseBaseUrl } from '../../shared/lib/base-url';

const simotel = catalogOf('simotel');
const edge = catalogOf('edge');

describe('a pasted Simotel address', () => {
  it.each([
    ['192.168.51.20', 'http://192.168.51.20/api/v4'],
    ['  192.168.51.20  ', 'http://192.168.51.20/api/v4'],
    ['192.168.51.20:8080', 'http://192.168.51.20:8080/api/v4'],
    ['192.168.51.20/', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20', 'http://192.168.51.20/api/v4'],
    ['HTTP://PBX.Example.IR', 'http://pbx.example.ir/api/v4'],
    ['https://pbx.example.ir:8443/', 'https://pbx.example.ir:8443/api/v4'],
    ['http://192.168.51.20/api', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/v4', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/v4/', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20//api//v4//', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/v4/pbx/users/update', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/v4/pbx/users/search?x=1#y', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20/api/v3', 'http://192.168.51.20/api/v3'],
    ['https://host/simotel/api/v4/setting/ping/act', 'https://host/simotel/api/v4'],
    ['"http://192.168.51.20/api/v4"', 'http://192.168.51.20/api/v4'],
    ["'http://192.168.51.20/api/v4',".replace(',', ''), 'http://192.168.51.20/api/v4'],
    ['<http://192.168.51.20>', 'http://192.168.51.20/api/v4'],
    ['http://192.168.51.20:80', 'http://192.168.51.20/api/v4'],
    ['http://[fe80::1]:8080', 'http://[fe80::1]:8080/api/v4'],
    ['\u200ehttp://192.168.51.20\u200f', 'http://192.168.51.20/api/v4'],
    ['\u202ahttp://192.168.51.20/api/v4\u202c', 'http://192.168.51.20/api/v4'],
    ['\ufeffhttp://192.168.51.20', 'http://192.168.51.20/api/v4'],
    ['۱۹۲.۱۶۸.۵۱.۲۰', 'http://192.168.51.20/api/v4'],
  ])('%j becomes %s', (pasted, url) => {
    expect(normaliseBaseUrl(simotel, pasted)).toEqual({ ok: true, url, plain: url.startsWith('http:') });
  });
});

describe('a pasted Edge address', () => {
  it.each([
    ['https://edge.ippanel.com', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/api', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/api', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/api/', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/api/user/update', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/api/user/list?page=1&per_page=10', 'https://edge.ippanel.com/v1'],
    ['https://edge.ippanel.com/v1/api/acl/auth/check_token', 'https://edge.ippanel.com/v1'],
    ['https://panel.brand.ir/v2', 'https://panel.brand.ir/v2'],
    ['https://brand.ir/panel/v1/api/user', 'https://brand.ir/panel/v1'],
    ['http://127.0.0.1:4010/v1', 'http://127.0.0.1:4010/v1'],
  ])('%j becomes %s', (pasted, url) => {
    expect(normaliseBaseUrl(edge, pasted)).toEqual({ ok: true, url, plain: url.startsWith('http:') });
  });
});

describe('an address that cannot be used', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['""', 'empty'],
    ['ftp://192.168.51.20', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript://x', 'scheme'],
    ['http://admin:1234@192.168.51.20', 'has-credentials'],
    ['admin@192.168.51.20', 'has-credentials'],
    ['http://', 'not-a-url'],
    ['http://a b', 'not-a-url'],
    ['192.168.51.20:99999', 'not-a-url'],
  ])('%j is refused: %s', (pasted, reason) => {
    expect(normaliseBaseUrl(simotel, pasted)).toEqual({ ok: false, reason });
  });
});

it('normalising what was normalised changes nothing', () => {
  const path = fc
    .array(fc.constantFrom('api', 'v1', 'v4', 'user', 'update', 'pbx', 'panel', 'acl', ''), { maxLength: 5 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.webAuthority(), path, fc.boolean(), (host, rest, secure) => {
      for (const kind of kindSchema.options) {
        const catalog = catalogOf(kind);
        const once = normaliseBaseUrl(catalog, `${secure ? 'https' : 'http'}://${host}/${rest}`);
        if (!once.ok) continue;
        expect(normaliseBaseUrl(catalog, once.url)).toEqual(once);
        expect(once.url.endsWith('/')).toBe(false);
      }
    }),
  );
});
