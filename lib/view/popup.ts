/** What the popup shows and does: asks the background, and tells each change as a whole new state. Knows no browser and no component. */
import type { Audit } from '../model/audit.ts';
import { ask, type ChoiceState, type Status } from '../messaging/commands.ts';
import { exportFile, type ExportFile } from './export-file.ts';
import { wasSeen } from './tab-audit.ts';
import { canBeAudited, subjectTab, type Tab, type Tabs } from './tab.ts';
import { createWishes, type WishState } from './wishes.ts';

// What the components need to know of the border.
export type { ChoiceState, Status };

/** What the popup has before it. */
export type Scene =
  | { kind: 'opening' }
  /** A page that is not audited. */
  | { kind: 'other'; status: Status; addable: boolean }
  /** An audited page of which nothing was seen yet: it was open before the audit began. */
  | { kind: 'unseen'; status: Status }
  | { kind: 'judged'; status: Status; audit: Audit };

/** What was just done at the person's wish. */
export type Done = 'marked' | 'added' | 'removed' | 'cleared' | 'exported';

export interface PopupState extends WishState<Done> {
  scene: Scene;
}

export const OPENING: PopupState = { scene: { kind: 'opening' }, busy: true, failure: null, done: null };

export interface PopupPorts {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  tabs: Tabs;
  /** Hands a file to the person. */
  save(file: ExportFile): void;
  /** Opens the report about a tab. */
  openReport(tab: number): Promise<void>;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

/** A page is quiet when nothing was observed for so long. */
const QUIET = 500; // milliseconds
/** How often quiet is waited for: a page that never is quiet is shown as it is. */
const MOST_WAITS = 10;

export interface Popup {
  /** The first look; followed by a second one if the page is still at work, for what it just did may not be stored yet. */
  open(): Promise<void>;
  /** Looks again. */
  refresh(): Promise<void>;
  /** A tab has loaded a page: looks again, when it is quiet, if it is the one that the popup speaks about. */
  pageLoaded(tab: number): Promise<void>;
  /** Says what the last choice on the page meant. */
  mark(state: ChoiceState): Promise<void>;
  addSite(): Promise<void>;
  removeSite(host: string): Promise<void>;
  /** Forgets what was gathered. */
  startOver(): Promise<void>;
  reloadPage(): Promise<void>;
  /** Judges once more, shows it, and saves exactly what is shown. */
  exportAudit(): Promise<void>;
  /** Opens the whole report in a tab of its own. */
  openReport(): Promise<void>;
}

/**
 * Starts in the state `OPENING`; `open` is the first thing to call. Wishes are fulfilled one after the other; none of them throws.
 * @param search the query of the popup's own URL: `?tab=<id>` names the tab instead of the active one
 */
export function createPopup(ports: PopupPorts, search: string, show: (state: PopupState) => void): Popup {
  const { runtime, tabs } = ports;
  let state = OPENING;

  function change(part: Partial<PopupState>): void {
    state = { ...state, ...part };
    show(state);
  }

  const wishes = createWishes<Done>(change);
  const wish = (fulfil: (tab: Tab) => Promise<Done | null>): Promise<void> =>
    wishes.wish(async () => fulfil(await subjectTab(tabs, search)));

  async function look(tab: Tab): Promise<Scene> {
    const url = tab.url ?? '';
    const status = await ask(runtime, 'status', { tab: tab.id, url });
    let scene: Scene = { kind: 'other', status, addable: canBeAudited(url) };
    if (status.audited) {
      const audit = await ask(runtime, 'audit', { conditions: {}, tab: tab.id });
      scene = wasSeen(audit, url, status) ? { kind: 'judged', status, audit } : { kind: 'unseen', status };
    }
    change({ scene });
    return scene;
  }

  /** A background that cannot say so will give its reason when it is asked to judge. */
  async function isQuiet(): Promise<boolean> {
    return ask(runtime, 'quiet', {}).then(
      ({ milliseconds }) => milliseconds >= QUIET,
      () => true,
    );
  }

  /** Not a wish: the person need not wait for it, and no button under their finger is taken away. */
  async function lookWhenQuiet(): Promise<void> {
    for (let waits = 0; waits < MOST_WAITS && !(await isQuiet()); waits++) await ports.wait(QUIET);
    await wishes.quietly(async () => void (await look(await subjectTab(tabs, search))));
  }

  const refresh = (): Promise<void> => wish(async (tab) => (await look(tab), null));

  return {
    refresh,
    async open() {
      const active = !(await isQuiet());
      await refresh();
      if (active && state.scene.kind !== 'other') await lookWhenQuiet();
    },
    async pageLoaded(id) {
      const tab = await subjectTab(tabs, search).catch(() => null); // A tab that is gone loads nothing.
      if (tab?.id === id) await lookWhenQuiet();
    },
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
    removeSite: (host) =>
      wish(async (tab) => {
        await ask(runtime, 'removeSite', { host });
        await look(tab);
        return 'removed';
      }),
    startOver: () =>
      wish(async (tab) => {
        await ask(runtime, 'clear', { tab: tab.id });
        await look(tab);
        return 'cleared';
      }),
    reloadPage: () => wish(async (tab) => (await tabs.reload(tab.id), null)),
    exportAudit: () =>
      wish(async (tab) => {
        const scene = await look(tab);
        if (scene.kind !== 'judged') return null;
        ports.save(exportFile(scene.audit));
        return 'exported';
      }),
    openReport: () => wish(async (tab) => (await ports.openReport(tab.id), null)),
  };
}
