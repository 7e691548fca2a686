import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ExitError } from '../../../cli/exit.ts';
import { checkAgainst, checkScenario, readScenario, VISIT_AND_RELOAD, type Step } from '../../../cli/scenario.ts';
import type { PolicyDocument } from '../../../lib/model/policy.ts';

function refusalOf(run: () => unknown): ExitError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExitError) return error;
    throw error;
  }
  throw new Error('not refused');
}

const refusal = (data: unknown): ExitError => refusalOf(() => checkScenario(data, 's.json'));

describe('what is read', () => {
  test('every step of this version, as it is written', () => {
    vi.stubEnv('SCENARIO_TEST', 'x');
    const scenario = {
      name: 'all',
      start: 'https://send-box.com/kk/',
      steps: [
        { visit: '/' },
        { wait: 1500 },
        { click: '#cookie-reject' },
        { click: { x: 10, y: 20 }, mark: 'accepted' },
        { click: '#a', frame: 'consent.example', mark: { analytical: true } },
        { check: '#c' },
        { hover: '#h' },
        { move: { x: 1, y: 2 } },
        { scroll: -300 },
        { press: 'Enter' },
        { fill: { selector: '#p', env: 'SCENARIO_TEST' } },
        { mark: 'withdrawn' },
        { mark: { analytical: false } },
        { reload: true },
        { fresh: true },
        { restart: true, settle: 0 },
      ],
    };
    expect(checkScenario(scenario, 's.json')).toEqual(scenario);
  });

  test('the one without a choice is one', () => {
    expect(checkScenario(VISIT_AND_RELOAD, 'built in')).toEqual(VISIT_AND_RELOAD);
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what is refused: one line with file, place, found and expected, and code 2', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], '/: found an empty array, expected'],
    ['nothing', null, '/: found null, expected'],
    ['no steps', {}, '/steps: found nothing, expected'],
    ['steps that are no list', { steps: 'visit' }, '/steps: found "visit", expected a list of steps.'],
    ['an empty list of steps', { steps: [] }, '/steps: found an empty array, expected at least one step.'],
    ['a step that is no object', { steps: ['reload'] }, '/steps/0: found "reload", expected an object with one step.'],
    ['an empty step', { steps: [{}] }, '/steps/0: found an empty object, expected one of: visit, wait, click,'],
    ['an unknown step', { steps: [{ visit: '/' }, { jump: 1 }] }, '/steps/1: found "jump", expected one of: visit, wait, click,'],
    ['a start that is no URL', { start: '/kk', steps: [{ reload: true }] }, '/start: found "/kk", expected an http: or https: URL.'],
    [
      'a start of another kind',
      { start: 'file:///kk', steps: [{ reload: true }] },
      '/start: found "file:///kk", expected an http: or https:',
    ],
    ['an unknown key', { stpes: [], steps: [{ reload: true }] }, '/stpes: found an empty array, expected no such key here.'],
    ['a wait that is no number', { steps: [{ wait: '1500' }] }, '/steps/0/wait: found "1500", expected milliseconds from 0 to 2147483647.'],
    ['a wait below zero', { steps: [{ wait: -1 }] }, '/steps/0/wait: found -1, expected milliseconds from 0 to 2147483647.'],
    [
      'a wait longer than a timer holds',
      { steps: [{ wait: 1e99 }] },
      '/steps/0/wait: found 1e+99, expected milliseconds from 0 to 2147483647.',
    ],
    ['a wait without end', { steps: [{ wait: Infinity }] }, '/steps/0/wait: found Infinity, expected milliseconds from 0 to 2147483647.'],
    [
      'a settle that never comes',
      { steps: [{ reload: true, settle: 2 ** 31 }] },
      '/steps/0/settle: found 2147483648, expected milliseconds',
    ],
    ['a scroll without end', { steps: [{ scroll: -Infinity }] }, '/steps/0/scroll: found -Infinity, expected a number of pixels.'],
    ['an empty selector', { steps: [{ click: '' }] }, '/steps/0/click: found "", expected a CSS selector'],
    ['half a point', { steps: [{ move: { x: 1 } }] }, '/steps/0/move/y: found nothing, expected a value: this key is required.'],
    ['a point that is no number', { steps: [{ move: { x: 1, y: '2' } }] }, '/steps/0/move/y: found "2", expected a number.'],
    [
      'a mark that there is not',
      { steps: [{ mark: 'maybe' }] },
      '/steps/0/mark: found "maybe", expected "accepted", "rejected", "withdrawn", or an object of categories to true or false.',
    ],
    ['a mark of nothing', { steps: [{ mark: {} }] }, '/steps/0/mark: found an object, expected at least one category.'],
    ['reload: false', { steps: [{ reload: false }] }, '/steps/0/reload: found false, expected true.'],
    ['two steps in one', { steps: [{ visit: '/', reload: true }] }, '/steps/0/reload: found true, expected no such key here.'],
    ['a slash in a key', { steps: [{ reload: true, 'a/b~': 1 }] }, '/steps/0/a~1b~0: found 1, expected no such key here.'],
    ['a line break in a key', { steps: [{ 'a\nb': 1 }] }, '/steps/0: found "a\\u{a}b", expected one of'],
  ])('%s', (_what, data, place) => {
    const { code, message } = refusal(data);
    expect(code).toBe(2);
    expect(message).toContain(`s.json: ${place}`);
    expect(message).toMatch(/\.$/);
    expect(message).not.toMatch(/[\n\r]/);
  });

  test.each([
    ['choose', { choose: 'accept' }],
    ['gpc', { gpc: true }],
  ])('the step "%s", which a later version will have, by its name', (name, step) => {
    expect(refusal({ steps: [{ visit: '/' }, step] })).toMatchObject({
      code: 2,
      message: `s.json: /steps/1/${name}: the step "${name}" is not available in this version.`,
    });
  });

  test('a variable that is not set: before anything is filled in', () => {
    vi.stubEnv('SCENARIO_TEST', undefined);
    const { code, message } = refusal({ steps: [{ fill: { selector: '#p', env: 'SCENARIO_TEST' } }] });
    expect([code, message]).toEqual([2, 's.json: /steps/0/fill/env: the environment variable SCENARIO_TEST is not set.']);
  });
});

describe('what only the whole command decides', () => {
  const policy: PolicyDocument = {
    format: 'consent-policy/1',
    id: 'shop.test',
    version: '1',
    sites: ['shop.test'],
    categories: [
      { id: 'mandatory', basis: 'contract' },
      { id: 'analytical', basis: 'consent' },
    ],
  };
  const against = (...steps: Step[]) => {
    checkAgainst('https://shop.test/kk/', policy, { steps }, 's.json');
  };

  test.each(['', '/', 'about?x#y', '//other.test/', 'http://other.test', 'HTTPS://shop.test/'])('the visit "%s" is one', (visit) => {
    against({ visit });
  });

  test.each([
    'http://',
    'http://a b/',
    '//',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,x',
    'shop.test:8443/',
  ])('the visit "%s" is none', (visit) => {
    expect(refusalOf(() => against({ reload: true }, { visit }))).toMatchObject({
      code: 2,
      message: `s.json: /steps/1/visit: found "${visit}", expected an http: or https: URL, or a path.`,
    });
  });

  test('a mark speaks of categories that the policy has, alone or on a click', () => {
    against({ mark: { analytical: true, mandatory: true } }, { click: '#a', mark: { analytical: false } }, { mark: 'accepted' });
    for (const [step, category] of [
      [{ mark: { analytical: true, analitical: true } }, 'analitical'],
      [{ click: '#a', mark: { 'a/b\n': false } }, 'a~1b\\u{a}'],
    ] as const)
      expect(refusalOf(() => against({ visit: '/' }, step))).toMatchObject({
        code: 2,
        message: `s.json: /steps/1/mark/${category}: found a category that the policy shop.test does not have, expected one of: mandatory, analytical.`,
      });
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (text: string): string => {
    const file = join(folder, 's.json');
    writeFileSync(file, text);
    return file;
  };

  test('that are right are read, with a byte order mark or without', () => {
    for (const mark of ['', '\uFEFF'])
      expect(readScenario(written(`${mark}{"steps":[{"reload":true}]}`)).steps).toEqual([{ reload: true }]);
  });

  test.each([
    ['no JSON', '{\n  "steps": [\n    { visit: "/" }\n  ]\n}', /: \/steps\/0.*: found "v" at line 3, column 7, expected /],
    ['cut off', '{"steps": [', /found the end of the file at line 1, column 12, expected /],
    ['empty', '', /: found the end of the file at line 1, column 1, expected /],
    ['doubled', '{"steps":[{"reload":true}],"steps":[]}', /expected /],
  ])('that are %s', (_what, text, expected) => {
    const file = written(text);
    const { code, message } = refusalOf(() => readScenario(file));
    expect(code).toBe(2);
    expect(message.startsWith(`${file}: `)).toBe(true);
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/[\n\r]/);
  });

  test('that are not there, or a folder', () => {
    const missing = join(folder, 'none.json');
    expect(refusalOf(() => readScenario(missing))).toMatchObject({
      code: 2,
      message: `${missing}: cannot be read (ENOENT); expected a scenario file.`,
    });
    expect(refusalOf(() => readScenario(folder))).toMatchObject({
      code: 2,
      message: `${folder}: cannot be read (EISDIR); expected a scenario file.`,
    });
  });
});
