/** The isolated world's part in each document: hears the page's claims, adds what it sees itself, passes both on. */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, REOPENED_EVENT, TALLY_EVENT, type StorageArea } from '../channel.ts';
import { STORE_KINDS } from '../store-claim.ts';
import { LEFT_BEHIND, type DocumentHeader, type RelayEvent, type ToRelay } from '../../messaging/relay-protocol.ts';
import { requestsIn } from './cache-additions.ts';
import { clockBehind } from './clock.ts';
import { watchControls } from './controls.ts';
import { givenContent } from './given-content.ts';
import { assignedIn } from './markup.ts';
import { createQueue, type RelayPort } from './queue.ts';
import { createInsertionWatch, watchResources } from './resources.ts';
import { watchRoutes } from './routes.ts';
import { createSnapshots } from './storage-snapshot.ts';
import { createStoreLooks } from './store-looks.ts';

const AREAS: StorageArea[] = ['localStorage', 'sessionStorage'];
/** Look into storage this long after a storage claim: what is still there then was stored. */
const LOOK_AFTER = 60; // milliseconds

/** What no hook saw is found by looking, whether anything was claimed or not. */
const LOOK_EVERY = 2000; // milliseconds
/** A look that takes long is taken less often: of the document's time it has this part at most. */
const SHARE = 1 / 500;

/** What the relay needs of the extension's APIs. */
export interface RelayBrowser {
  runtime: { connect(info: { name: string }): RelayPort };
  /** Its `session` area, which not every browser lets content scripts use. */
  storage?: { session?: { set(items: Record<string, unknown>): Promise<void> } };
  extension?: { inIncognitoContext?: boolean };
}

export function startRelay(browser: RelayBrowser): void {
  const behind = clockBehind();
  const header: DocumentHeader = {
    // `randomUUID` is there in secure contexts only: https://w3c.github.io/webcrypto/#Crypto-method-randomUUID
    document: Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-'),
    url: location.href,
    origin: self.origin,
    ancestors: ancestors(),
    credentialless: (window as { credentialless?: boolean }).credentialless === true,
    top: window === window.top,
    timeOrigin: performance.timeOrigin + behind(),
    private: browser.extension?.inIncognitoContext === true,
    place: null,
  };
  let task = 0;
  let taskOpen = false;
  const taskEnd = new MessageChannel();
  taskEnd.port1.onmessage = () => {
    taskOpen = false;
  };
  const currentTask = (): number => {
    if (!taskOpen) {
      taskOpen = true;
      task++;
      taskEnd.port2.postMessage(null);
    }
    return task;
  };

  const look = createSnapshots();
  const queue = createQueue(
    header,
    (name) => browser.runtime.connect({ name }),
    onCommand,
    (batch) => {
      // Where content scripts may not, the connection is all there is.
      browser.storage?.session?.set({ [`${LEFT_BEHIND}${header.document}:${batch.first}`]: batch }).catch(() => undefined);
    },
    behind,
  );
  const push = (event: RelayEvent): void =>
    queue.push(`{"task":${currentTask()},"event":${JSON.stringify(event)}}`, event.type === 'route' ? event.type : undefined);
  // Frames have no address of their own to a visitor: only a page has routes.
  const noticeRoute = header.top ? watchRoutes(push) : (): void => undefined;
  const tell = (event: RelayEvent): void => {
    noticeRoute();
    push(event);
  };
  /** Areas with claims since the last look: what it finds unchanged was refused. */
  const claimed = new Set<StorageArea>();
  const lookInto = (request: number | null): void => {
    for (const area of AREAS) {
      const snapshot = look(area, request, claimed.delete(area));
      if (snapshot) tell(snapshot);
    }
  };

  /** Has the hooks tell what they only counted, so that it stands before what is found. */
  const takeStock = (request: number | null): void => {
    page.tally();
    lookInto(request);
  };

  function lookInTime(): void {
    const begun = performance.now();
    lookInto(null);
    looking = setTimeout(lookInTime, Math.max(LOOK_EVERY, (performance.now() - begun) / SHARE));
  }

  let lookPending = false;
  const lookSoon = (): void => {
    if (lookPending) return;
    lookPending = true;
    setTimeout(() => {
      lookPending = false;
      lookInto(null);
    }, LOOK_AFTER);
  };

  const stores = createStoreLooks(tell, () => page.tally());

  function onCommand(command: ToRelay): void {
    if (command.type === 'snapshot') {
      takeStock(command.request);
      void stores.look(command.request).then(() => {
        tell({ type: 'looked', request: command.request, time: performance.timeOrigin + performance.now() });
        queue.flush();
      });
    } else if (command.type === 'retire') {
      queue.stop();
      clearTimeout(looking);
    }
  }

  const prerendered = (document as { prerendering?: boolean }).prerendering === true;
  tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: prerendered ? 'prerender' : 'start' });
  const content = givenContent();
  if (content !== null) tell({ type: 'given-content', time: performance.timeOrigin + performance.now(), url: content });
  const page = hearPage((claim) => {
    noticeRoute();
    for (const one of claim.startsWith('{"type":"markup"') ? assignedIn(claim) : [claim, ...requestsIn(claim)])
      // First its own key, last ours: whatever else a forged text holds, it stays a claim of this task.
      queue.push(`{"claim":${one},"task":${currentTask()}}`, 'claim');
    const area = AREAS.find((one) => claim.startsWith(`{"type":"storage","area":"${one}"`));
    if (area) {
      claimed.add(area);
      lookSoon();
    } else if (claim.startsWith('{"type":"store'))
      for (const kind of STORE_KINDS) if (claim.includes(`"kind":"${kind}"`)) stores.soon(kind);
  });
  lookInto(null);
  void stores.look(null);
  let looking = setTimeout(lookInTime, LOOK_EVERY);
  const insertions = createInsertionWatch(tell);
  const listenToControls = watchControls(
    () => takeStock(null),
    (control) => {
      insertions.arm();
      tell(control);
      queue.flush();
    },
  );
  watchResources(tell);
  const hidden = ({ persisted }: PageTransitionEvent): void => {
    takeStock(null);
    tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: 'hide' });
    // The page's own listeners come after this one, and may still write.
    // Only where something can be left behind may the connection end before the page's own listeners have run.
    queue.leave(persisted && browser.storage?.session !== undefined);
  };
  const shown = (): void => tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: 'show' });
  const cameBack = (event: PageTransitionEvent): void => {
    if (!event.persisted) return;
    shown();
    queue.comeBack();
  };
  const listen = (): void => {
    // Before any listener of the page, which could keep the event from others.
    addEventListener('pagehide', hidden, { capture: true });
    addEventListener('pageshow', cameBack, { capture: true });
    document.addEventListener('prerenderingchange', shown, { capture: true });
    listenToControls();
  };
  listen();
  // `document.open` empties the document and removes every listener from it and from its window; observers stay.
  new MutationObserver((records) => {
    if (!records.some(({ removedNodes }) => removedNodes.length > 0)) return;
    listen();
    page.reopened();
  }).observe(document, { childList: true });
}

/** Chromium keeps storage apart by all that is around a frame, Firefox by the page alone; older Firefox does not say. */
function ancestors(): string[] {
  const around = Array.from((location as { ancestorOrigins?: DOMStringList }).ancestorOrigins ?? []);
  return 'credentialless' in window ? around : around.slice(-1);
}

/**
 * Takes the port that the page's hooks offer; `onClaim` runs synchronously inside the hooked call.
 * @returns asks the hooks to tell what they only counted, and tells them that the document may have been opened anew
 */
function hearPage(onClaim: (text: string) => void): { tally(): void; reopened(): void } {
  // Outside the document's tree, where no listener of the page can be yet: see gather/page/report.ts.
  const meeting: EventTarget = document.fonts;
  let taken: EventTarget | null = null;
  const take = (event: Event): void => {
    event.stopImmediatePropagation();
    const port = (event as MessageEvent).ports[0];
    if (!port) return;
    taken = port;
    meeting.removeEventListener(CHANNEL_EVENT, take, true);
    // Answers the hooks' question whether somebody took their offer.
    port.addEventListener(CHANNEL_EVENT, () => port.dispatchEvent(new MessageEvent(READY_EVENT)));
    port.addEventListener(
      CLAIM_EVENT,
      (claim) => {
        const text: unknown = (claim as MessageEvent).data;
        if (typeof text === 'string') onClaim(text);
      },
      true,
    );
  };
  meeting.addEventListener(CHANNEL_EVENT, take, true);
  meeting.dispatchEvent(new MessageEvent(READY_EVENT));
  const ask = (event: string) => (): void => void taken?.dispatchEvent(new MessageEvent(event));
  return { tally: ask(TALLY_EVENT), reopened: ask(REOPENED_EVENT) };
}
