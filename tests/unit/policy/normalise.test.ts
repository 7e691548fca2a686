import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalize } from 'json-canonicalize';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../../lib/model/policy.ts';
import { bundledPolicy } from '../../../lib/policy/bundled/index.ts';
import { normalisePolicy } from '../../../lib/policy/normalise.ts';
import type { StoredThing } from '../../../lib/policy/policy.ts';

const DOCUMENT: PolicyDocument = {
  format: 'consent-policy/1',
  id: 'example',
  version: '1',
  sites: ['*.example.org', 'Example.ORG'],
  categories: [
    { id: 'needed', basis: 'contract', clause: '2.1' },
    { id: 'legal', basis: 'legal-obligation' },
    { id: 'stats', basis: 'consent', clause: '2.3', retention: 'P24M', retentionClause: '4.2' },
    { id: 'ads', basis: 'consent', clause: '2.4', retention: null },
  ],
  services: [
    { id: 'counter', category: 'stats', clause: '3', hosts: ['*.counter.test'], keys: ['_c', '_c_*'] },
    { id: 'counter-eu', category: 'ads', retention: 'P6M', clause: '3.1', hosts: ['eu.counter.test', '*.eu.counter.test'] },
  ],
  keys: [
    { name: 'sid', store: 'cookie', host: 'example.org', category: 'needed', retention: 'session', clause: '4.2' },
    { name: 'sid', category: 'ads' },
    { name: '_c_special', category: 'stats', service: 'counter', retention: 'P1M', clause: '9' },
    { name: '_c_pref', category: 'stats', service: 'counter', retention: null },
    { name: 'note', category: 'ads' },
    { name: 'note', host: '*.example.org', category: 'needed' },
    { name: 'note', host: 'shop.example.org', category: 'stats' },
    { name: '*', store: 'indexedDB', category: 'needed' },
  ],
  consent: { record: { store: 'cookie', key: 'choice_*' } },
};

const policy = normalisePolicy(DOCUMENT);
const cookie = (name: string, host = 'example.org'): StoredThing => ({ kind: 'cookie', name, host });

describe('matchKey', () => {
  test.each([
    ['exact before pattern', cookie('_c_special'), '_c_special', 'stats'],
    ['pattern', cookie('_c_1'), '_c_*', 'stats'],
    ['host and store before neither', cookie('sid'), 'sid', 'needed'],
    ['another host', cookie('sid', 'other.org'), 'sid', 'ads'],
    ['another store', { kind: 'localStorage', name: 'sid', host: 'example.org' } as const, 'sid', 'ads'],
    ['*. includes the bare domain', cookie('note'), 'note', 'needed'],
    ['the exact host before the family', cookie('note', 'shop.example.org'), 'note', 'stats'],
    ['a lookalike host is another host', cookie('note', 'evilexample.org'), 'note', 'ads'],
    ['and subdomains', cookie('note', 'a.b.example.org'), 'note', 'needed'],
  ])('%s', (_, thing, pattern, category) => {
    expect(policy.matchKey(thing)).toMatchObject({ pattern, category });
  });

  test.each([
    ['an undeclared name', cookie('x')],
    ['another case', cookie('SID')],
    ['what is not stored', { kind: 'request', name: '_c', host: 'example.org' } as const],
  ])('%s is not declared', (_, thing) => {
    expect(policy.matchKey(thing)).toBeNull();
  });

  test("the key's own period, else its service's, else its category's; null is not stated", () => {
    expect(policy.matchKey(cookie('_c_special'))).toMatchObject({ stated: 'P1M', clauses: ['9', '3', '4.2'] });
    expect(policy.matchKey(cookie('_c_pref'))).toMatchObject({ stated: 'P24M', clauses: ['3', '4.2'] });
    expect(policy.matchKey(cookie('_c'))).toMatchObject({ stated: 'P24M', clauses: ['3', '4.2'], service: { id: 'counter' } });
    expect(policy.matchKey(cookie('sid', 'other.org'))).toMatchObject({ stated: null, clauses: ['2.4'] });
    expect(policy.stated(policy.service('counter-eu'), 'ads')).toEqual({ stated: 'P6M', clauses: ['3.1', '2.4'] });
    expect(policy.stated(null, 'unknown')).toEqual({ stated: null, clauses: [] });
  });

  test('the order of the document does not decide between patterns', () => {
    const reversed = normalisePolicy({ ...DOCUMENT, keys: [...(DOCUMENT.keys ?? [])].reverse() });
    for (const thing of [cookie('sid'), cookie('_c_special'), cookie('_c_1')])
      expect(reversed.matchKey(thing)).toEqual(policy.matchKey(thing));
  });
});

describe('hosts and sites', () => {
  test('the most specific host pattern wins', () => {
    expect(policy.matchHost('counter.test')?.id).toBe('counter');
    expect(policy.matchHost('cdn.counter.test')?.id).toBe('counter');
    expect(policy.matchHost('EU.counter.test.')?.id).toBe('counter-eu');
    expect(policy.matchHost('x.eu.counter.test')?.id).toBe('counter-eu');
    expect(policy.matchHost('notcounter.test')).toBeNull();
  });

  test('sites', () => {
    expect(policy.canonicalHost).toBe('example.org');
    expect([policy.isSite('example.org'), policy.isSite('a.example.org'), policy.isSite('localhost')]).toEqual([true, true, false]);
    expect(normalisePolicy({ ...DOCUMENT, sites: ['*.example.org'] }).canonicalHost).toBe('example.org');
  });

  test("a stand-in host is the policy's site, also in its keys' hosts", () => {
    const staged = normalisePolicy(DOCUMENT, { sites: ['localhost:8443', 'staging.test'] });
    expect(staged.sites).toEqual(['*.example.org', 'example.org', 'localhost', 'staging.test']);
    expect([staged.isSite('localhost'), staged.isSite('app.staging.test'), staged.isSite('example.org')]).toEqual([true, true, true]);
    expect(staged.isSite('other.test')).toBe(false);
    expect(staged.matchKey(cookie('sid', 'localhost'))).toMatchObject({ category: 'needed', stated: 'session' });
    expect(staged.matchKey(cookie('note', 'app.staging.test'))).toMatchObject({ category: 'needed' });
    expect(policy.matchKey(cookie('sid', 'localhost'))).toMatchObject({ category: 'ads' });
    expect(staged.sha256).toBe(policy.sha256);
  });
});

describe('categories', () => {
  test('exempt are those whose basis is not consent, and no unknown one', () => {
    expect(['needed', 'legal', 'stats', 'ads', 'unknown', '__proto__'].map((id) => policy.isExempt(id))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(policy.consentCategories).toEqual(['stats', 'ads']);
    expect(policy.category('constructor')).toBeNull();
  });

  test('the consent record is told by store and name', () => {
    expect(policy.isConsentRecord(cookie('choice_1'))).toBe(true);
    expect(policy.isConsentRecord({ kind: 'localStorage', name: 'choice_1', host: 'example.org' })).toBe(false);
    expect(normalisePolicy(bundledPolicy).isConsentRecord(cookie('cc_cookie'))).toBe(false);
  });
});

test('the digest is that of the canonical document, whatever its order', () => {
  const expected = `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalize(DOCUMENT))))}`;
  expect(policy.sha256).toBe(expected);
  expect(normalisePolicy(Object.fromEntries(Object.entries(DOCUMENT).reverse()) as PolicyDocument).sha256).toBe(expected);
  expect(normalisePolicy({ ...DOCUMENT, version: '2' }).sha256).not.toBe(expected);
});
