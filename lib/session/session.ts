/**
 * The conductor in the background: wires observers, relays and store, and answers the extension's pages.
 * Everything it knows can be read back, for the browser may stop it at any moment.
 */
import type { Browser, Runtime } from 'webextension-polyfill';
import { observeCookies, readJar, snapshotJar } from '../gather/browser/cookies.ts';
import { createDigester } from '../gather/browser/digest.ts';
import { observeNavigations } from '../gather/browser/navigations.ts';
import { observeRequests } from '../gather/browser/requests.ts';
import { createWatch, type WatchState } from '../gather/browser/watch.ts';
import { catalogue } from '../catalogue/index.ts';
import { correlate } from '../gather/correlate/correlate.ts';
import { hostOf } from '../gather/url.ts';
import type { Answer, Command, CommandName, Commands } from '../messaging/commands.ts';
import type { Audit, Conditions } from '../model/audit.ts';
import type { Evidence } from '../model/evidence.ts';
import { bundledPolicy } from '../policy/bundled/index.ts';
import { normalisePolicy } from '../policy/normalise.ts';
import { loadSettings, newKey, saveSettings, type Settings } from '../settings/settings.ts';
import { openStore } from '../store/database.ts';
import { createBadge } from './badge.ts';
import { composeAudit } from './compose-audit.ts';
import { registerOtherFrames, registerSiteScripts } from './content-scripts.ts';
import type { Live } from './live.ts';
import { createRelays } from './relays.ts';
import { previewClean, startClean } from './start-clean.ts';
import { extensionConditions, extensionTool } from './surroundings.ts';

const WATCH = 'watch';

/** Starts the background. Registers every listener before its first `await`. */
export function startSession(browser: Browser, now: () => number = Date.now): void {
  // Events of a failed write stay queued and are tried again with the next one.
  const store = openStore(crypto.randomUUID(), () => undefined);
  const startedAt = now();
  let live: Live | null = null;
  let lastEvent = startedAt;
  let events = 0;
  let waiting: ((context: Live) => void)[] = [];

  const withContext = (use: (context: Live) => void): void => {
    if (live) use(live);
    else waiting.push(use);
  };
  const ready = (): Promise<Live> => new Promise((resolve) => withContext(resolve));
  const refreshBadge = createBadge(browser, ready, (context) => audit(context, {}));
  const touch = (): void => {
    lastEvent = now();
    events += 1;
    refreshBadge();
  };
  const relays = createRelays({ browser, withContext, put: store.put, now, onBatch: touch });

  observeRequests(browser, withContext);
  observeCookies(browser, withContext, now);
  observeNavigations(browser, withContext, (context) => {
    void snapshotJar(browser, context, 'navigation', now);
  });
  browser.runtime.onConnect.addListener(relays.connect);
  browser.runtime.onMessage.addListener(((message: unknown, sender: Runtime.MessageSender) => answer(message, sender)) as never);
  void load();

  async function load(): Promise<void> {
    const [settings, session] = await Promise.all([loadSettings(browser), browser.storage.session.get(WATCH)]);
    // Only a background that was watching before has anything to account for.
    const watched = (session[WATCH] as WatchState | undefined) ?? null;
    if (watched) store.append({ type: 'background-start', time: startedAt });
    await apply(settings, watched);
  }

  async function apply(settings: Settings, watched: WatchState | null): Promise<void> {
    const policy = normalisePolicy(settings.policy ?? bundledPolicy, { sites: settings.sites });
    const recordKey = policy.document.consent?.record?.key;
    const context: Live = {
      settings,
      policy,
      digester: createDigester(hexToBytes(settings.key), (name) => name === recordKey),
      watch: createWatch(policy.isSite, watched, (state) => {
        void browser.storage.session.set({ [WATCH]: state });
        // Two changes at once may both register; the scripts are there either way.
        void registerOtherFrames(browser, policy.sites, settings.dedicated || Object.keys(state.tabs).length > 0).catch(() => undefined);
      }),
      record(event) {
        touch();
        store.append(event);
      },
    };
    // What was not written down before the browser stopped the background can be read off the tabs.
    for (const { id, url } of await browser.tabs.query({}))
      if (id !== undefined && url && policy.isSite(hostOf(url))) context.watch.begin(id, hostOf(url));
    await registerSiteScripts(browser, policy.sites);
    if (settings.dedicated || context.watch.anyTab()) await registerOtherFrames(browser, policy.sites, true);
    live = context;
    const queued = waiting;
    waiting = [];
    for (const use of queued) use(context);
  }

  function answer(message: unknown, sender: Runtime.MessageSender): Promise<Answer<CommandName>> | undefined {
    const command = message as Command;
    // Only the extension's own pages command; content scripts speak through their port.
    if (sender.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL(''))) return undefined;
    return ready()
      .then((context) => obey(context, command))
      .then(
        (value) => ({ ok: true, value }) as Answer<CommandName>,
        (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : String(error) }),
      );
  }

  async function obey(context: Live, command: Command): Promise<Commands[CommandName]['answer']> {
    switch (command.command) {
      case 'configure':
        await store.settled();
        await store.clear();
        await reconfigure({ policy: command.policy, sites: command.sites, key: command.key ?? newKey(), since: 0, dedicated: true });
        withContext(({ record }) => record({ type: 'profile', time: now(), clean: command.clean }));
        return { ready: true };
      case 'step':
        context.record({ type: 'step', time: now(), index: command.index, reason: command.reason });
        await store.settled();
        return { done: true };
      case 'quiet':
        return { milliseconds: now() - lastEvent, seen: `${startedAt}-${events}` };
      case 'snapshot':
        await lookIntoEverything(context);
        return { done: true };
      case 'mark':
        context.record({ type: 'mark', time: now(), tab: command.tab, state: command.state, categories: command.categories });
        await store.settled();
        return { done: true };
      case 'evidence':
        return evidence(context);
      case 'audit':
        if (command.looked !== true) await lookIntoEverything(context);
        return audit(context, command.conditions);
      case 'status':
        return statusOf(context, command.url);
      case 'addSite':
        await reconfigure({ ...context.settings, sites: [...new Set([...context.settings.sites, command.host])] });
        return { done: true };
      case 'removeSite':
        await reconfigure({ ...context.settings, sites: context.settings.sites.filter((site) => site !== command.host) });
        return { done: true };
      case 'clear':
        await forget(context, isClean);
        return { done: true };
      case 'previewClean':
        return previewClean(await subject(context, command.tab));
      case 'startClean':
        return startClean(await subject(context, command.tab), command.hosts, (clean) => forget(context, async () => clean, []));
      default:
        throw new Error('Unknown command.');
    }
  }

  async function reconfigure(settings: Settings, hosts?: string[]): Promise<void> {
    await saveSettings(browser, settings);
    // Registered anew, with the sites as they are now.
    await registerOtherFrames(browser, [], false);
    const watched = live?.watch.state() ?? null;
    await apply(settings, watched && { ...watched, hosts: hosts ?? watched.hosts });
  }

  /** Begins a new recording. @param hosts those that still concern it; without them, all that did */
  async function forget(context: Live, clean: (context: Live) => Promise<boolean>, hosts?: string[]): Promise<void> {
    await reconfigure({ ...context.settings, since: now() }, hosts);
    await store.settled();
    await store.clear();
    (live ?? context).record({ type: 'profile', time: now(), clean: await clean(context) });
  }

  async function subject(context: Live, tab: number) {
    return { browser, policy: context.policy, evidence: await evidence(context), tab, untilGone: relays.untilGone };
  }

  async function isClean({ watch }: Live): Promise<boolean> {
    return (await readJar(browser)).every((cookie) => !watch.concernsCookie(cookie.domain.replace(/^\./, '')));
  }

  async function lookIntoEverything(context: Live): Promise<void> {
    await snapshotJar(browser, context, 'request', now);
    await relays.lookEverywhere();
    await store.settled();
  }

  async function evidence(context: Live): Promise<Evidence> {
    await store.settled();
    const { policy } = context;
    return correlate(await store.all(), {
      isSite: policy.isSite,
      isTracked: (thing) => policy.matchKey(thing) !== null || catalogue.key(thing, () => true) !== null,
    });
  }

  async function audit(context: Live, conditions: Partial<Conditions>): Promise<Audit> {
    return composeAudit({
      evidence: await evidence(context),
      policy: context.settings.policy ?? bundledPolicy,
      sites: context.settings.sites,
      tool: await extensionTool(browser),
      conditions: { ...extensionConditions(), ...conditions },
      scenario: null,
      complete: true,
      endedAt: new Date(now()).toISOString(),
    });
  }
}

function statusOf({ policy, settings }: Live, url: string): Commands['status']['answer'] {
  const host = hostOf(url);
  const { id, version } = policy.document;
  return { audited: policy.isSite(host), host, policy: { id, version }, sites: policy.sites, added: settings.sites };
}

function hexToBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
