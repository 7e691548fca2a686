/** The isolated world's part in each document: hears the page's claims, adds what it sees itself, passes both on. */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, TALLY_EVENT, type StorageArea } from '../channel.ts';
import { STORE_KINDS } from '../store-claim.ts';
import type { DocumentHeader, RelayEvent, ToRelay } from '../../messaging/relay-protocol.ts';
import { watchControls } from './controls.ts';
import { createQueue, type RelayPort } from './queue.ts';
import { createInsertionWatch, watchResources } from './resources.ts';
import { createSnapshots } from './storage-snapshot.ts';
import { createStoreLooks } from './store-looks.ts';

const AREAS: StorageArea[] = ['localStorage', 'sessionStorage'];
/** Look into storage this long after a storage claim: what is still there then was stored. */
const LOOK_AFTER = 60; // milliseconds

export function startRelay(connect: (name: string) => RelayPort): void {
  const header: DocumentHeader = {
    document: crypto.randomUUID(),
    url: location.href,
    origin: self.origin,
    top: window === window.top,
    timeOrigin: performance.timeOrigin,
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
  const queue = createQueue(header, connect, onCommand);
  const pass = (event: string): void => queue.push(`{"task":${currentTask()},"event":${event}}`);
  const tell = (event: RelayEvent): void => pass(JSON.stringify(event));
  const lookInto = (request: number | null): void => {
    for (const area of AREAS) {
      const snapshot = look(area, request);
      if (snapshot) tell(snapshot);
    }
  };

  let lookPending = false;
  const lookSoon = (): void => {
    if (lookPending) return;
    lookPending = true;
    setTimeout(() => {
      lookPending = false;
      lookInto(null);
    }, LOOK_AFTER);
  };

  const stores = createStoreLooks(tell, () => askTally());

  function onCommand(command: ToRelay): void {
    if (command.type === 'snapshot') {
      askTally();
      lookInto(command.request);
      void stores.look(command.request).then(() => {
        tell({ type: 'looked', request: command.request, time: performance.timeOrigin + performance.now() });
        queue.flush();
      });
    } else if (command.type === 'retire') queue.stop();
  }

  tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: 'start' });
  const askTally = hearPage((claim) => {
    pass(claim);
    if (claim.includes('"type":"storage"')) lookSoon();
    else if (claim.startsWith('{"type":"store')) for (const kind of STORE_KINDS) if (claim.includes(`"kind":"${kind}"`)) stores.soon(kind);
  });
  lookInto(null);
  void stores.look(null);
  const insertions = createInsertionWatch(tell);
  watchControls((control) => {
    insertions.arm();
    askTally();
    tell(control);
    queue.flush();
  });
  watchResources(tell);
  addEventListener('pagehide', () => {
    askTally();
    lookInto(null);
    tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: 'hide' });
    // The page's own listeners come after this one, and may still write.
    queue.leaving(true);
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    queue.leaving(false);
    tell({ type: 'lifecycle', time: performance.timeOrigin + performance.now(), state: 'show' });
    queue.reconnect();
  });
}

/**
 * Takes the port that the page's hooks offer; `onClaim` runs synchronously inside the hooked call.
 * @returns asks the hooks to tell what they only counted
 */
function hearPage(onClaim: (text: string) => void): () => void {
  let taken: MessagePort | null = null;
  const take = (event: Event): void => {
    event.stopImmediatePropagation();
    const port = (event as MessageEvent).ports[0];
    if (!port) return;
    document.removeEventListener(CHANNEL_EVENT, take, true);
    taken = port;
    // Answers the hooks' question whether somebody took their offer.
    port.addEventListener(CHANNEL_EVENT, () => port.dispatchEvent(new MessageEvent(READY_EVENT)));
    port.addEventListener(CLAIM_EVENT, (claim) => {
      const text: unknown = (claim as MessageEvent).data;
      if (typeof text === 'string') onClaim(text);
    });
  };
  document.addEventListener(CHANNEL_EVENT, take, true);
  document.dispatchEvent(new MessageEvent(READY_EVENT));
  return () => taken?.dispatchEvent(new MessageEvent(TALLY_EVENT));
}
