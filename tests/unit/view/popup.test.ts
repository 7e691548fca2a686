import { describe, expect, test } from 'vitest';
import type { Command, Status } from '../../../lib/messaging/commands.ts';
import type { Audit } from '../../../lib/model/audit.ts';
import type { ExportFile } from '../../../lib/view/export-file.ts';
import { createPopup, OPENING, type PopupState } from '../../../lib/view/popup.ts';
import { auditOf } from './audit.ts';

const seen = (url: string): Audit =>
  auditOf({
    run: { ...auditOf().run, visits: [{ id: 'v1', profile: 1, reason: 'visit', step: null, url, startedAt: '2025-11-02T09:00:00.000Z' }] },
  });

/** A background that audits send-box.com and whatever is added, and what the popup over it shows. */
function popupOver(url: string | undefined, audit: Audit = seen('https://send-box.com/kk/')) {
  const asked: Command[] = [];
  const states: PopupState[] = [];
  const saved: ExportFile[] = [];
  const opened: number[] = [];
  const reloaded: number[] = [];
  const waits: number[] = [];
  const background = {
    added: [] as string[],
    audit,
    broken: null as string | null,
    quietFor: 5000,
    onWait: (): void => undefined,
    tab: { id: 3, url },
  };
  const answerTo = (command: Command): unknown => {
    if (command.command === 'addSite') background.added.push(command.host);
    if (command.command === 'removeSite') background.added = background.added.filter((site) => site !== command.host);
    if (command.command === 'clear') background.audit = auditOf();
    if (command.command === 'audit') return background.audit;
    if (command.command === 'quiet') return { milliseconds: background.quietFor };
    if (command.command !== 'status') return { done: true };
    const host = URL.canParse(command.url) ? new URL(command.url).hostname : '';
    const sites = ['send-box.com', ...background.added];
    return {
      audited: sites.includes(host),
      host,
      policy: { id: 'send-box.com', version: '2025-10-08' },
      sites,
      added: [...background.added],
    } satisfies Status;
  };
  const popup = createPopup(
    {
      runtime: {
        async sendMessage(message) {
          asked.push(message as Command);
          return background.broken === null ? { ok: true, value: answerTo(message as Command) } : { ok: false, error: background.broken };
        },
      },
      tabs: {
        get: async () => background.tab,
        query: async () => [background.tab],
        reload: async (id) => void reloaded.push(id),
      },
      save: (file) => saved.push(file),
      openReport: async (tab) => void opened.push(tab),
      async wait(milliseconds) {
        waits.push(milliseconds);
        background.onWait();
      },
    },
    '',
    (state) => states.push(state),
  );
  return {
    popup,
    background,
    asked,
    saved,
    reloaded,
    opened,
    waits,
    states,
    state: () => states.at(-1) ?? OPENING,
    names: () => asked.map(({ command }) => command),
  };
}

describe('looking', () => {
  test('judges an audited page that was seen', async () => {
    const { popup, state, asked } = popupOver('https://send-box.com/ru/');
    await popup.refresh();
    expect(state()).toMatchObject({
      busy: false,
      failure: null,
      done: null,
      scene: { kind: 'judged', audit: { summary: { verdict: 'pass' } } },
    });
    expect(asked[0]).toEqual({ command: 'status', tab: 3, url: 'https://send-box.com/ru/' });
  });

  test('does not pass a page of which nothing was seen', async () => {
    for (const audit of [auditOf(), seen('https://another.example/')]) {
      const { popup, state } = popupOver('https://send-box.com/', audit);
      await popup.refresh();
      expect(state().scene.kind).toBe('unseen');
    }
  });

  test('asks for no audit where none is made', async () => {
    const { popup, state, names } = popupOver('https://other.example/');
    await popup.refresh();
    expect(state().scene).toMatchObject({ kind: 'other', addable: true, status: { host: 'other.example' } });
    expect(names()).toEqual(['status']);
  });

  test.each(['chrome://extensions/', undefined])('offers nothing on %j', async (url) => {
    const { popup, state } = popupOver(url);
    await popup.refresh();
    expect(state().scene).toMatchObject({ kind: 'other', addable: false });
  });

  test('opening looks once at a quiet page', async () => {
    const { popup, names } = popupOver('https://send-box.com/');
    await popup.open();
    expect(names()).toEqual(['quiet', 'status', 'audit']);
  });

  test('opening over a page at work shows it at once, and again when it is quiet', async () => {
    const { popup, background, states, waits } = popupOver('https://send-box.com/', auditOf());
    background.quietFor = 10;
    background.onWait = () => {
      background.audit = seen('https://send-box.com/');
      if (waits.length === 3) background.quietFor = 600;
    };
    await popup.open();
    expect(states.filter(({ busy }) => !busy).map(({ scene }) => scene.kind)).toEqual(['unseen', 'judged']);
    expect(waits).toEqual([500, 500, 500]);
  });

  test('does not wait for ever for a page that is never quiet', async () => {
    const { popup, background, state, waits } = popupOver('https://send-box.com/');
    background.quietFor = 0;
    await popup.open();
    expect(waits).toHaveLength(10);
    expect(state()).toMatchObject({ busy: false, scene: { kind: 'judged' } });
  });

  test('the person need not wait for quiet', async () => {
    const { popup, background, state } = popupOver('https://send-box.com/');
    background.quietFor = 0;
    let marked: Promise<void> | null = null;
    const before: boolean[] = [];
    background.onWait = () => {
      before.push(state().busy);
      marked ??= popup.mark('accepted');
      background.quietFor = 600;
    };
    await popup.open();
    await marked;
    expect(before).toEqual([false]);
  });

  test('looks again when the page it speaks about has loaded, and at no other', async () => {
    const { popup, names } = popupOver('https://send-box.com/');
    await popup.pageLoaded(4);
    expect(names()).toEqual([]);
    await popup.pageLoaded(3);
    expect(names()).toEqual(['quiet', 'status', 'audit']);
  });
});

describe('wishes', () => {
  test('a mark names the tab and the state, and is followed by a new judgement', async () => {
    const { popup, asked, names, state } = popupOver('https://send-box.com/');
    await popup.mark('rejected');
    expect(asked[0]).toEqual({ command: 'mark', tab: 3, state: 'rejected', categories: null });
    expect(names()).toEqual(['mark', 'status', 'audit']);
    expect(state()).toMatchObject({ done: 'marked', scene: { kind: 'judged' } });
  });

  test('adds the host of the page, and removes it again', async () => {
    const { popup, background, state } = popupOver('https://staging.example:8443/page');
    await popup.addSite();
    expect(background.added).toEqual(['staging.example']);
    expect(state()).toMatchObject({ done: 'added', scene: { kind: 'unseen', status: { added: ['staging.example'] } } });
    await popup.removeSite('staging.example');
    expect(state()).toMatchObject({ done: 'removed', scene: { kind: 'other' } });
  });

  test('starting over leaves nothing to judge', async () => {
    const { popup, state } = popupOver('https://send-box.com/');
    await popup.startOver();
    expect(state()).toMatchObject({ done: 'cleared', scene: { kind: 'unseen' } });
  });

  test('exports what it shows, judged anew', async () => {
    const { popup, background, saved, state } = popupOver('https://send-box.com/');
    await popup.refresh();
    background.audit = { ...background.audit, summary: { ...background.audit.summary, observations: 5 } };
    await popup.exportAudit();
    expect(state()).toMatchObject({ done: 'exported', scene: { audit: { summary: { observations: 5 } } } });
    expect(saved.map(({ text }) => JSON.parse(text))).toEqual([background.audit]);
  });

  test('exports nothing where nothing was seen', async () => {
    const { popup, saved, state } = popupOver('https://send-box.com/', auditOf());
    await popup.exportAudit();
    expect(saved).toEqual([]);
    expect(state().done).toBeNull();
  });

  test('reloads the tab it speaks about', async () => {
    const { popup, reloaded } = popupOver('https://send-box.com/');
    await popup.reloadPage();
    expect(reloaded).toEqual([3]);
  });

  test('are fulfilled one after the other, busy until the last', async () => {
    const { popup, names, states } = popupOver('https://send-box.com/');
    await Promise.all([popup.mark('accepted'), popup.startOver()]);
    expect(names()).toEqual(['mark', 'status', 'audit', 'clear', 'status', 'audit']);
    expect(states.filter(({ busy }) => !busy)).toHaveLength(1);
    expect(states.at(-1)?.busy).toBe(false);
  });
});

describe('failures', () => {
  test('are shown in words, and the scene stays', async () => {
    const { popup, background, state } = popupOver('https://send-box.com/');
    await popup.refresh();
    background.broken = 'The store is full.';
    await popup.mark('accepted');
    expect(state()).toMatchObject({ busy: false, failure: 'The store is full.', done: null, scene: { kind: 'judged' } });
  });

  test('a background that does not answer is told of on opening', async () => {
    const { popup, background, state } = popupOver('https://send-box.com/');
    background.broken = 'Not ready.';
    await popup.open();
    expect(state()).toMatchObject({ busy: false, failure: 'Not ready.', scene: { kind: 'opening' } });
  });

  test('are gone with the next wish that succeeds', async () => {
    const { popup, background, state } = popupOver('https://send-box.com/');
    background.broken = 'Not ready.';
    await popup.refresh();
    expect(state()).toMatchObject({ failure: 'Not ready.', scene: { kind: 'opening' } });
    background.broken = null;
    await popup.refresh();
    expect(state()).toMatchObject({ failure: null, scene: { kind: 'judged' } });
  });
});
