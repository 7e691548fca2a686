/** The background's side of the relays: takes their batches, acknowledges what is stored, asks them to look. */
import type { Browser, Runtime } from 'webextension-polyfill';
import { segmentOf } from '../gather/browser/documents.ts';
import { cleanUrl, hostOf } from '../gather/url.ts';
import { RELAY_PORT, type DocumentHeader, type FromRelay, type ToRelay } from '../messaging/relay-protocol.ts';
import type { DocumentRef, DocumentSegment } from '../model/capture.ts';
import type { Live } from './live.ts';

/** A document that does not answer (frozen, busy) is not waited for longer than this. */
const PATIENCE = 1000; // milliseconds

export interface Relays {
  connect(port: Runtime.Port): void;
  /** Has every document look into its storage; resolves when the answers are taken. */
  lookEverywhere(): Promise<void>;
  /** Resolves when the documents that are in the tab now have ended, what they do while they are left included; or when patience has. */
  untilGone(tab: number): Promise<void>;
}

interface Surroundings {
  browser: Browser;
  withContext(use: (context: Live) => void): void;
  /** Resolves when committed. */
  put(segment: DocumentSegment): Promise<void>;
  now(): number;
  /** Called for every batch: something was observed. */
  onBatch(): void;
}

export function createRelays({ browser, withContext, put, now, onBatch }: Surroundings): Relays {
  const ports = new Set<Runtime.Port>();
  let request = 0;

  function hear(context: Live, port: Runtime.Port, message: FromRelay): void {
    const ref = reference(port, message.header);
    // What a document that began before the last clearing still tells would look like a recording with holes.
    if (message.header.timeOrigin < context.settings.since || !belongs(context, ref)) {
      ports.delete(port);
      post(port, { type: 'retire' });
      return;
    }
    ports.add(port);
    if (message.type !== 'batch') return;
    onBatch();
    put(segmentOf(message, ref, context.digester, now())).then(
      () => post(port, { type: 'ack', first: message.first }),
      // Not stored, so not acknowledged: the relay keeps it and sends it again with its next connection.
      () => undefined,
    );
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

  return {
    async untilGone(tab) {
      await Promise.all([...ports].filter(({ sender }) => sender?.tab?.id === tab).map(ended));
    },
    connect(port) {
      if (port.name !== RELAY_PORT || port.sender?.id !== browser.runtime.id) return;
      port.onDisconnect.addListener(() => ports.delete(port));
      port.onMessage.addListener((message: unknown) => withContext((context) => hear(context, port, message as FromRelay)));
    },
    async lookEverywhere() {
      const wanted = ++request;
      await Promise.all([...ports].map((port) => look(port, wanted)));
    },
  };
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
