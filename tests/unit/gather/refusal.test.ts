import { describe, expect, test } from 'vitest';
import { refusalReason } from '../../../lib/gather/refusal.ts';
import { parseSetCookie } from '../../../lib/gather/set-cookie.ts';

interface Setting {
  host?: string;
  origin?: string;
  script?: boolean;
}

function reason(text: string, { host = 'www.send-box.com', origin = `https://${host}`, script = true }: Setting = {}): string | null {
  return refusalReason(parseSetCookie(text, 0, 'chromium'), host, origin, script);
}

describe('a cookie is refused', () => {
  test.each<[string, string, Setting, string]>([
    ['a script asks for HttpOnly', 'a=b; HttpOnly', {}, 'http-only-from-script'],
    ['Secure from http', 'a=b; Secure', { origin: 'http://www.send-box.com' }, 'secure-from-insecure-origin'],
    ['a script of a sandboxed frame', 'a=b; Secure', { origin: 'null' }, 'opaque-origin'],
    ["another site's domain", 'a=b; Domain=google.com', {}, 'domain-mismatch'],
    ['a domain that only ends alike', 'a=b; Domain=box.com', {}, 'domain-mismatch'],
    ["a subdomain's domain", 'a=b; Domain=kk.www.send-box.com', {}, 'domain-mismatch'],
    ['a public suffix', 'a=b; Domain=com', {}, 'public-suffix'],
    ['a public suffix of two labels', 'a=b; Domain=com.kz', { host: 'shop.com.kz' }, 'public-suffix'],
    ["a hoster's suffix", 'a=b; Domain=github.io', { host: 'box.github.io' }, 'public-suffix'],
    ['__Secure- without Secure', '__Secure-a=b', {}, 'secure-prefix'],
    ['__secure- in any letters', '__sEcUrE-a=b', {}, 'secure-prefix'],
    ['__Host- without Secure', '__Host-a=b; Path=/', {}, 'host-prefix'],
    ['__Host- with a domain', '__Host-a=b; Secure; Path=/; Domain=send-box.com', {}, 'host-prefix'],
    ['__Host- without a path', '__Host-a=b; Secure', {}, 'host-prefix'],
    ['__Http- without HttpOnly', '__Http-a=b; Secure', { script: false }, 'http-prefix'],
    ['__http- without Secure', '__http-a=b; HttpOnly', { script: false }, 'http-prefix'],
    ['__Host-Http- without HttpOnly', '__Host-Http-a=b; Secure; Path=/', { script: false }, 'http-prefix'],
    ['a value that passes for a prefix', '=__Host-a; Secure; Path=/', {}, 'nameless-prefix'],
    ['the same in any letters', '=__sEcUrE-a; Secure', {}, 'nameless-prefix'],
    ['the same without an equals sign', '__Http-a', {}, 'nameless-prefix'],
    ['a value that passes for a name and a value', '=a=b', {}, 'nameless-equals'],
    ['SameSite=None without Secure', 'a=b; SameSite=None', {}, 'same-site-none-without-secure'],
    ['Partitioned without Secure', 'a=b; Partitioned', {}, 'partitioned-without-secure'],
    ['a control character', 'a=b\x00', {}, 'control-character'],
    ['too much', `a=${'x'.repeat(5000)}`, {}, 'too-large'],
  ])('%s', (_what, text, setting, expected) => {
    expect(reason(text, setting)).toBe(expected);
  });
});

describe('a cookie is not refused for its string', () => {
  test.each<[string, string, Setting]>([
    ['a plain one', 'a=b', {}],
    ['HttpOnly by an answer', 'a=b; HttpOnly', { script: false }],
    ['the registrable domain', 'a=b; Domain=.send-box.com', {}],
    ['the host itself, even where it is a public suffix', 'a=b; Domain=github.io', { host: 'github.io' }],
    ['__Host- as it must be', '__Host-a=b; Secure; Path=/', {}],
    ['__Http- as it must be', '__Http-a=b; Secure; HttpOnly', { script: false }],
    ['a nameless one', '=__Hosts', {}],
    ['a prefix in the value of a name', 'a=__Host-b', {}],
    ['SameSite=None with Secure', 'a=b; SameSite=None; Secure', {}],
    ['plain over http', 'a=b', { origin: 'http://www.send-box.com' }],
  ])('%s', (_what, text, setting) => {
    expect(reason(text, setting)).toBeNull();
  });
});
