/**
 * The conductor in the background: wires observers, relays and store, and answers the extension's pages.
 * Everything it knows can be read back, for the browser may stop it at any moment.
 */
import type { Browser, Runtime } from 'webextension-polyfill';
import { snapshotJar, observeCookies, readJar } from '../gather/browser/cookies.ts';
import type { GatherContext } from '../gather/browser/context.ts';
import { createDigester } from '../gather/browser/digest.ts';
import { segmentOf } from '../gather/browser/documents.ts';
import { observeNavigations } from '../gather/browser/navigations.ts';
import { observeRequests } from '../gather/browser/requests.ts';
import { createWatch, type WatchState } from '../gather/browser/watch.ts';
import { correlate } from '../gather/correlate/correlate.ts';
import { cleanUrl, hostOf } from '../gather/url.ts';
import type { Answer, Command, CommandName, Commands } from '../messaging/commands.ts';
import { RELAY_PORT, type DocumentHeader, type FromRelay, type ToRelay } from '../messaging/relay-protocol.ts';
import type { DocumentRef } from '../model/capture.ts';
import { bundledPolicy } from '../policy/bundled/index.ts';
import { normalisePolicy } from '../policy/normalise.ts';
import type { Policy } from '../policy/policy.ts';
import { loadSettings, newKey, saveSettings, type Settings } from '../settings/settings.ts';
import { openStore, type CaptureStore } from '../store/database.ts';
import { composeAudit } from './compose-audit.ts';
import { registerFrameScripts, registerTopScripts } from './content-scripts.ts';
import { extensionConditions, extensionTool } from './surroundings.ts';

const WATCH = 'watch';
/** Judge for the badge when nothing was observed for this long. */
const BADGE_AFTER = 1200; // milliseconds

interface Live extends GatherContext {
  settings: Settings;
  policy: Policy;
}

interface RelayConnection {
  port: Runtime.Port;
  ref: DocumentRef | null;
}

/** Starts the background. Registers every listener before its first `await`. */
export function startSession(browser: Browser, now: () => number = Date.now): void {
  const store = openStore(crypto.randomUUID(), () => undefined);
  const relays = new Set<RelayConnection>();
  const startedAt = now();
  let live: Live | null = null;
  let lastEvent = startedAt;
  let waiting: ((context: Live) => void)[] = [];

  const withContext = (use: (context: Live) => void): void => {
    if (live) use(live);
    else waiting.push(use);
  };
  const ready = (): Promise<Live> => new Promise((resolve) => withContext(resolve));

  observeRequests(browser, withContext);
  observeCookies(browser, withContext, now);
  observeNavigations(browser, withContext, (context) => {
    void snapshotJar(browser, context, 'navigation', now);
  });
  browser.runtime.onConnect.addListener(onConnect);
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
    const digester = createDigester(hexToBytes(settings.key), (name) => name === recordKey);
    const context: Live = {
      settings,
      policy,
      digester,
      watch: createWatch(policy.isSite, watched, (state) => {
        void browser.storage.session.set({ [WATCH]: state });
        void registerFrameScripts(browser, Object.keys(state.tabs).length > 0).catch(() => undefined);
      }),
      record(event) {
        touch();
        store.append(event);
      },
    };
    await registerTopScripts(browser, policy.sites);
    live = context;
    const queued = waiting;
    waiting = [];
    for (const use of queued) use(context);
  }

  function touch(): void {
    lastEvent = now();
    scheduleBadge();
  }

  // Relays -----------------------------------------------------------------

  function onConnect(port: Runtime.Port): void {
    if (port.name !== RELAY_PORT || port.sender?.id !== browser.runtime.id) return;
    const connection: RelayConnection = { port, ref: null };
    relays.add(connection);
    port.onDisconnect.addListener(() => relays.delete(connection));
    port.onMessage.addListener((message: unknown) => withContext((context) => fromRelay(context, connection, message as FromRelay)));
  }

  function fromRelay(context: Live, connection: RelayConnection, message: FromRelay): void {
    connection.ref = reference(connection.port, message.header);
    // What a document that began before the last clearing still tells would look like a recording with holes.
    if (message.header.timeOrigin < context.settings.since || !belongs(context, connection.ref)) {
      post(connection.port, { type: 'retire' });
      return;
    }
    if (message.type !== 'batch') return;
    touch();
    const segment = segmentOf(message, connection.ref, context.digester, now());
    // Acknowledged only when committed; a failed write is sent again with the relay's next connection.
    void store.put(segment).then(() => post(connection.port, { type: 'ack', first: message.first }));
  }

  function reference(port: Runtime.Port, header: DocumentHeader): DocumentRef {
    const sender = port.sender as (Runtime.MessageSender & { documentId?: string }) | undefined;
    return {
      document: String(header.document).slice(0, 64),
      tab: sender?.tab?.id ?? -1,
      frame: sender?.frameId ?? 0,
      documentId: sender?.documentId ?? null,
      url: cleanUrl(sender?.url ?? header.url),
      origin: header.origin,
      top: sender?.frameId === 0,
    };
  }

  function belongs(context: Live, ref: DocumentRef): boolean {
    return ref.top ? context.watch.isSite(hostOf(ref.url)) || context.watch.isWatched(ref.tab) : context.watch.isWatched(ref.tab);
  }

  function post(port: Runtime.Port, message: ToRelay): void {
    try {
      port.postMessage(message);
    } catch {
      // The document is gone; an acknowledgement that nobody hears does no harm.
    }
  }

  // Commands ---------------------------------------------------------------

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
        await reconfigure({ policy: command.policy, sites: command.sites, key: command.key ?? newKey(), since: 0 });
        withContext(({ record }) => record({ type: 'profile', time: now(), clean: command.clean }));
        return { ready: true };
      case 'step':
        context.record({ type: 'step', time: now(), index: command.index, reason: command.reason });
        await store.settled();
        return { done: true };
      case 'quiet':
        return { milliseconds: now() - lastEvent };
      case 'snapshot':
        await snapshotEverything(context);
        return { done: true };
      case 'mark':
        context.record({ type: 'mark', time: now(), tab: command.tab, state: command.state, categories: command.categories });
        await store.settled();
        return { done: true };
      case 'evidence':
        return evidence(context);
      case 'audit':
        await snapshotEverything(context);
        return audit(context, command.conditions);
      case 'status': {
        const host = hostOf(command.url);
        const { id, version } = context.policy.document;
        return {
          audited: context.policy.isSite(host),
          host,
          policy: { id, version },
          sites: context.policy.sites,
          added: context.settings.sites,
        };
      }
      case 'addSite':
        await reconfigure({ ...context.settings, sites: [...new Set([...context.settings.sites, command.host])] });
        return { done: true };
      case 'removeSite':
        await reconfigure({ ...context.settings, sites: context.settings.sites.filter((site) => site !== command.host) });
        return { done: true };
      case 'clear':
        await reconfigure({ ...context.settings, since: now() });
        await store.settled();
        await store.clear();
        context.record({ type: 'profile', time: now(), clean: await isClean(context) });
        return { done: true };
      default:
        throw new Error(`Unknown command.`);
    }
  }

  async function reconfigure(settings: Settings): Promise<void> {
    await saveSettings(browser, settings);
    await apply(settings, live?.watch.state() ?? null);
  }

  async function isClean(context: Live): Promise<boolean> {
    return (await readJar(browser)).every((cookie) => !context.watch.concernsCookie(cookie.domain.replace(/^\./, '')));
  }

  let snapshotRequest = 0;
  async function snapshotEverything(context: Live): Promise<void> {
    await snapshotJar(browser, context, 'request', now);
    const request = ++snapshotRequest;
    await Promise.all([...relays].filter(({ ref }) => ref !== null).map((relay) => storageLook(relay, request)));
    await store.settled();
  }

  /** Resolves when the relay's answer is stored, or when the document is gone. A frozen document keeps nobody waiting. */
  function storageLook(relay: RelayConnection, request: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, 1000);
      const { port } = relay;
      function done(): void {
        clearTimeout(timer);
        port.onMessage.removeListener(heard);
        port.onDisconnect.removeListener(done);
        resolve();
      }
      function heard(message: unknown): void {
        const batch = message as FromRelay;
        if (batch.type === 'batch' && batch.entries.some((text) => text.includes(`"request":${request}}`))) setTimeout(done, 0);
      }
      port.onMessage.addListener(heard);
      port.onDisconnect.addListener(done);
      post(port, { type: 'snapshot', request });
    });
  }

  async function evidence(context: Live) {
    await store.settled();
    return correlate(await store.all(), { isSite: context.policy.isSite });
  }

  async function audit(context: Live, conditions: Partial<Commands['audit']['ask']['conditions']>) {
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

  // Badge ------------------------------------------------------------------

  let badgeTimer: ReturnType<typeof setTimeout> | null = null;
  function scheduleBadge(): void {
    if (badgeTimer !== null) clearTimeout(badgeTimer);
    badgeTimer = setTimeout(() => {
      badgeTimer = null;
      void ready().then(showBadge);
    }, BADGE_AFTER);
  }

  async function showBadge(context: Live): Promise<void> {
    if (!context.watch.anyTab()) return;
    const { summary } = await audit(context, {});
    for (const tab of Object.keys(context.watch.state().tabs).map(Number)) {
      // The tab may be gone by now; then there is nothing to show.
      await browser.action.setBadgeText({ tabId: tab, text: summary.errors > 0 ? String(summary.errors) : '' }).catch(() => undefined);
      await browser.action.setBadgeBackgroundColor({ tabId: tab, color: '#b3261e' }).catch(() => undefined);
    }
  }
}

function hexToBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export type { CaptureStore };
