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
    ['۱۹۲٫۱۶۸٫۵۱٫۲۰', 'http://192.168.51.20/api/v4'],
    ['１９２．１６８．５１．２０：８０８０', 'http://192.168.51.20:8080/api/v4'],
    ['192。168。51。20', 'http://192.168.51.20/api/v4'],
    ['192.168.001.010', 'http://192.168.1.10/api/v4'],
    ['https://192.168.001.010:08443/', 'https://192.168.1.10:8443/api/v4'],
    ['010.008.000.001', 'http://10.8.0.1/api/v4'],
    ['https:/192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['https:///192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['https:192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['https//192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['https;//192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['https: //192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['http:\\\\192.168.1.10\\api', 'http://192.168.1.10/api/v4'],
    ['HTTPS:\\\\192.168.1.10', 'https://192.168.1.10/api/v4'],
    ['//192.168.1.10', 'http://192.168.1.10/api/v4'],
    ['h\u200bttps://pbx.ir', 'https://pbx.ir/api/v4'],
    ['192.168.1.10.', 'http://192.168.1.10/api/v4'],
    ['http://pbx.example.ir./', 'http://pbx.example.ir/api/v4'],
    ['http://192.168.1.10,', 'http://192.168.1.10/api/v4'],
    ['«http://192.168.1.10»؛', 'http://192.168.1.10/api/v4'],
    ['(https://pbx.ir).', 'https://pbx.ir/api/v4'],
    ['http://192.168.1.10/#/login', 'http://192.168.1.10/api/v4'],
    ['http://192.168.1.10/index.php?menu=users', 'http://192.168.1.10/api/v4'],
    ['https://pbx.ir/simotel/login', 'https://pbx.ir/simotel/api/v4'],
    ['http://192.168.1.10:/', 'http://192.168.1.10/api/v4'],
    ['pbx-1', 'http://pbx-1/api/v4'],
    ['sip:8080', 'http://sip:8080/api/v4'],
    ['http.example.ir', 'http://http.example.ir/api/v4'],
    ['https://سرور.ایران', 'https://xn--wgbae9f.xn--mgba3a4f16a/api/v4'],
    ['[::1]:8080', 'http://[::1]:8080/api/v4'],
  ])('%j becomes %s', (pasted, url) => {
    expect(normaliseBaseUrl(simotel, pasted)).toEqual({ ok: true, url, plain: url.startsWith('http:') });
  });
});

it('four numbers with raised dots between are an address', () => {
  expect(normaliseBaseUrl(simotel, 'https://192·168·1·10')).toMatchObject({
    url: 'https://192.168.1.10/api/v4',
  });
});

it.each(['\u2236', '\ua789', '\ufe55', '\uff1a', '\u02d0'])('https with %j for a colon is https', (colon) => {
  for (const pasted of [`https${colon}//192.168.1.10`, `https${colon}192.168.1.10`])
    expect(normaliseBaseUrl(simotel, pasted)).toMatchObject({ ok: true, url: 'https://192.168.1.10/api/v4' });
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
    ['192.168.51.20:0', 'not-a-url'],
    ['0x7f.1', 'address'],
    ['0x7f.0.0.1', 'address'],
    ['127.1', 'address'],
    ['192.168.1', 'address'],
    ['3232235777', 'address'],
    ['https://3232235777/', 'address'],
    ['0xC0A80001', 'address'],
    ['192.168.1.256', 'address'],
    ['192.168.1.0x10', 'address'],
    ['192.168.0001.10', 'address'],
    ['192.168..10', 'address'],
    ['192,168,1,10', 'not-a-url'],
    ['http://192.168.1.10 (PBX)', 'not-a-url'],
    ['http://192.168.1\n.10', 'not-a-url'],
    ['http://pbx\t.ir', 'not-a-url'],
    ['http://pbx%2eir', 'not-a-url'],
    ['https://user@pbx.ir', 'has-credentials'],
    ['http://192.168.1.10@evil.ir/', 'has-credentials'],
    ['htp://192.168.1.10', 'scheme'],
    ['htps//192.168.1.10', 'scheme'],
    ['htttps://pbx.ir', 'scheme'],
    ['http://https://192.168.1.10', 'scheme'],
    ['https://http//192.168.1.10', 'scheme'],
    ['http:https:x', 'scheme'],
    ['httрs://192.168.1.10', 'scheme'],
    ['اففحس://192.168.1.10', 'scheme'],
    ['https_//192.168.1.10', 'scheme'],
    ['https·//192.168.1.10', 'scheme'],
    ['https⸬//192.168.1.10', 'scheme'],
    ['192.168.1.1O', 'address'],
    ['https://192.168.1.10-20', 'address'],
    ['javascript:alert(1)', 'scheme'],
    ['ftp:pbx.ir', 'scheme'],
    ['ws://pbx.ir', 'scheme'],
    ['fe80::1', 'not-a-url'],
    ['[fe80::1', 'not-a-url'],
    ['-pbx.ir', 'not-a-url'],
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

describe('whatever was pasted', () => {
  const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
  const noise = fc.constantFrom('', ' ', '\u200e', '\u2066', '"', '«', '<', '\ufeff', '\u00a0');
  const slip = fc.constantFrom('://', ':/', ':', '//', ':\\\\', ':///', ';//', ': //', '：／／');

  it('a scheme that was typed is never weakened', () => {
    const host = fc.oneof(
      fc.webAuthority(),
      fc.string({ maxLength: 20 }),
      octets.map((four) => four.join('.')),
    );
    const typed = fc.constantFrom('https', 'HTTPS', 'Https', 'ｈｔｔｐｓ', 'h\u200bttps');
    fc.assert(
      fc.property(noise, typed, slip, host, noise, (before, scheme, colon, rest, after) => {
        const result = normaliseBaseUrl(simotel, `${before}${scheme}${colon}${rest}${after}`);
        if (result.ok) expect(result.url.startsWith('https://')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('four numbers keep the values that they are written with', () => {
    const padded = octets.chain((four) =>
      fc.tuple(
        fc.constant(four),
        fc.tuple(...four.map((n) => fc.integer({ min: 1, max: 3 }).map((w) => String(n).padStart(w, '0')))),
      ),
    );
    fc.assert(
      fc.property(padded, noise, fc.constantFrom('http', 'https', ''), ([four, parts], mark, scheme) => {
        const result = normaliseBaseUrl(
          simotel,
          `${mark}${scheme && `${scheme}://`}${parts.join('.')}${mark}`,
        );
        expect(result).toMatchObject({ ok: true });
        if (result.ok) expect(new URL(result.url).host).toBe(four.join('.'));
      }),
    );
  });

  it('any text is an address or is refused, and what is an address stays one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = normaliseBaseUrl(edge, text);
        if (once.ok) expect(normaliseBaseUrl(edge, once.url)).toEqual(once);
      }),
      { numRuns: 2_000 },
    );
  });
});
