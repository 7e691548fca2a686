/** The published schemas are what the model says, and what the tool writes keeps to them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { schemaFiles } from '../../cli/schema.ts';
import type { Evidence } from '../../lib/model/evidence.ts';
import { bundledPolicy } from '../../lib/policy/bundled/index.ts';
import { composeAudit } from '../../lib/session/compose-audit.ts';
import { evidenceOf } from '../rules/builder.ts';
import { read, ROOT } from './tree.ts';

const files = schemaFiles();

test("every file in public/schema is the model's, to the byte", () => {
  expect(readdirSync(join(ROOT, 'public/schema')).sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files)) expect(read(`public/schema/${name}`), name).toBe(text);
});

function validatorOf(name: string) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  // The package is CommonJS with a default export of its own.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  return ajv.compile(JSON.parse(files[name] ?? '{}') as object);
}

describe('consent-policy-1', () => {
  const valid = validatorOf('consent-policy-1.schema.json');

  test('accepts the bundled policy', () => {
    valid(bundledPolicy);
    expect(valid.errors ?? []).toEqual([]);
  });

  test.each([
    ['another format', { ...bundledPolicy, format: 'consent-policy/2' }],
    ['no sites', { ...bundledPolicy, sites: [] }],
    ['a retention that is no duration', { ...bundledPolicy, categories: [{ id: 'a', basis: 'consent', retention: '24 months' }] }],
    ['a category without basis', { ...bundledPolicy, categories: [{ id: 'a' }] }],
  ])('refuses %s', (_what, document) => {
    expect(valid(document)).toBe(false);
  });
});

describe('consent-audit-1', () => {
  const valid = validatorOf('consent-audit-1.schema.json');
  const audit = composeAudit({
    evidence: evidenceOf({
      about: 'a write before the choice, a choice, a request',
      observations: [
        { cookie: '_ga', asked: 93_312_000, granted: 34_560_000, script: 'https://www.googletagmanager.com/gtag/js' },
        { control: 'button#accept' },
        { request: 'https://www.google-analytics.com/g/collect', hit: true },
      ],
      expected: [],
    }),
    policy: bundledPolicy,
    sites: [],
    tool: { name: 'consent-audit', version: '0.1.0', build: 'sha256:0', ruleset: '1', browser: { name: 'chromium', version: '1' } },
    conditions: {
      operator: null,
      purpose: null,
      commandLine: [],
      timeZone: 'Asia/Almaty',
      locale: 'kk',
      viewport: null,
      userAgent: '',
      webdriver: false,
      thirdPartyCookies: null,
    },
    scenario: null,
    complete: true,
    endedAt: '2026-11-02T10:05:00.000Z',
  });

  test('accepts a composed audit with findings', () => {
    expect(audit.findings.length).toBeGreaterThan(2);
    valid(JSON.parse(JSON.stringify(audit)));
    expect(valid.errors ?? []).toEqual([]);
  });

  test.each([
    ['another format', { ...audit, format: 'consent-audit/2' }],
    ['a phase that there is not', { ...audit, observations: [{ ...audit.observations[0], phase: 'later' }] }],
    ['a time without zone', { ...audit, run: { ...audit.run, endedAt: '2026-11-02 10:05' } }],
    ['a missing chain', { ...audit, integrity: { ...audit.integrity, chain: undefined } }],
  ])('refuses %s', (_what, document) => {
    expect(valid(JSON.parse(JSON.stringify(document)))).toBe(false);
  });

  test('accepts an audit of nothing', () => {
    const nothing: Evidence = { format: 'consent-evidence/1', profiles: [], visits: [], observations: [], gaps: [], lost: 0 };
    valid(
      JSON.parse(
        JSON.stringify(
          composeAudit({ ...audit, evidence: nothing, policy: bundledPolicy, sites: [], scenario: null, endedAt: audit.run.endedAt }),
        ),
      ),
    );
    expect(valid.errors ?? []).toEqual([]);
  });
});
