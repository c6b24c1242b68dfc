import { describe, expect, it } from 'vitest';
import { isNear, normaliseProxy } from '../../shared/lib/proxy';

describe('the address of a proxy', () => {
  it.each([
    ['10.0.0.1:3128', 'http://10.0.0.1:3128'],
    [' http://proxy.example:8080/ ', 'http://proxy.example:8080'],
    ['https://proxy.example', 'https://proxy.example'],
    ['http://۱۰.۰.۰.۱:۳۱۲۸', 'http://10.0.0.1:3128'],
    ['http://[fd00::1]:3128', 'http://[fd00::1]:3128'],
    ['', null],
    ['  ', null],
  ])('%j is read as %j', (pasted, url) => {
    expect(normaliseProxy(pasted)).toEqual({ ok: true, url });
    if (url !== null) expect(normaliseProxy(url)).toEqual({ ok: true, url });
  });

  it.each([
    ['socks5://10.0.0.1:1080', 'scheme'],
    ['http://user:pass@10.0.0.1:3128', 'has-credentials'],
    ['http://wpad/wpad.dat', 'path'],
    ['http://10.0.0.1:3128/proxy.pac', 'path'],
    ['10.1:3128', 'address'],
    ['http://a b', 'not-a-url'],
  ])('%j is refused: %s', (pasted, reason) => {
    expect(normaliseProxy(pasted)).toEqual({ ok: false, reason });
  });
});

it.each([
  ['http://127.0.0.1:80', true],
  ['http://10.9.8.7', true],
  ['http://172.16.0.1', true],
  ['http://172.32.0.1', false],
  ['http://192.168.1.20', true],
  ['http://169.254.3.4', true],
  ['http://100.64.0.1', true],
  ['http://100.128.0.1', false],
  ['http://[::1]:8080', true],
  ['http://[fe80::1]', true],
  ['http://[fd12::1]', true],
  ['http://[2001:db8::1]', false],
  ['http://localhost', true],
  ['http://pbx.local', true],
  ['https://pbx.example', false],
  ['https://203.0.113.4', false],
])('whether %s leads into a network that is not the internet: %s', (url, near) => {
  expect(isNear(url)).toBe(near);
});
