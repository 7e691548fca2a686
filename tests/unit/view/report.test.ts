import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenFile } from '../../../cli/golden.ts';
import type { Audit } from '../../../lib/model/audit.ts';
import { htmlReport } from '../../../lib/tell/export/html.ts';
import type { ExportFile } from '../../../lib/view/export-file.ts';
import { createReport, type ReportState } from '../../../lib/view/report.ts';

const audit = JSON.parse(readFileSync(goldenFile('demo', 'audit.json'), 'utf8')) as Audit;

function started(answer: unknown) {
  const states: ReportState[] = [];
  const saved: ExportFile[] = [];
  const asked: unknown[] = [];
  const ports = {
    runtime: {
      sendMessage: (message: unknown) => {
        asked.push(message);
        return Promise.resolve(answer);
      },
    },
    save: (file: ExportFile) => saved.push(file),
    print: () => undefined,
  };
  return { actions: createReport(ports, 'ru', (state) => states.push(state)), states, saved, asked };
}

test('tells the audit in the language asked for, and asks the background once', async () => {
  const { actions, states, asked } = started({ ok: true, value: audit });
  await actions.open();
  expect(states.at(-1)).toMatchObject({ language: 'ru', failure: null, document: { title: 'Аудит согласия на send-box.com, 2026-11-24' } });
  actions.speak('kk');
  expect(states.at(-1)?.document?.language).toBe('kk');
  expect(asked).toEqual([{ command: 'audit', conditions: {} }]);
});

test('saves exactly what is shown', async () => {
  const { actions, saved } = started({ ok: true, value: audit });
  actions.save();
  expect(saved).toEqual([]);
  await actions.open();
  actions.speak('en');
  actions.save();
  expect(saved).toEqual([{ name: 'consent-audit-send-box.com-2026-11-24.html', type: 'text/html', text: htmlReport(audit, 'en') }]);
});

test('a failure is told in the words of the background', async () => {
  const { actions, states } = started({ ok: false, error: 'Nothing was gathered.' });
  await actions.open();
  expect(states.at(-1)).toMatchObject({ document: null, failure: 'Nothing was gathered.' });
});
