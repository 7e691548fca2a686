import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LEVELS, OUTCOMES } from '../../../lib/model/audit.ts';
import { PHASES } from '../../../lib/model/observation.ts';
import { LANGUAGES } from '../../../lib/model/policy.ts';
import { STRETCHES } from '../../../lib/view/before-after.ts';
import type { Done } from '../../../lib/view/popup.ts';
import { sayIn } from '../../../lib/view/say.ts';

const root = new URL('../../../', import.meta.url);
const sources = ['components/', 'lib/view/', 'entrypoints/popup/'].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => /\.(svelte|ts)$/.test(name))
    .map((name) => readFileSync(new URL(folder + name, root), 'utf8')),
);
const said = [...new Set(sources.flatMap((text) => [...text.matchAll(/'(popup_[a-z_]+)'/g)].map((match) => match[1] as string)))];

const DONE = { marked: true, added: true, removed: true, cleared: true, exported: true } satisfies Record<Done, true>;
const composed = [
  ...PHASES.flatMap((phase) => [`popup_state_${phase}`, `popup_phase_${phase}`]),
  ...LEVELS.flatMap((level) => [`popup_count_${level}`, `level_${level}`]),
  ...OUTCOMES.filter((outcome) => outcome !== 'fail').map((outcome) => `outcome_${outcome}`),
  ...['pass', 'fail', 'inconclusive'].flatMap((verdict) => [`popup_verdict_${verdict}`, `popup_sentence_${verdict}`]),
  ...['start', 'record', 'cmp', 'click', 'mark', 'tcf', 'gpp', 'consent-mode', 'gpc'].map((source) => `popup_source_${source}`),
  ...['mandatory', 'functional', 'analytical', 'marketing', 'unknown'].map((category) => `popup_category_named_${category}`),
  ...['granted', 'refused', 'open'].map((word) => `popup_category_${word}`),
  ...['accepted', 'rejected', 'withdrawn'].map((state) => `popup_mark_${state}`),
  ...STRETCHES.map((stretch) => `popup_services_${stretch}`),
  ...Object.keys(DONE).map((done) => `popup_done_${done}`),
].map((key) => key.replaceAll('-', '_'));

test('the words are found where they are said', () => {
  expect(said).toContain('popup_export');
  expect(said.length).toBeGreaterThan(20);
});

test.each(LANGUAGES)('everything the popup says has words in %s of their own', (language) => {
  const say = sayIn(language);
  const own = JSON.parse(readFileSync(new URL(`public/_locales/${language}/messages.json`, root), 'utf8')) as Record<
    string,
    { message: string }
  >;
  for (const key of [...said, ...composed]) {
    expect(say(key), key).not.toBe(key);
    expect(own[key]?.message, key).toBeTruthy();
  }
});

test('no word is kept that nothing says', () => {
  const fragment = JSON.parse(readFileSync(new URL('public/_locales/en/messages.json', root), 'utf8')) as object;
  const kept = Object.keys(fragment).filter((key) => key.startsWith('popup_'));
  expect(kept.filter((key) => !said.includes(key) && !composed.includes(key))).toEqual([]);
});
