import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { goldenFile } from '../../../../cli/golden.ts';
import type { Audit } from '../../../../lib/model/audit.ts';
import type { Observation } from '../../../../lib/model/observation.ts';
import { LANGUAGES } from '../../../../lib/model/policy.ts';
import { htmlReport } from '../../../../lib/tell/export/html.ts';
import { reportDocument } from '../../../../lib/tell/report/document.ts';
import type { Element } from '../../../../lib/tell/report/element.ts';
import { textOf } from '../../../../lib/tell/report/element.ts';
import { auditOf, findingOf } from '../../view/audit.ts';

const demo = JSON.parse(readFileSync(goldenFile('demo', 'audit.json'), 'utf8')) as Audit;

function elements(root: Element): Element[] {
  return [root, ...root.children.flatMap((child) => (typeof child === 'string' ? [] : elements(child)))];
}
const all = (audit: Audit, language: (typeof LANGUAGES)[number] = 'en'): Element[] =>
  reportDocument(audit, language).body.flatMap(elements);
const text = (audit: Audit, language: (typeof LANGUAGES)[number] = 'en'): string =>
  reportDocument(audit, language).body.map(textOf).join('\n');

/** The text of one section, found by the id of its heading. */
function section(audit: Audit, id: string): string {
  const found = all(audit).find(({ name, attributes }) => name === 'section' && attributes['aria-labelledby'] === id);
  if (!found) throw new Error(`no section ${id}`);
  return textOf(found);
}

/** The row of a finding: which script, when, for how long. */
function row(audit: Audit, id: string): string[] {
  const found = all(audit).find(({ name, children }) => name === 'tr' && children.some((cell) => textOf(cell).startsWith(id)));
  if (!found) throw new Error(`no row of ${id}`);
  return found.children.map(textOf);
}

describe.each(LANGUAGES)('in %s', (language) => {
  test('every finding stands in the report once, with its id', () => {
    const places = all(demo, language)
      .map(({ attributes }) => attributes.id ?? '')
      .filter((id) => id.startsWith('finding-'));
    expect(places.sort()).toEqual(demo.findings.map((_finding, index) => `finding-${index + 1}`).sort());
  });

  test('headings do not skip a level', () => {
    const levels = all(demo, language)
      .filter(({ name }) => /^h\d$/.test(name))
      .map(({ name }) => Number(name.slice(1)));
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test('every table has a caption and a heading for each column', () => {
    const tables = all(demo, language).filter(({ name }) => name === 'table');
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect(table.children[0]).toMatchObject({ name: 'caption' });
      expect(elements(table).filter(({ attributes }) => attributes.scope === 'col').length).toBeGreaterThan(1);
    }
  });

  test('the original of a clause is marked as Kazakh, unless the report is', () => {
    const quotes = all(demo, language).filter(({ name, attributes }) => name === 'blockquote' && attributes.lang === 'kk');
    expect(quotes.map(textOf).join()).toContain('Кері алу салдары:');
    const translations = all(demo, language).filter(({ name, attributes }) => name === 'blockquote' && attributes.lang === undefined);
    expect(translations.length > 0).toBe(language !== 'kk');
  });

  test('the legal term stands beside clause 5.3, and what no browser sees is said', () => {
    expect(text(demo, language)).toMatch(/15 (working|рабочих|жұмыс)/);
    expect(text(demo, language)).toMatch(/94-V/);
    expect(section(demo, 'limits')).toContain('which no browser can see');
  });
});

test('the order of keys in the file makes no difference', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, turned(member)]),
    );
  };
  for (const name of ['demo', 'hostile']) {
    const audit = JSON.parse(readFileSync(goldenFile(name, 'audit.json'), 'utf8')) as Audit;
    expect(htmlReport(turned(audit) as Audit, 'en') === htmlReport(audit, 'en')).toBe(true);
  }
});

describe('the evidence of a finding', () => {
  test('a period that is exceeded: asked, granted and stated, each with its day by the calendar', () => {
    const [, script, when, life] = row(demo, 'f138');
    expect(script).toBe('https://www.googletagmanager.com/gtag/js:32:21function writeCookieclaimed by the page');
    expect(when).toContain('2 s before the choice (click “Барлығынан бас тарту”: rejected)');
    expect(life).toBe(
      'asked:761 days → until 2028-12-24granted by the browser:400 days → until 2027-12-29stated in the policy:24 months → until 2028-11-24',
    );
  });

  test('after a choice it is told relative to that choice', () => {
    const ignored = demo.findings.find(({ rule }) => rule === 'choice-ignored');
    expect(row(demo, ignored?.id ?? '')[2]).toMatch(/^\d+ ms after the choice \(click “Барлығынан бас тарту”: rejected\)/);
  });

  test('without any choice it is told that nobody clicked', () => {
    const audit = { ...demo, consent: demo.consent.filter(({ byUser }) => !byUser) };
    expect(row(audit, 'f138')[2]).toMatch(/^The visitor never clicked a choice; \d+ ms after the page was opened\./);
  });

  test('what was not seen is said to be not seen', () => {
    const finding = findingOf({ id: 'f1', observations: ['o1'], firstAt: '2025-11-02T09:00:01.000Z' });
    const o = {
      ...(demo.observations.find(({ kind, initiator }) => kind === 'cookie' && initiator) as Observation),
      id: 'o1',
      name: '_ga',
      at: '2025-11-02T09:00:01.000Z',
      visit: 'v1',
      initiator: null,
      cause: null,
      cookie: null,
    };
    const [, script, when, life] = row(auditOf({ findings: [finding], observations: [o] }), 'f1');
    expect(script).toBe('The script was not seen.');
    expect(when).toContain('The visitor never clicked a choice.');
    expect(life).toBe('asked:not seengranted by the browser:not seen');
  });

  test('what was only found in the store is told with the write that was seen before', () => {
    const write = demo.observations.find(({ name, action }) => name === '_ga' && action === 'set') as Observation;
    const present = { ...write, id: 'o9999', seq: 9999, action: 'present' as const, mechanism: 'snapshot', initiator: null, cookie: null };
    const finding = findingOf({ id: 'f1', rule: 'left-after-withdrawal', observations: ['o9999'], firstAt: present.at });
    const [, script, , life] = row({ ...demo, observations: [...demo.observations, present], findings: [finding] }, 'f1');
    expect(script).toContain('found in the store; the last write seen before:https://www.googletagmanager.com/gtag/js:32:21');
    expect(life).toMatch(/^asked:761 days → until 2028-12-24granted by the browser:400 days/);
  });

  test('a finding that cites nothing that is there still stands', () => {
    expect(row(auditOf({ findings: [findingOf({ id: 'f1', observations: ['o404'] })] }), 'f1')[1]).toBe('not seen');
  });
});

describe('what is apart', () => {
  test('a suppressed finding is listed with its reason, and nowhere else', () => {
    const suppressed = demo.findings.filter((finding) => finding.suppressed !== null);
    expect(suppressed).toHaveLength(1);
    expect(section(demo, 'suppressed')).toContain('reason: accepted until the next release');
    expect(section(demo, 'suppressed')).toContain(suppressed[0]?.id);
  });

  test('gaps, losses and an early end are told', () => {
    expect(section(demo, 'unseen')).toContain('another extension blocked a request');
    const broken = section(auditOf({ complete: false, summary: { ...auditOf().summary, lost: 7 } }), 'unseen');
    expect(broken).toContain('did not come to its end');
    expect(broken).toContain('lost: 7.');
    expect(section(auditOf(), 'unseen')).toContain('No gap');
  });

  test('what keeps to the policy is what no finding speaks of', () => {
    const kept = section(demo, 'kept');
    expect(kept).toContain('sb_lang');
    expect(kept).not.toContain('sb_session');
    expect(kept).not.toContain('_ga');
  });

  test('an audit without a signature says that it proves integrity only', () => {
    expect(section(demo, 'integrity')).toContain('Unsigned: integrity only.');
  });

  test('who, why and how are told as recorded', () => {
    const conditions = section(demo, 'conditions');
    for (const part of ['A. Saparova', 'quarterly review', 'Asia/Almaty', 'Begin as a new visitor', 'Open the page /kk/about'])
      expect(conditions).toContain(part);
    expect(section(auditOf(), 'conditions')).toContain('Audited bynot recorded');
  });

  test('the contact of the policy is told', () => expect(section(demo, 'policy')).toContain('box@send-box.com'));
});
