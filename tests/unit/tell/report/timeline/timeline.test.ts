import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { goldenFile } from '../../../../../cli/golden.ts';
import type { Audit } from '../../../../../lib/model/audit.ts';
import type { Observation } from '../../../../../lib/model/observation.ts';
import { activityByService } from '../../../../../lib/tell/activity.ts';
import { htmlReport } from '../../../../../lib/tell/export/html.ts';
import { reportOn } from '../../../../../lib/tell/report/report.ts';
import { axisOf, bandsOf, placeActs } from '../../../../../lib/tell/report/timeline/axis.ts';
import { gravest, marksOf, PLACE } from '../../../../../lib/tell/report/timeline/marks.ts';
import { auditOf, entryOf, findingOf } from '../../../view/audit.ts';

const demo = JSON.parse(readFileSync(goldenFile('demo', 'audit.json'), 'utf8')) as Audit;
const write = demo.observations.find(({ kind, action }) => kind === 'cookie' && action === 'set') as Observation;
const START = Date.parse('2025-11-02T09:00:00.000Z');
const at = (ms: number): string => new Date(START + ms).toISOString();

/** So many services with so many writes each, over so many views. */
function busy(services: number, each: number, views: number): Audit {
  const visits = Array.from({ length: views }, (_, index) => ({
    id: `v${index + 1}`,
    profile: 1,
    reason: 'visit' as const,
    step: null,
    url: 'https://shop.test/',
    startedAt: at(index * 60_000),
  }));
  const observations = Array.from({ length: services * each }, (_, index): Observation => {
    const visit = index % views;
    return {
      ...write,
      id: `o${index + 1}`,
      seq: index + 1,
      visit: `v${visit + 1}`,
      at: at(visit * 60_000 + (index % 997) * 40),
      service: null,
      host: `host-${index % services}.test`,
      party: 'third',
    };
  });
  const run = { ...auditOf().run, visits };
  return auditOf({ run, observations, consent: [entryOf({ at: at(0) }), entryOf({ at: at(20_000), state: 'accepted', byUser: true })] });
}

describe('the axis', () => {
  test('gives each view a stretch of its own, from left to right over the whole width', () => {
    const axis = axisOf(reportOn(busy(1, 5000, 5), 'en'), 1, 700);
    expect(axis.stretches.map(({ first, last }) => [first, last])).toEqual([1, 2, 3, 4, 5].map((view) => [view, view]));
    const last = axis.stretches.at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(700);
    expect(axis.at('v1', START + 10_000)).toBeLessThan(axis.at('v1', START + 20_000));
    expect(axis.at('v1', START + 1e9)).toBeLessThan(axis.at('v2', START));
  });

  test('joins views where there are too many, and says which', () => {
    const axis = axisOf(reportOn(busy(1, 500, 100), 'en'), 1, 700);
    expect(axis.stretches.length).toBeLessThanOrEqual(16);
    expect(axis.stretches[0]).toMatchObject({ first: 1, last: 7 });
    expect(axis.stretches.at(-1)?.last).toBe(100);
  });

  test('shades what was in force from when', () => {
    const report = reportOn(busy(1, 1000, 1), 'en');
    const axis = axisOf(report, 1, 700);
    const [before, accepted] = bandsOf(report, 1, axis, 700);
    expect(before).toMatchObject({ state: 'before-choice', x: 0 });
    expect(before?.width).toBeCloseTo(axis.at('v1', START + 20_000));
    expect((accepted?.x ?? 0) + (accepted?.width ?? 0)).toBeCloseTo(700);
  });

  test('never puts the words of one choice over those of another', () => {
    const consent = Array.from({ length: 40 }, (_, index) => entryOf({ at: at(index * 500), state: 'accepted', byUser: true }));
    const report = reportOn({ ...busy(1, 1000, 1), consent }, 'en');
    const placed = placeActs(report.acts, axisOf(report, 1, 700), 700, () => 120, 3);
    expect(placed.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    for (const row of [0, 1, 2]) {
      const spans = placed.filter((one) => one.row === row).map(({ x, left }) => (left ? [x - 120, x] : [x, x + 120]));
      for (const [index, span] of spans.entries()) if (index > 0) expect(span[0]).toBeGreaterThan(spans[index - 1]?.[1] ?? 0);
    }
    expect(placed.some(({ row }) => row === null)).toBe(true);
  });
});

describe('the marks', () => {
  const report = reportOn(busy(1, 5000, 1), 'en');
  const axis = axisOf(report, 1, 700);

  test('count every observation, at most one mark of a kind per place', () => {
    const marks = marksOf(report.audit.observations, axis, new Map());
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
    expect(marks.length).toBeLessThanOrEqual(Math.ceil(700 / PLACE));
    expect(new Set(marks.map(({ x }) => x)).size).toBe(marks.length);
  });

  test('take the gravest finding of what they stand for', () => {
    const findings = [
      findingOf({ level: 'warning', observations: ['o1', 'o2'] }),
      findingOf({ level: 'error', observations: ['o2'] }),
      findingOf({ level: 'error', outcome: 'unsure', observations: ['o3'] }),
      findingOf({ level: 'note', observations: ['o4'] }),
      findingOf({ level: 'error', observations: ['o5'], suppressed: {} }),
    ];
    const graves = gravest(auditOf({ findings }));
    expect(Object.fromEntries(graves)).toEqual({ o1: 'warning', o2: 'error', o3: 'unsure' });
    expect(marksOf(report.audit.observations.slice(0, 3), axis, graves).map(({ grave }) => grave)).toEqual(['error']);
  });
});

describe('the whole picture', () => {
  test('60 services and 5040 observations: two pictures, every service in them, and every write in the table', () => {
    const audit = busy(60, 84, 4);
    const html = htmlReport(audit, 'en');
    expect(html.match(/<svg class="picture"/g)).toHaveLength(2);
    expect(html).toContain('Visitor 1; choices made: 1 (2/2)');
    for (const row of activityByService(audit)) {
      expect(html).toContain(`class="name undeclared">${row.name}<`);
      expect(html).toContain('>84 / 0<');
    }
    expect(html.length).toBeLessThan(1_500_000);
  });

  test('2 services and 10 observations: one picture', () => {
    expect(htmlReport(busy(2, 5, 1), 'en').match(/<svg class="picture"/g)).toHaveLength(1);
  });
});
