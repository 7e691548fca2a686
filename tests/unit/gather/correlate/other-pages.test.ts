/** Whose a third party's cookie is that nobody was seen writing, where other pages share the jar. */
import { expect, test } from 'vitest';
import { findOtherPages } from '../../../../lib/gather/correlate/other-pages.ts';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import {
  BEGIN,
  changed,
  claim,
  document,
  evidenceOf,
  exchange,
  headers,
  jar,
  jarCookie,
  redirect,
  request,
  sent,
  visit,
} from './captures.ts';

const TRACKER = { domain: 'tracker.example' };
const dedicated: BrowserEvent = { type: 'profile', time: BEGIN - 1, clean: true, dedicated: true };
const otherPage = (at: number): BrowserEvent => ({ type: 'other-page', time: BEGIN + at });

/** Each cookie's observations, and `?` where another page may have written it. */
function told(browser: BrowserEvent[]): string[] {
  const evidence = evidenceOf([...visit(0), ...browser], [document([claim(100, 'own=1; path=/')])]);
  return evidence.observations
    .filter(({ kind, name }) => kind === 'cookie' && name !== 'own')
    .map(({ action, name, cookie }) => `${action} ${name}${cookie?.maybeElsewhere ? '?' : ''}`);
}

const unseen = changed(300, 'uid', '1', TRACKER);

test('in a browser for the audit alone nobody else can be meant, until a page is in it that is not audited', () => {
  expect(told([dedicated, unseen])).toEqual(['set uid']);
  expect(told([dedicated, unseen, otherPage(1000)])).toEqual(['set uid']);
  expect(told([dedicated, otherPage(200), unseen])).toEqual(['set uid?']);
  // Its tracker's answer may come before anybody is told that the page has begun.
  expect(told([dedicated, unseen, otherPage(310)])).toEqual(['set uid?']);
  expect(told([dedicated, jar(300, [jarCookie('uid', '1', TRACKER)])])).toEqual(['present uid']);
  expect(told([dedicated, otherPage(200), jar(300, [jarCookie('uid', '1', TRACKER)])])).toEqual(['present uid?']);
});

test("in a person's browser there may always be others", () => {
  const profile: BrowserEvent = { type: 'profile', time: BEGIN - 1, clean: true };
  expect(told([profile, unseen])).toEqual(['set uid?']);
  expect(told([unseen, changed(400, 'uid', '1', { ...TRACKER, removed: true })])).toEqual(['set uid?', 'delete uid?']);
  expect(told([jar(300, [jarCookie('uid', '1', TRACKER)])])).toEqual(['present uid?']);
});

test("the site's own cookies, partitioned ones and what the browser does by itself are no other page's", () => {
  expect(told([changed(300, 'uid', '1')])).toEqual(['set uid']);
  expect(told([changed(300, 'uid', '1', { ...TRACKER, partitioned: true })])).toEqual(['set uid']);
  expect(told([changed(300, 'uid', '1', { ...TRACKER, removed: true, cause: 'expired' })])).toEqual(['delete uid']);
});

test('what the visitor is led to by a link sets nothing of the site', () => {
  const uid = { domain: 'third.example', expires: BEGIN + 900_000 };
  const led = exchange(300, '5', 'https://third.example/out', {
    resourceType: 'main_frame',
    documentId: null,
    setCookies: ['uid=1; max-age=900'],
  });
  const stored = changed(303, 'uid', '1', uid);
  expect(told([dedicated, ...led, stored, jar(600, [jarCookie('uid', '1', uid)])])).toEqual(['present uid?']);
  // The same, set for the page as well.
  const own = exchange(200, '4', 'https://third.example/x', { setCookies: ['uid=1; max-age=900'] });
  const twice = [dedicated, ...own, changed(203, 'uid', '1', uid), ...led, stored, jar(600, [jarCookie('uid', '1', uid)])];
  expect(told(twice)).toEqual(['set uid', 'present uid']);
});

test('a cookie of a domain may be written by each of its hosts, of which not all may be audited', () => {
  const ofDomain = { domain: 'send-box.com', hostOnly: false };
  const isSite = (host: string): boolean => host === 'send-box.com';
  expect(findOtherPages([], isSite).mayHaveWritten(jarCookie('uid', '1', ofDomain), BEGIN)).toBe(true);
  expect(findOtherPages([], isSite).mayHaveWritten(jarCookie('uid', '1'), BEGIN)).toBe(false);
  const andBelow = (host: string): boolean => isSite(host) || host.endsWith('.send-box.com');
  expect(findOtherPages([], andBelow).mayHaveWritten(jarCookie('uid', '1', ofDomain), BEGIN)).toBe(false);
});

test('what was seen being written is known by its value; another value is not', () => {
  const written = exchange(200, '1', 'https://tracker.example/x', { setCookies: ['uid=1; max-age=600'] });
  const held = (text: string): BrowserEvent => jar(600, [jarCookie('uid', text, { ...TRACKER, expires: BEGIN + 600_202 })]);
  expect(told([...written, held('1')])).toEqual(['set uid', 'present uid']);
  expect(told([...written, held('2')])).toEqual(['set uid', 'present uid?']);
});

test('what is asked for in no tab is told while nobody else can be meant, and after that where an audited page said so', () => {
  const nobodys = { tab: -1, frame: -1, documentId: null, initiatorOrigin: 'https://third.example' };
  const asked = (address: string, ...browser: BrowserEvent[]): string[] => {
    const led = [
      request(300, '1', address, nobodys),
      headers(301, '1'),
      redirect(302, '1'),
      ...exchange(303, '1', `${address}/next`, nobodys),
    ];
    const page = document([sent(299, 'https://third.example/said', { method: 'GET' })]);
    const told = evidenceOf([...visit(0), dedicated, ...browser, ...led], [page]).observations;
    return told.flatMap((o) => (o.kind === 'request' && o.host === 'third.example' ? (o.request?.url ?? '') : []));
  };
  const both = (address: string): string[] => [address, `${address}/next`];
  expect(asked('https://third.example/x')).toEqual(both('https://third.example/x'));
  expect(asked('https://third.example/x', otherPage(200))).toEqual([]);
  expect(
    asked(
      'https://third.example/x',
      otherPage(200),
      request(250, '7', 'https://third.example/opaque', { ...nobodys, initiatorOrigin: null }),
    ),
  ).toEqual(['https://third.example/opaque']);
  expect(asked('https://third.example/said', otherPage(200))).toEqual(both('https://third.example/said'));
});
