import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../lib/catalogue/index.ts';
import { judge } from '../../../lib/judge/engine.ts';
import { factsOf } from '../../../lib/judge/facts/index.ts';
import type { Facts } from '../../../lib/judge/facts/facts.ts';
import type { Accusation, Rule } from '../../../lib/judge/rule.ts';
import { rules } from '../../../lib/judge/rules/index.ts';
import type { Finding } from '../../../lib/model/audit.ts';
import { canonicalJson } from '../../../lib/model/canonical-json.ts';
import type { PolicyDocument } from '../../../lib/model/policy.ts';
import { bundledPolicy } from '../../../lib/policy/bundled/index.ts';
import { normalisePolicy } from '../../../lib/policy/normalise.ts';
import { consentOf, evidenceOf } from '../../rules/builder.ts';
import type { Case, CaseObservation } from '../../rules/builder.ts';

const say = (id: string): string => `said ${id}`;

function factsFor(observations: CaseObservation[], more: Partial<Case> = {}, document: PolicyDocument = bundledPolicy): Facts {
  const found: Case = { about: '', expected: [], observations, ...more };
  const policy = normalisePolicy(document, { sites: found.sites ?? [] });
  const evidence = evidenceOf(found);
  return factsOf(evidence, policy, catalogue, consentOf(found, evidence, policy.consentCategories));
}

/** A rule that accuses each observation as told. */
function ruleOf(accuse: (index: number) => Partial<Accusation>): Rule {
  return {
    meta: { id: 'made-up', clauses: ['9'], levels: ['error', 'warning'], failsWhen: '' },
    judge: ({ observations }) =>
      observations.map((o, index) => ({
        outcome: 'fail',
        level: 'error',
        evidence: [o],
        clauses: ['9'],
        messageId: `m${index}`,
        arguments: { index },
        ...accuse(index),
      })),
  };
}

function only(findings: Finding[]): Finding {
  expect(findings).toHaveLength(1);
  return findings[0] as Finding;
}

describe('joining', () => {
  test('makes one finding of one rule, kind, name, host, party and profile', () => {
    const facts = factsFor([{ cookie: '_ga' }, { cookie: '_ga' }, { cookie: '_ga', host: 'a.send-box.com' }, { localStorage: '_ga' }]);
    const findings = judge(facts, { say, rules: [ruleOf(() => ({}))] });
    expect(findings.map(({ kind, host, count, observations }) => [kind, host, count, observations])).toEqual([
      ['cookie', 'a.send-box.com', 1, ['o3']],
      ['cookie', 'send-box.com', 2, ['o1', 'o2']],
      ['localStorage', 'send-box.com', 1, ['o4']],
    ]);
  });

  test('lets the worst level speak, there a failure first, and never lends an unsure level to a lesser failure', () => {
    const facts = factsFor([{ cookie: '_ga' }, { cookie: '_ga' }, { cookie: '_ga' }]);
    const accusations: Partial<Accusation>[] = [
      { level: 'warning', clauses: ['1', '2'] },
      { level: 'error', outcome: 'unsure', clauses: ['3'] },
      { level: 'error', outcome: 'unsure', clauses: ['2'] },
    ];
    const unsure = only(judge(facts, { say, rules: [ruleOf((index) => accusations[index] ?? {})] }));
    expect(unsure).toMatchObject({ outcome: 'unsure', level: 'error', messageId: 'm1', message: 'said m1', clauses: ['3', '1', '2'] });
    accusations[2] = { level: 'error' };
    expect(only(judge(facts, { say, rules: [ruleOf((index) => accusations[index] ?? {})] }))).toMatchObject({
      outcome: 'fail',
      messageId: 'm2',
    });
  });

  test('takes the phase of the first observation and cites each once, in order', () => {
    const facts = factsFor([{ cookie: '_ga' }, { control: 'x' }, { cookie: '_ga' }], { consent: [{ state: 'rejected', by: 'o2' }] });
    const [first, , last] = facts.observations;
    const rule: Rule = {
      ...ruleOf(() => ({})),
      judge: () =>
        [last, first, last].map((o) => ({
          ...(ruleOf(() => ({})).judge(facts)[0] as Accusation),
          evidence: [o, first].filter((x) => x !== undefined),
        })),
    };
    const finding = only(judge(facts, { say, rules: [rule] }));
    expect(finding).toMatchObject({ phase: 'before-choice', observations: ['o1', 'o3'], count: 2, firstAt: first?.at, lastAt: last?.at });
  });
});

describe('a rule that throws', () => {
  const thrower: Rule = {
    meta: { id: 'thrower', clauses: ['1'], levels: ['error'], failsWhen: '' },
    judge: () => {
      throw new Error('<script>of the page</script>');
    },
  };

  test('becomes one finding of outcome error that repeats nothing, and the others go on', () => {
    const findings = judge(factsFor([{ cookie: '_ga' }]), { say, rules: [thrower, ruleOf(() => ({}))] });
    expect(findings.map(({ rule, outcome, level }) => [rule, outcome, level])).toEqual([
      ['made-up', 'fail', 'error'],
      ['thrower', 'error', 'warning'],
    ]);
    expect(JSON.stringify(findings)).not.toContain('of the page');
  });
});

describe('fingerprints', () => {
  const undeclared = rules.filter(({ meta }) => meta.id === 'undeclared-cookie');
  const of = (observations: CaseObservation[], more: Partial<Case> = {}, document?: PolicyDocument): string[] =>
    judge(factsFor(observations, more, document), { say, rules: undeclared }).map(({ fingerprint }) => fingerprint);

  test('stay the same whatever the time, the page, the policy version and the stand-in host', () => {
    const [print] = of([{ cookie: 'nobody_knows' }]);
    expect(print).toMatch(/^[0-9a-f]{32}$/);
    expect(of([{ cookie: 'nobody_knows', ms: 90_000, page: 'https://send-box.com/kk/' }])).toEqual([print]);
    expect(of([{ cookie: 'nobody_knows' }], {}, { ...bundledPolicy, version: '2027-01-01' })).toEqual([print]);
    const standIn = { host: 'localhost', page: 'https://localhost:8443/', frame: 'https://localhost:8443/' };
    expect(of([{ cookie: 'nobody_knows', ...standIn }], { sites: ['localhost'] })).toEqual([print]);
  });

  test('differ by name, host and policy', () => {
    const prints = [
      of([{ cookie: 'a' }]),
      of([{ cookie: 'b' }]),
      of([{ cookie: 'a', host: 'my.send-box.com' }]),
      of([{ cookie: 'a' }], {}, { ...bundledPolicy, id: 'another' }),
    ].flat();
    expect(new Set(prints).size).toBe(4);
  });

  test('are of the pattern, so that a token in a name does not make it new each time', () => {
    const [one] = of([{ cookie: 'ph_phc_abc_posthog' }]);
    expect(of([{ cookie: 'ph_phc_xyz_posthog' }])).toEqual([one]);
  });
});

test('the same evidence gives byte-identical findings, and every finding cites existing observations', () => {
  const names = fc.constantFrom('_ga', '_ym_uid', 'sb_session', 'nobody', '__proto__', 'constructor', '_fbp', '\u202e');
  const observation = fc.oneof(
    fc.record({ cookie: names, asked: fc.option(fc.integer({ min: 0, max: 1e9 })), uncertainty: fc.constantFrom(0, 150) }),
    fc.record({ localStorage: names, action: fc.constantFrom('set', 'delete', 'present', 'read') }),
    fc.record({
      request: fc.constantFrom('https://mc.yandex.ru/watch/1', 'http://nobody.example/', 'https://send-box.com/'),
      hit: fc.boolean(),
      sentCookies: fc.array(names),
    }),
    fc.record({ control: fc.constant('x') }),
  );
  const states = fc.constantFrom('accepted', 'partial', 'rejected', 'withdrawn', 'unknown', 'before-choice');
  const consent = fc.array(fc.record({ state: states, granted: fc.subarray(['functional', 'analytical', 'marketing']) }), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(observation, { minLength: 3, maxLength: 12 }), consent, (observations, entries) => {
      const more: Partial<Case> = { consent: entries.map((entry, index) => ({ ...entry, by: `o${index + 1}` })) };
      const facts = factsFor(observations, more);
      const before = canonicalJson({ observations: facts.observations, consent: facts.consent });
      const findings = judge(facts, { say });
      expect(findings.every(({ outcome }) => outcome !== 'error')).toBe(true);
      expect(canonicalJson(judge(factsFor(observations, more), { say }))).toBe(canonicalJson(findings));
      expect(canonicalJson(judge(facts, { say, rules: rules.toReversed() }))).toBe(canonicalJson(findings));
      expect(canonicalJson({ observations: facts.observations, consent: facts.consent })).toBe(before);
      for (const { observations: ids, rule, clauses } of findings) {
        expect(ids.every((id) => facts.byId(id) !== null)).toBe(true);
        if (!['declared-never-seen', 'policy-gap', 'capture-gap'].includes(rule))
          expect([ids.length > 0, clauses.length > 0]).toEqual([true, true]);
      }
      const identities = findings.map(({ rule, kind, name, host, party, profile }) =>
        JSON.stringify([rule, kind, name, host, party, profile]),
      );
      expect(new Set(identities).size).toBe(identities.length);
    }),
    { numRuns: 150 },
  );
});
