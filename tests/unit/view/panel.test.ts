import { describe, expect, test } from 'vitest';
import type { CleanPlan, Command, Status } from '../../../lib/messaging/commands.ts';
import type { ExportFile } from '../../../lib/view/export-file.ts';
import { createPanel, OPENING_PANEL, type PanelState } from '../../../lib/view/panel.ts';
import { auditOf } from './audit.ts';

const PLAN: CleanPlan = {
  url: 'https://send-box.com/',
  hosts: [
    { host: 'send-box.com', own: true },
    { host: 'mc.yandex.ru', own: false },
  ],
  cookies: [],
  otherTabs: 0,
  onlyOpenDocuments: false,
};
const seen = (url: string) =>
  auditOf({
    run: { ...auditOf().run, visits: [{ id: 'v1', profile: 1, reason: 'visit', step: null, url, startedAt: '2025-11-02T09:00:00.000Z' }] },
  });

/** A background that audits send-box.com, and a clock that only `wait` moves. */
function panelOver(url: string) {
  const asked: Command[] = [];
  const states: PanelState[] = [];
  const saved: ExportFile[] = [];
  const created: string[] = [];
  const waits: number[] = [];
  const background = {
    audit: seen('https://send-box.com/'),
    events: 1,
    quietFor: 5000,
    clock: 0,
    judging: 0,
    broken: null as string | null,
    tab: { id: 3, url },
    onWait: (): void => undefined,
  };
  const answerTo = (command: Command): unknown => {
    if (command.command === 'audit') {
      background.clock += background.judging;
      return background.audit;
    }
    if (command.command === 'snapshot') background.events += 1;
    if (command.command === 'quiet') return { milliseconds: background.quietFor, seen: String(background.events) };
    if (command.command === 'previewClean') return PLAN;
    if (command.command === 'startClean') return { cookies: 2, left: [], failures: [] };
    if (command.command !== 'status') return { done: true };
    const host = new URL(command.url).hostname;
    return {
      audited: host === 'send-box.com',
      host,
      policy: { id: 'send-box.com', version: '1' },
      sites: ['send-box.com'],
      added: [],
    } satisfies Status;
  };
  const panel = createPanel(
    {
      runtime: {
        async sendMessage(message) {
          asked.push(message as Command);
          return background.broken === null ? { ok: true, value: answerTo(message as Command) } : { ok: false, error: background.broken };
        },
      },
      tabs: {
        get: async () => background.tab,
        query: async () => [],
        reload: async () => undefined,
        create: async ({ url: page }) => void created.push(page),
      },
      save: (file) => saved.push(file),
      async wait(milliseconds) {
        waits.push(milliseconds);
        background.clock += milliseconds;
        background.onWait();
      },
      now: () => background.clock,
    },
    '?tab=3',
    (state) => states.push(state),
  );
  return {
    panel,
    background,
    asked,
    states,
    saved,
    created,
    waits,
    state: () => states.at(-1) ?? OPENING_PANEL,
    names: () => asked.map(({ command }) => command),
  };
}

/** Follows for so many waits; `before` is told the number of each. */
async function follow(over: ReturnType<typeof panelOver>, times: number, before: (wait: number) => void = () => undefined): Promise<void> {
  over.background.onWait = () => {
    before(over.waits.length);
    if (over.waits.length > times) over.panel.stop();
  };
  await over.panel.follow();
}

test('what was gathered before is there at once; the look comes before the count, so that nothing slips between', async () => {
  const { panel, state, names } = panelOver('https://send-box.com/');
  await panel.open();
  expect(state()).toMatchObject({ busy: false, stale: false, scene: { kind: 'judged' } });
  expect(names()).toEqual(['status', 'snapshot', 'quiet', 'audit']);
});

test('tells a page that is not audited, and one of which nothing was seen', async () => {
  const other = panelOver('https://other.example/');
  await other.panel.open();
  expect(other.state().scene).toMatchObject({ kind: 'other', addable: true });
  const unseen = panelOver('https://send-box.com/');
  unseen.background.audit = auditOf();
  await unseen.panel.open();
  expect(unseen.state().scene.kind).toBe('unseen');
});

describe('following', () => {
  test('asks ever less often while there is no news, and judges nothing', async () => {
    const over = panelOver('https://send-box.com/');
    await over.panel.open();
    over.asked.length = 0;
    await follow(over, 7);
    expect(over.waits.map(Math.round)).toEqual([500, 750, 1125, 1688, 2531, 3797, 4000, 4000]);
    expect(new Set(over.names())).toEqual(new Set(['quiet']));
  });

  test('its own look is no news', async () => {
    const over = panelOver('https://send-box.com/');
    await over.panel.open();
    await over.panel.refresh();
    over.asked.length = 0;
    await follow(over, 3);
    expect(over.names()).not.toContain('audit');
  });

  test('waits until the page is quiet, and says meanwhile that it is at work', async () => {
    const over = panelOver('https://send-box.com/');
    await over.panel.open();
    over.asked.length = 0;
    const stale: boolean[] = [];
    await follow(over, 4, (wait) => {
      stale.push(over.state().stale);
      if (wait === 1) Object.assign(over.background, { events: 9, quietFor: 10 });
      if (wait === 3) over.background.quietFor = 900;
    });
    expect(stale).toEqual([false, true, true, false, false]);
    expect(over.names().filter((name) => name === 'audit')).toHaveLength(1);
  });

  test('a page that is never quiet is judged now and then, the less often the longer that takes', async () => {
    const judged = async (judging: number): Promise<number> => {
      const over = panelOver('https://send-box.com/');
      over.background.judging = judging;
      await over.panel.open();
      over.asked.length = 0;
      await follow(over, 60, () => Object.assign(over.background, { events: over.background.events + 1, quietFor: 0 }));
      return over.names().filter((name) => name === 'audit').length;
    };
    expect(await judged(10)).toBe(6);
    expect(await judged(1000)).toBe(3);
  });

  test('outlives a background that is gone for a while', async () => {
    const over = panelOver('https://send-box.com/');
    await over.panel.open();
    await follow(over, 3, (wait) => {
      over.background.broken = wait === 1 ? 'gone' : null;
      if (wait === 1) over.background.events = 50;
    });
    expect(over.state()).toMatchObject({ failure: null, stale: false });
    expect(over.names().filter((name) => name === 'audit')).toHaveLength(2);
  });

  test('a look that nobody asked for leaves what was just done on display', async () => {
    const over = panelOver('https://send-box.com/');
    await over.panel.open();
    await over.panel.mark('rejected');
    await over.panel.navigated();
    expect(over.state()).toMatchObject({ done: 'marked', busy: false });
    expect(over.states.slice(-3).every(({ busy }) => !busy)).toBe(true);
  });
});

describe('a clean start', () => {
  test('is shown first, and can be left', async () => {
    const { panel, state, names } = panelOver('https://send-box.com/');
    await panel.open();
    await panel.askClean();
    expect(state().plan).toEqual(PLAN);
    panel.cancelClean();
    await panel.startClean();
    expect(state().plan).toBeNull();
    expect(names()).not.toContain('startClean');
  });

  test('removes what was shown and nothing else, and then waits for the page', async () => {
    const { panel, state, asked } = panelOver('https://send-box.com/');
    await panel.open();
    await panel.askClean();
    await panel.startClean();
    expect(asked.at(-1)).toEqual({ command: 'startClean', tab: 3, hosts: ['send-box.com', 'mc.yandex.ru'] });
    expect(state()).toMatchObject({ plan: null, done: 'cleaned', report: { cookies: 2 }, scene: { kind: 'unseen' } });
  });
});

test('exports what it shows, and opens the report of the same tab', async () => {
  const { panel, saved, created, background, state } = panelOver('https://send-box.com/');
  await panel.exportAudit();
  expect(saved.map(({ text }) => JSON.parse(text))).toEqual([background.audit]);
  expect(state().done).toBe('exported');
  await panel.openReport();
  expect(created).toEqual(['/report.html?tab=3']);
});

test('a failure is told in words, and the scene stays', async () => {
  const { panel, state, background } = panelOver('https://send-box.com/');
  await panel.open();
  background.broken = 'The store is full.';
  await panel.mark('accepted');
  expect(state()).toMatchObject({ failure: 'The store is full.', scene: { kind: 'judged' }, busy: false });
});
