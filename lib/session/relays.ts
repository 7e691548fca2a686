/** The background's side of the relays: takes their batches, acknowledges what is stored, asks them to look. */
import type { Browser, Runtime } from 'webextension-polyfill';
import type { Source } from '../gather/browser/context.ts';
import { inContainer } from '../gather/browser/container.ts';
import { segmentOf } from '../gather/browser/documents.ts';
import { isLeaving } from '../gather/leaving.ts';
import { partitionOf } from '../gather/partition.ts';
import { cleanUrl, hostOf } from '../gather/url.ts';
import {
  LEFT_BEHIND,
  RELAY_PORT,
  type Batch,
  type DocumentHeader,
  type DocumentPlace,
  type FromRelay,
  type ToRelay,
} from '../messaging/relay-protocol.ts';
import type { DocumentRef } from '../model/capture.ts';
import type { Live } from './live.ts';

/** A document that does not answer (frozen, busy) is not waited for longer than this. */
const PATIENCE = 1000; // milliseconds

export interface Relays {
  connect(port: Runtime.Port): void;
  /** Takes what documents left behind when they ended, of what is in `storage.session`: all of it when the background starts, then what is new. */
  takeLeftBehind(stored: Record<string, unknown>): Promise<void>;
  /** Has every document look into its storage; resolves when the answers are taken. */
  lookEverywhere(): Promise<void>;
  /** Resolves when the documents that are in the tab now have ended, what they do while they are left included; or when patience has. */
  untilGone(tab: number): Promise<void>;
  /** Resolves when the ends of documents that were heard of by now are recorded. */
  settled(): Promise<void>;
  /** Documents that are connected. */
  count(): number;
}

/** Who speaks through a connection. */
interface Speaker {
  document: string;
  /** The recording that it belongs to: its last words do too, when its tab has gone elsewhere already. */
  context: Live;
  /** It said that it is being left, or that it was not shown yet: its end is none that needs a word. */
  leaving: boolean;
}

interface Surroundings {
  browser: Browser;
  withContext(use: (context: Live) => void, of: Source): void;
  now(): number;
  /** Called for every batch: something was observed. */
  onBatch(context: Live): void;
}

export function createRelays({ browser, withContext, now, onBatch }: Surroundings): Relays {
  const ports = new Map<Runtime.Port, Speaker>();
  const ends = new Set<Promise<void>>();
  let request = 0;

  function hear(context: Live, port: Runtime.Port, message: FromRelay): void {
    const ref = reference(port, message.header);
    const known = ports.get(port);
    // What a document that began before the last clearing still tells would look like a recording with holes.
    if (message.header.timeOrigin < context.settings.since || (known?.context !== context && !belongs(context, ref))) {
      ports.delete(port);
      post(port, { type: 'retire' });
      return;
    }
    const speaker = { document: ref.document, context, leaving: known?.leaving ?? false };
    ports.set(port, speaker);
    if (message.type === 'hello') {
      post(port, { type: 'place', place: { tab: ref.tab, frame: ref.frame, documentId: ref.documentId } });
      return;
    }
    onBatch(context);
    const segment = segmentOf(message, ref, context.digester, now());
    speaker.leaving = isLeaving(segment.events) ?? speaker.leaving;
    context.store.put(segment).then(
      () => post(port, { type: 'ack', first: message.first }),
      // Not stored, so not acknowledged: the relay keeps it and sends it again with its next connection.
      () => undefined,
    );
  }

  async function end(port: Runtime.Port, time: number): Promise<void> {
    const speaker = ports.get(port);
    ports.delete(port);
    const { id: tab, cookieStoreId } = port.sender?.tab ?? {};
    if (!speaker || speaker.leaving || tab === undefined) return;
    // A tab that is closed takes its frames and pop-ups along before they can speak; one whose page crashed is still there.
    const closed = await browser.tabs.get(tab).then(
      () => false,
      () => true,
    );
    speaker.context.record({ type: 'unheard-end', time, ...inContainer(cookieStoreId), document: speaker.document, closed });
  }

  function look(port: Runtime.Port, wanted: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, PATIENCE);
      function done(): void {
        clearTimeout(timer);
        port.onMessage.removeListener(heard);
        port.onDisconnect.removeListener(done);
        resolve();
      }
      function heard(message: unknown): void {
        const batch = message as FromRelay;
        if (batch.type === 'batch' && batch.entries.some((text) => text.includes(`"type":"looked","request":${wanted},`)))
          setTimeout(done, 0);
      }
      port.onMessage.addListener(heard);
      port.onDisconnect.addListener(done);
      post(port, { type: 'snapshot', request: wanted });
    });
  }

  function ended(port: Runtime.Port): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      port.onDisconnect.addListener(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async function take(key: string, { header, ...batch }: Batch): Promise<void> {
    const ref = referenceOf(header, header.place ?? { tab: -1, frame: 0, documentId: null }, header.url);
    const context = await new Promise<Live>((resolve) => withContext(resolve, { incognito: header.private }));
    // Its place was told to a document that belongs, in whatever its tab has gone on to.
    if (header.timeOrigin >= context.settings.since && (header.place || belongs(context, ref) || context.watch.isSite(hostOf(ref.url)))) {
      onBatch(context);
      await context.store.put(segmentOf({ ...batch, header }, ref, context.digester, now()));
    }
    await browser.storage.session.remove(key);
  }

  return {
    async untilGone(tab) {
      await Promise.all([...ports.keys()].filter(({ sender }) => sender?.tab?.id === tab).map(ended));
    },
    async takeLeftBehind(stored) {
      // What is new may also be that something was removed.
      const left = Object.entries(stored).filter(([key, batch]) => key.startsWith(LEFT_BEHIND) && batch !== undefined);
      for (const [key, batch] of left) await take(key, batch as Batch);
    },
    connect(port) {
      if (port.name !== RELAY_PORT || port.sender?.id !== browser.runtime.id) return;
      const { tab } = port.sender;
      port.onDisconnect.addListener(() => {
        const time = now();
        // After what it said before.
        withContext(() => {
          const ending = end(port, time).finally(() => ends.delete(ending));
          ends.add(ending);
        }, {});
      });
      port.onMessage.addListener((message: unknown) => {
        const said = message as FromRelay;
        // Where its tab was closed meanwhile, the document alone knows.
        withContext((context) => hear(context, port, said), { incognito: tab?.incognito ?? said.header.private });
      });
    },
    async lookEverywhere() {
      const wanted = ++request;
      await Promise.all([...ports.keys()].map((port) => look(port, wanted)));
    },
    async settled() {
      await Promise.all(ends);
    },
    count: () => ports.size,
  };
}

function reference(port: Runtime.Port, header: DocumentHeader): DocumentRef {
  const sender = port.sender as (Runtime.MessageSender & { documentId?: string }) | undefined;
  const place = { tab: sender?.tab?.id ?? -1, frame: sender?.frameId ?? 0, documentId: sender?.documentId ?? null };
  return { ...referenceOf(header, place, addressOf(sender?.url, header.url)), ...inContainer(sender?.tab?.cookieStoreId) };
}

/** The browser's word for whose document it is; the document's own for the address with which it began, which routes change. */
function addressOf(told: string | undefined, own: string): string {
  const same = told !== undefined && /^https?:/.test(told) && URL.canParse(own) && new URL(own).origin === new URL(told).origin;
  return told === undefined || same ? own : told;
}

function referenceOf(header: DocumentHeader, place: DocumentPlace, url: string): DocumentRef {
  const partition = partitionOf(header);
  return {
    document: String(header.document).slice(0, 64),
    ...place,
    url: cleanUrl(url),
    origin: header.origin,
    ...(partition !== undefined && { partition }),
    // As the document itself knows: a prerendered page is numbered like a frame, and who was told no place has no number.
    top: header.top,
  };
}

function belongs({ watch }: Live, ref: DocumentRef): boolean {
  // An empty pop-up is of the site that opened it.
  return watch.isWatched(ref.tab) || (ref.top && watch.isSite(hostOf(ref.url) || hostOf(ref.origin)));
}

function post(port: Runtime.Port, message: ToRelay): void {
  try {
    port.postMessage(message);
  } catch {
    // The document is gone; an acknowledgement that nobody hears does no harm.
  }
}
