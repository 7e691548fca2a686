/** What the developer tools' panel shows and does: asks the background, and tells each change as a whole new state. Knows no browser and no component. */
import { ask, type ChoiceState, type CleanPlan, type CleanReport, type Status } from '../messaging/commands.ts';
import { exportFile, type ExportFile } from './export-file.ts';
import type { Scene } from './popup.ts';
import { wasSeen } from './tab-audit.ts';
import { canBeAudited, subjectTab, type Tab, type Tabs } from './tab.ts';
import { createWishes, type WishState } from './wishes.ts';

export type { ChoiceState, CleanPlan, CleanReport, Status };

export type PanelDone = 'marked' | 'added' | 'exported' | 'cleaned';

export interface PanelState extends WishState<PanelDone> {
  scene: Scene;
  /** The page is at work: what it just did is not shown yet. */
  stale: boolean;
  /** What a clean start would remove, while the person is asked. */
  plan: CleanPlan | null;
  /** What the last clean start did. */
  report: CleanReport | null;
}

export const OPENING_PANEL: PanelState = {
  scene: { kind: 'opening' },
  busy: true,
  failure: null,
  done: null,
  stale: false,
  plan: null,
  report: null,
};

export interface PanelPorts {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  tabs: Tabs & { create(what: { url: string }): Promise<unknown> };
  /** Hands a file to the person. */
  save(file: ExportFile): void;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** Milliseconds of any clock that only goes forward. */
  now(): number;
}

/** A page is quiet when nothing was observed for so long. */
const QUIET = 500; // milliseconds
/** How often it is asked whether there is news: soon after some, seldom when there is none. */
const SOON = 500;
const SELDOM = 4000;
/** A page that is never quiet is judged all the same, but no more than a tenth of the time goes into judging. */
const LONGEST_STALE = 5000;
const SHARE = 10;

export interface Panel {
  open(): Promise<void>;
  refresh(): Promise<void>;
  /** Looks again whenever there is news and the page is quiet; ends with `stop`. */
  follow(): Promise<void>;
  stop(): void;
  /** The inspected tab shows another page. */
  navigated(): Promise<void>;
  mark(state: ChoiceState): Promise<void>;
  addSite(): Promise<void>;
  reloadPage(): Promise<void>;
  /** Judges once more, shows it, and saves exactly what is shown. */
  exportAudit(): Promise<void>;
  openReport(): Promise<void>;
  /** Shows what a clean start would remove. */
  askClean(): Promise<void>;
  cancelClean(): void;
  /** Removes what was shown, and nothing that was not. */
  startClean(): Promise<void>;
}

/**
 * Starts in the state `OPENING_PANEL`. The audit is of the browser's whole session: what other tabs did is shown, too.
 * @param search `?tab=<id>` names the tab that the panel speaks about
 */
export function createPanel(ports: PanelPorts, search: string, show: (state: PanelState) => void): Panel {
  const { runtime, tabs } = ports;
  let state = OPENING_PANEL;
  /** What had been observed when the shown audit was asked for. */
  let shown = '';
  let judgedAt = -Infinity;
  let judging = 0;
  let stopped = false;

  function change(part: Partial<PanelState>): void {
    state = { ...state, ...part };
    show(state);
  }
  const wishes = createWishes<PanelDone>(change);
  const wish = (fulfil: (tab: Tab) => Promise<PanelDone | null>): Promise<void> =>
    wishes.wish(async () => fulfil(await subjectTab(tabs, search)));

  async function look(tab: Tab): Promise<Scene> {
    const url = tab.url ?? '';
    const status = await ask(runtime, 'status', { tab: tab.id, url });
    const scene: Scene = status.audited ? await judged(status, url) : { kind: 'other', status, addable: canBeAudited(url) };
    change({ scene, stale: false });
    return scene;
  }

  /** First the look, then the count, then the audit: whatever is counted later is news. */
  async function judged(status: Status, url: string): Promise<Scene> {
    const from = ports.now();
    await ask(runtime, 'snapshot', {});
    const { seen } = await ask(runtime, 'quiet', {});
    const audit = await ask(runtime, 'audit', { conditions: {}, looked: true });
    shown = seen;
    judgedAt = ports.now();
    judging = judgedAt - from;
    return wasSeen(audit, url, status) ? { kind: 'judged', status, audit } : { kind: 'unseen', status };
  }

  const again = (): Promise<void> =>
    wishes.quietly(async () => {
      await look(await subjectTab(tabs, search));
      change({ failure: null });
    });

  /** @returns whether there was news */
  async function lookIfNews(): Promise<boolean> {
    // The background may be starting anew, or the panel's extension be reloading: the next time tells.
    const news = await ask(runtime, 'quiet', {}).catch(() => null);
    if (news === null || news.seen === shown || state.scene.kind === 'other' || state.scene.kind === 'opening') return false;
    const overdue = ports.now() - judgedAt >= Math.max(LONGEST_STALE, judging * SHARE);
    if (news.milliseconds >= QUIET || overdue) await again();
    else if (!state.stale) change({ stale: true });
    return true;
  }

  return {
    open: () => wish(async (tab) => (await look(tab), null)),
    refresh: () => wish(async (tab) => (await look(tab), null)),
    async follow() {
      for (let pause = SOON; !stopped;) {
        await ports.wait(pause);
        if (stopped) return;
        pause = (await lookIfNews()) ? SOON : Math.min(pause * 1.5, SELDOM);
      }
    },
    stop() {
      stopped = true;
    },
    navigated: again,
    mark: (choice) =>
      wish(async (tab) => {
        await ask(runtime, 'mark', { tab: tab.id, state: choice, categories: null });
        await look(tab);
        return 'marked';
      }),
    addSite: () =>
      wish(async (tab) => {
        const { host } = await ask(runtime, 'status', { tab: tab.id, url: tab.url ?? '' });
        await ask(runtime, 'addSite', { host });
        await look(tab);
        return 'added';
      }),
    reloadPage: () => wish(async (tab) => (await tabs.reload(tab.id), null)),
    exportAudit: () =>
      wish(async (tab) => {
        const scene = await look(tab);
        if (scene.kind !== 'judged') return null;
        ports.save(exportFile(scene.audit));
        return 'exported';
      }),
    openReport: () => wish(async (tab) => (await tabs.create({ url: `/report.html?tab=${tab.id}` }), null)),
    askClean: () =>
      wish(async (tab) => {
        change({ plan: await ask(runtime, 'previewClean', { tab: tab.id }), report: null });
        return null;
      }),
    cancelClean: () => change({ plan: null }),
    startClean: () =>
      wish(async (tab) => {
        const { plan } = state;
        if (plan === null) return null;
        change({ plan: null });
        const report = await ask(runtime, 'startClean', { tab: tab.id, hosts: plan.hosts.map(({ host }) => host) });
        // The page is being opened again, and nothing of it was seen yet: news will come.
        change({ report, ...(state.scene.kind === 'judged' ? { scene: { kind: 'unseen', status: state.scene.status } } : {}) });
        return 'cleaned';
      }),
  };
}
