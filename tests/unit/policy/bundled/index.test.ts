import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { storageRows } from '../../../../lib/catalogue/known-trackers.ts';
import { knownKey } from '../../../../lib/catalogue/keys.ts';
import { bundledPolicy } from '../../../../lib/policy/bundled/index.ts';
import { policyGaps } from '../../../../lib/policy/gaps.ts';
import { normalisePolicy } from '../../../../lib/policy/normalise.ts';

const original = readFileSync(new URL('./send-box.com-2025-10-08.kk.txt', import.meta.url));
const policy = normalisePolicy(bundledPolicy);

describe('the bundled policy', () => {
  test('is the original text, whole and in order, but for white space', () => {
    const { title, revised, preamble } = bundledPolicy.source as Record<string, { kk: string }>;
    // Objects put integer-like names first: back to the order of the text.
    const clauses = Object.entries(bundledPolicy.clauses ?? {})
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([number, text]) => `${number}. ${text.kk ?? ''}`);
    const told = [title?.kk, revised?.kk, preamble?.kk, ...clauses].join(' ');
    expect(told.replace(/\s+/g, '')).toBe(original.toString('utf8').replace(/\s+/g, ''));
  });

  test("names its source by the original's bytes", () => {
    expect(bundledPolicy.source?.sha256).toBe(createHash('sha256').update(original).digest('hex'));
  });

  test('has each clause in three languages, item for item', () => {
    for (const [number, text] of Object.entries(bundledPolicy.clauses ?? {})) {
      const items = [text.kk, text.ru, text.en].map((words) => words?.split('\n').length);
      expect(items, number).toEqual([items[0], items[0], items[0]]);
    }
    const numbers = ['1', '1.1', '1.2', '1.3', '2', '2.1', '2.2', '2.3', '2.4', '3', '4', '4.1', '4.2', '4.3'];
    numbers.push('5', '5.1', '5.2', '5.3', '6', '6.1', '6.2', '7', '7.1', '7.2', '7.3', '7.4');
    expect(Object.keys(bundledPolicy.clauses ?? {}).sort()).toEqual(numbers.sort());
  });

  test('cites only clauses that it has', () => {
    const cited = [...JSON.stringify(bundledPolicy).matchAll(/"(?:clause|retentionClause)":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(cited.length).toBeGreaterThan(10);
    for (const clause of cited) expect(bundledPolicy.clauses).toHaveProperty([clause]);
  });

  test('says what clauses 2, 4.2 and 7.1 say', () => {
    expect(policy.consentCategories).toEqual(['functional', 'analytical', 'marketing']);
    expect(['mandatory', 'functional', 'analytical', 'marketing'].map((id) => policy.stated(null, id).stated)).toEqual([
      null,
      null,
      'P24M',
      'P12M',
    ]);
    expect(bundledPolicy.consent).toEqual({ validity: 'P12M', clause: '7.1' });
    expect(policy.matchKey({ kind: 'cookie', name: '_ga_X', host: 'send-box.com' })).toMatchObject({
      stated: 'P24M',
      clauses: ['3', '4.2'],
    });
  });

  test("declares the distinctive keys of its two services, as the catalogue knows them, and nobody else's", () => {
    for (const row of storageRows) {
      const name = row.match === 'regex' ? row.pattern.replace(/^\^|\$$/g, '').replace('\\d+(:\\d+)?', '123') : row.pattern;
      const thing = { kind: row.storage, name, host: row.domain === undefined ? 'send-box.com' : 'mc.yandex.kz' };
      const known = knownKey(thing, () => false);
      if (known === null || ['FPID', 'FPLC', 'i', 'bh', 'gdpr'].includes(name)) continue;
      const expected = ['yandex-metrica', 'google-analytics'].includes(known.service.id) ? known.service.id : null;
      expect(policy.matchKey(thing)?.service?.id ?? null, name).toBe(expected);
    }
  });

  test('has the gaps that a reader of the text finds', () => {
    const ids = policyGaps(policy).map((gap) => gap.id);
    expect(ids).toEqual([
      'category-without-period:functional',
      'category-without-service:functional',
      'category-without-service:marketing',
      'data-without-period:device',
      'consent-without-record',
      'services-as-example',
      'technologies-incomplete',
      'keys-not-named',
      'identifiers-not-listed',
      'acceptance-by-use',
      'browser-cap',
    ]);
    for (const gap of policyGaps(policy)) expect(gap.clauses, gap.id).not.toEqual([]);
  });
});
