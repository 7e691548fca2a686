/**
 * The conductor in the background: wires observers, relays and store, and answers the extension's pages.
 * Everything it knows can be read back, for the browser may stop it at any moment.
 */
import type { Browser, Runtime } from 'webextension-polyfill';
import type { Source } from '../gather/browser/context.ts';
import { cleanJars, observeCookies, snapshotJars } from '../gather/browser/cookies.ts';
import { createDigester } from '../gather/browser/digest.ts';
import { observeNavigations } from '../gather/browser/navigations.ts';
import { observeRequests } from '../gather/browser/requests.ts';
import { createWatch, type WatchState } from '../gather/browser/watch.ts';
import { catalogue } from '../catalogue/index.ts';
import { correlate } from '../gather/correlate/correlate.ts';
import { hostOf } from '../gather/url.ts';
import type { Answer, Command, CommandName, Commands } from '../messaging/commands.ts';
import type { Audit, Conditions } from '../model/audit.ts';
import type { BrowserEvent } from '../model/capture.ts';
import type { Evidence } from '../model/evidence.ts';
import { bundledPolicy } from '../policy/bundled/index.ts';
import { normalisePolicy } from '../policy/normalise.ts';
import { keyBytes, loadSettings, newKey, saveSettings, type Settings } from '../settings/settings.ts';
import { createCaptures, type CaptureStore } from '../store/captures.ts';
import { openDisk } from '../store/database.ts';
import { sessionTable } from '../store/session-table.ts';
import { createBadge } from './badge.ts';
import { composeAudit, countErrors } from './compose-audit.ts';
import { registerOtherFrames, registerSiteScripts } from './content-scripts.ts';
import { createContinuity, unseenPages } from './continuity.ts';
import { watchTabs } from './known-tabs.ts';
import type { Live } from './live.ts';
import { createNews } from './news.ts';
import { createRelays } from './relays.ts';
import { previewClean, startClean } from './start-clean.ts';
import { statusOf } from './status.ts';
import { extensionConditions, extensionTool } from './surroundings.ts';

/** Which tabs and hosts are watched, in `storage.session`: of the recording on disk, and of private windows. */
const WATCH = 'watch';
const PRIVATE_WATCH = 'private-watch';

/** Chromium's way to let content scripts leave something in `storage.session`. */
interface OpenArea {
  setAccessLevel(options: { accessLevel: string }): Promise<void>;
}

/** Both recordings, as they are with the settings in force. */
interface Lives {
  kept: Live;
  hidden: Live;
}

/** Starts the background. Registers every listener before its first `await`. */
export function startSession(browser: Browser, now: () => number = Date.now): void {
  const instance = crypto.randomUUID();
  const startedAt = now();
  const news = createNews(now);
  const continuity = createContinuity(browser, now, (event) => kept.append(event));
  const kept = createCaptures(openDisk(continuity.opened), { instance, now, onTrouble: continuity.troubled });
  const tabs = watchTabs(browser, () =>
    withLives(({ hidden: { store, watch } }) => {
      watch.forget();
      void store.clear();
    }),
  );
  const hidden = createCaptures(sessionTable(browser.storage.session, tabs.anyPrivate), { instance, now, onTrouble: () => undefined });
  let lives: Lives | null = null;
  let waiting: ((known: Lives) => void)[] = [];
  let heirs = new Set<CaptureStore>(); // go on from an earlier background, and have not been told so yet

  const withLives = (use: (known: Lives) => void): void => {
    if (lives) use(lives);
    else waiting.push(use);
  };
  const withContext = (use: (context: Live) => void, of: Source): void =>
    withLives((known) => use(tabs.isPrivate(of) ? known.hidden : known.kept));
  const ready = (tab?: number): Promise<Live> =>
    new Promise((resolve) =>
      withLives((known) => resolve(tab !== undefined && tab >= 0 && tabs.isPrivate({ tabId: tab }) ? known.hidden : known.kept)),
    );
  const refreshBadge = createBadge(browser, async (context) => countErrors(await evidence(context), context.policy));
  const heard = (context: Live, event: BrowserEvent | null): void => {
    news.hear(event);
    refreshBadge(context);
  };
  const relays = createRelays({ browser, withContext, now, onBatch: (context) => heard(context, null) });

  observeRequests(browser, withContext);
  observeCookies(browser, withContext, now);
  observeNavigations(browser, withContext, now, (context) => {
    void snapshotJars(browser, context, 'navigation', now);
  });
  browser.runtime.onConnect.addListener(relays.connect);
  browser.runtime.onMessage.addListener(((message: unknown, sender: Runtime.MessageSender) => answer(message, sender)) as never);
  browser.storage.session.onChanged.addListener((changes) => {
    void relays.takeLeftBehind(Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue as unknown])));
  });
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install' && reason !== 'update') return;
    withLives(({ kept: { watch } }) => {
      void unseenPages(browser, watch.isSite, startedAt).then((found) => {
        for (const { tab, gap } of found) withContext((context) => context.record(gap), { tabId: tab });
      });
    });
  });
  void load();

  async function load(): Promise<void> {
    const [settings, session, livedBefore] = await Promise.all([
      loadSettings(browser),
      browser.storage.session.get([WATCH, PRIVATE_WATCH]),
      continuity.begin(),
    ]);
    if (livedBefore) heirs = new Set([kept, hidden]);
    // One that was watching has something to account for, whether anything is recorded again or not.
    if (session[WATCH]) tellStart(kept);
    if (session[PRIVATE_WATCH]) tellStart(hidden);
    await apply(settings, (key) => (session[key] as WatchState | undefined) ?? null);
    await relays.takeLeftBehind(await browser.storage.session.get(null));
  }

  function tellStart(store: CaptureStore): void {
    if (heirs.delete(store)) store.append({ type: 'background-start', time: startedAt });
  }

  async function apply(settings: Settings, watched: (key: string) => WatchState | null): Promise<void> {
    const policy = normalisePolicy(settings.policy ?? bundledPolicy, { sites: settings.sites });
    const recordKey = policy.document.consent?.record?.key;
    const digester = createDigester(keyBytes(settings.key), (name) => name === recordKey);
    const made = (store: CaptureStore, key: string): Live => {
      const context: Live = {
        settings,
        policy,
        store,
        sites: policy.sites,
        digester,
        private: store === hidden,
        dedicated: settings.dedicated,
        containerOf: tabs.containerOf,
        watch: createWatch(policy.isSite, watched(key), (state) => {
          void browser.storage.session.set({ [key]: state });
          // What cannot be registered now is tried with the next change.
          void registerOtherFrames(browser, policy.sites, settings.dedicated || anyTab()).catch(() => undefined);
        }),
        record(event) {
          // The one before may have been stopped before it could write down what it had begun to watch.
          tellStart(store);
          heard(context, event);
          store.append(event);
        },
      };
      return context;
    };
    const next: Lives = { kept: made(kept, WATCH), hidden: made(hidden, PRIVATE_WATCH) };
    const anyTab = (): boolean => next.kept.watch.anyTab() || next.hidden.watch.anyTab();
    // What was not written down before the browser stopped the background can be read off the tabs.
    const open = await tabs.learn();
    for (const { id, url, incognito } of open)
      if (id !== undefined && url && policy.isSite(hostOf(url)))
        next[incognito ? 'hidden' : 'kept'].watch.begin(id, hostOf(url), tabs.containerOf(id));
    await registerSiteScripts(browser, policy.sites);
    if (settings.dedicated || anyTab()) await registerOtherFrames(browser, policy.sites, true);
    await (browser.storage.session as Partial<OpenArea>).setAccessLevel?.({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' });
    lives = next;
    const queued = waiting;
    waiting = [];
    for (const use of queued) use(next);
  }

  function answer(message: unknown, sender: Runtime.MessageSender): Promise<Answer<CommandName>> | undefined {
    const command = message as Command;
    // Only the extension's own pages command; content scripts speak through their port.
    if (sender.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL(''))) return undefined;
    return ready('tab' in command && command.tab !== null ? command.tab : undefined)
      .then((context) => obey(context, command))
      .then(
        (value) => ({ ok: true, value }) as Answer<CommandName>,
        (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : String(error) }),
      );
  }

  async function obey(context: Live, command: Command): Promise<Commands[CommandName]['answer']> {
    const { store } = context;
    switch (command.command) {
      case 'configure':
        await forget(kept);
        await forget(hidden);
        await reconfigure({ policy: command.policy, sites: command.sites, key: command.key ?? newKey(), since: 0, dedicated: true });
        withContext(({ record }) => record({ type: 'profile', time: now(), clean: command.clean, dedicated: true }), {});
        await kept.settled();
        return { ready: true };
      case 'step':
        context.record({ type: 'step', time: now(), index: command.index, reason: command.reason });
        await store.settled();
        return { done: true };
      case 'quiet':
        await kept.settled();
        return { ...news.tell(), documents: relays.count() };
      case 'snapshot':
        await lookIntoEverything(context);
        return { done: true };
      case 'mark':
        context.record({
          type: 'mark',
          time: now(),
          ...tabs.containerOf(command.tab),
          tab: command.tab,
          state: command.state,
          categories: command.categories,
        });
        await store.settled();
        return { done: true };
      case 'evidence':
        return evidence(context);
      case 'audit':
        if (command.looked !== true) await lookIntoEverything(context);
        return audit(context, command.conditions);
      case 'status':
        return statusOf(context, command);
      case 'addSite':
        await reconfigure({ ...context.settings, sites: [...new Set([...context.settings.sites, command.host])] });
        return { done: true };
      case 'removeSite':
        await reconfigure({ ...context.settings, sites: context.settings.sites.filter((site) => site !== command.host) });
        return { done: true };
      case 'clear':
        await beginAnew(context, (current) => cleanJars(browser, current));
        return { done: true };
      case 'previewClean':
        return previewClean(await subject(context, command.tab));
      case 'startClean':
        return startClean(await subject(context, command.tab), command.hosts, (clean) =>
          beginAnew(context, async () => [{ clean, ...tabs.containerOf(command.tab) }], []),
        );
      default:
        throw new Error('Unknown command.');
    }
  }

  async function reconfigure(settings: Settings, of?: Live, hosts?: string[]): Promise<void> {
    await saveSettings(browser, settings);
    // Registered anew, with the sites as they are now.
    await registerOtherFrames(browser, [], false);
    await apply(settings, (key) => {
      const watched = lives?.[key === WATCH ? 'kept' : 'hidden'];
      return watched ? { ...watched.watch.state(), ...(hosts && watched.store === of?.store ? { hosts } : {}) } : null;
    });
  }

  /** Begins a new recording. @param look into jars; @param hosts those that still concern it; without them, all that did */
  async function beginAnew(context: Live, look: (context: Live) => ReturnType<typeof cleanJars>, hosts?: string[]): Promise<void> {
    await reconfigure({ ...context.settings, since: now() }, context, hosts);
    await forget(context.store);
    const current = lives?.[context.private ? 'hidden' : 'kept'] ?? context;
    for (const jar of await look(current)) current.record({ type: 'profile', time: now(), ...jar });
    await current.store.settled();
  }

  async function forget(store: CaptureStore): Promise<void> {
    await continuity.settled();
    await store.settled();
    await store.clear();
    if (store === kept) await continuity.cleared();
  }

  async function subject(context: Live, tab: number) {
    return { browser, policy: context.policy, evidence: await evidence(context), tab, untilGone: relays.untilGone };
  }

  async function lookIntoEverything(context: Live): Promise<void> {
    await snapshotJars(browser, context, 'request', now);
    await relays.lookEverywhere();
    await context.store.settled();
  }

  async function evidence({ store, policy }: Live): Promise<Evidence> {
    await relays.settled();
    await store.settled();
    return correlate(await store.all(), {
      isSite: policy.isSite,
      isTracked: (thing) => policy.matchKey(thing) !== null || catalogue.key(thing, () => true) !== null,
    });
  }

  async function audit(context: Live, conditions: Partial<Conditions>): Promise<Audit> {
    return composeAudit({
      ...judgedBy(context),
      evidence: await evidence(context),
      tool: await extensionTool(browser),
      conditions: { ...extensionConditions(), ...conditions },
      scenario: null,
      complete: true,
      endedAt: new Date(now()).toISOString(),
    });
  }
}

function judgedBy({ settings }: Live) {
  return { policy: settings.policy ?? bundledPolicy, sites: settings.sites };
}
