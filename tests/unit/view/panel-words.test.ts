/** Everything that the panel says has words, and no word is kept that nothing says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VISIT_REASONS } from '../../../lib/model/evidence.ts';
import { LEVELS } from '../../../lib/model/audit.ts';
import { ACTIONS } from '../../../lib/model/observation.ts';
import { LANGUAGES } from '../../../lib/model/policy.ts';
import { COLUMNS } from '../../../lib/view/panel-columns.ts';
import type { PanelDone } from '../../../lib/view/panel.ts';
import { PANEL_TABS } from '../../../lib/view/panel-rows.ts';
import { sayIn } from '../../../lib/view/say.ts';
import { filesBelow, read } from '../../house/tree.ts';

const texts = ['components/panel', 'lib/view', 'entrypoints/panel', 'entrypoints/devtools'].flatMap(filesBelow).map(read);
const of = (pattern: RegExp): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string))),
];
const DONE = { marked: true, added: true, exported: true } satisfies Record<Exclude<PanelDone, 'cleaned'>, true>;
const composed = [
  ...of(/\b(?:fact|code|list)\(\s*say,\s*'(\w+)'/g).map((key) => `panel_fact_${key}`),
  ...Object.values(COLUMNS).flatMap((columns) => columns.map(({ id }) => `panel_column_${id}`)),
  ...PANEL_TABS.flatMap((tab) => [`panel_tab_${tab}`, `panel_none_${tab}`]),
  ...LEVELS.map((level) => `panel_level_${level}`),
  ...ACTIONS.map((action) => `panel_action_${action}`),
  ...VISIT_REASONS.map((reason) => `panel_reason_${reason}`),
  ...['first', 'third'].map((party) => `panel_party_${party}`),
  ...['jar', 'header', 'snapshot', 'null'].map((by) => `panel_confirmed_${by}`),
  ...['second', 'minute', 'hour'].map((unit) => `panel_unit_${unit}`),
  ...Object.keys(DONE).map((done) => `panel_done_${done}`),
];
const said = of(/'(panel_[a-z_]+)'/g);

test('the words are found where they are said', () => {
  expect(said).toContain('panel_clean');
  expect(composed).toContain('panel_fact_same_site');
  expect(said.length).toBeGreaterThan(60);
});

test.each(LANGUAGES)('everything has words in %s of their own', (language) => {
  const own = JSON.parse(readFileSync(new URL(`../../../public/_locales/${language}/messages.json`, import.meta.url), 'utf8')) as Record<
    string,
    { message: string }
  >;
  expect([...said, ...composed].filter((key) => !own[key]?.message)).toEqual([]);
  expect(sayIn(language)('panel_title')).not.toBe('panel_title');
});

test('no word is kept that nothing says', () => {
  const kept = Object.keys(JSON.parse(read('public/_locales/en/messages.json')) as object).filter((key) => key.startsWith('panel_'));
  expect(kept.filter((key) => !said.includes(key) && !composed.includes(key))).toEqual([]);
});
