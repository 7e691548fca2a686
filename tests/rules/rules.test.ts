/** Every folder `<rule>/<case>` is a test: its evidence judged by its rule alone gives exactly its expected findings. */
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../lib/catalogue/index.ts';
import { countFindings, judge } from '../../lib/judge/engine.ts';
import { factsOf } from '../../lib/judge/facts/index.ts';
import { rules } from '../../lib/judge/rules/index.ts';
import { FindingSchema, LEVELS } from '../../lib/model/audit.ts';
import type { Finding } from '../../lib/model/audit.ts';
import { GatheredObservationSchema } from '../../lib/model/observation.ts';
import { LANGUAGES, PolicyDocumentSchema } from '../../lib/model/policy.ts';
import { normalisePolicy } from '../../lib/policy/normalise.ts';
import { messageText } from '../../lib/tell/message.ts';
import { consentOf, evidenceOf } from './builder.ts';
import type { Case } from './builder.ts';
import basePolicy from './policy.json' with { type: 'json' };

/** What each expected finding must at least say. */
const TOLD = ['outcome', 'level', 'name', 'host', 'clauses', 'observations'] as const satisfies (keyof Finding)[];

function foldersIn(path: string): string[] {
  const entries = readdirSync(new URL(path, import.meta.url), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function findingsOf(found: Case, rule: string): Finding[] {
  // `null` in a case means that the policy says nothing of it.
  const spoken = Object.entries({ ...basePolicy, ...found.policy }).filter(([, entry]) => entry !== null);
  const document = v.parse(PolicyDocumentSchema, Object.fromEntries(spoken));
  const policy = normalisePolicy(document, { sites: found.sites ?? [] });
  const evidence = evidenceOf(found);
  for (const o of evidence.observations) v.parse(GatheredObservationSchema, o);
  const facts = factsOf(evidence, policy, catalogue, consentOf(found, evidence, policy.consentCategories));
  const asked = rules.filter(({ meta }) => meta.id === rule);
  const findings = judge(facts, { say: messageText, rules: asked });
  for (const level of LEVELS) expect(countFindings(facts, level, asked)).toBe(findings.filter((finding) => finding.level === level).length);
  return findings;
}

for (const rule of foldersIn('.')) {
  describe(rule, () => {
    for (const name of foldersIn(`./${rule}`)) {
      const found = JSON.parse(readFileSync(new URL(`./${rule}/${name}/case.json`, import.meta.url), 'utf8')) as Case;
      test(`${name}: ${found.about}`, () => {
        const findings = findingsOf(found, rule);
        for (const expected of found.expected) expect(Object.keys(expected)).toEqual(expect.arrayContaining([...TOLD]));
        const told = findings.map((finding, index) => {
          const keys = Object.keys(found.expected[index] ?? { ...finding });
          return Object.fromEntries(Object.entries(finding).filter(([key]) => keys.includes(key)));
        });
        expect(told).toEqual(found.expected);
        for (const finding of findings) expectWhole(finding, rule);
      });
    }
  });
}

/** Each finding fits the schema and its rule's own data, and can be said in every language. */
function expectWhole(finding: Finding, rule: string): void {
  v.parse(FindingSchema, finding);
  const meta = rules.find((candidate) => candidate.meta.id === rule)?.meta;
  expect(finding.rule).toBe(rule);
  expect(meta?.levels).toContain(finding.level);
  if (finding.level !== 'note' && rule !== 'capture-gap') {
    expect(finding.clauses).not.toEqual([]);
    expect(finding.observations).not.toEqual([]);
  }
  for (const language of LANGUAGES) {
    const text = messageText(finding.messageId, finding.arguments, language);
    expect(text).not.toBe(finding.messageId);
    expect(text).not.toMatch(/\{\w+\}/);
  }
}
