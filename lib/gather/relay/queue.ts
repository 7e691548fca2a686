/** Keeps entries until the background has stored them: numbered, in batches, sent again after every reconnect. */
import { RELAY_PORT, type Batch, type DocumentHeader, type FromRelay, type ToRelay } from '../../messaging/relay-protocol.ts';

/** What the queue needs of `runtime.Port`. */
export interface RelayPort {
  postMessage(message: FromRelay): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

const FLUSH_AFTER = 40; // milliseconds
const BATCH = 200; // entries
/** Claims of one document; what a page does beyond that is a flood, and is counted as dropped. */
export const MOST_CLAIMS = 20_000;
/** Entries held while nothing is acknowledged; beyond it they are counted as dropped. */
const MOST_PENDING = 200_000;

export interface Queue {
  /** @param claim the page's word, of which there may be too much; what the relay saw itself is always kept */
  push(entry: string, claim?: boolean): void;
  /** Sends what is waiting now, without waiting for the timer. */
  flush(): void;
  /** Drops the connection's state and sends everything unacknowledged again (bfcache, worker restart). */
  reconnect(): void;
  /** While the document is leaving, no timer will run any more: every entry goes at once. */
  leaving(is: boolean): void;
  stop(): void;
}

export function createQueue(
  header: DocumentHeader,
  connect: (name: string) => RelayPort,
  onCommand: (command: ToRelay) => void,
  schedule: (run: () => void, milliseconds: number) => unknown = setTimeout,
): Queue {
  let port: RelayPort | null = null;
  let next = 1;
  let open: string[] = [];
  let openFirst = 1;
  let dropped = 0;
  let waiting = false;
  let stopped = false;
  let held = 0;
  let claims = 0;
  let atOnce = false;
  const pending = new Map<number, Batch>();

  function connection(): RelayPort | null {
    if (port || stopped) return port;
    let fresh: RelayPort;
    try {
      fresh = connect(RELAY_PORT);
    } catch {
      // The extension was reloaded or removed: this document can tell nobody any more.
      stopped = true;
      return null;
    }
    port = fresh;
    fresh.onMessage.addListener((message) => {
      const command = message as ToRelay;
      if (command.type === 'ack') {
        held -= pending.get(command.first)?.entries.length ?? 0;
        pending.delete(command.first);
      } else onCommand(command);
    });
    fresh.onDisconnect.addListener(() => {
      if (port !== fresh) return;
      port = null;
      // The worker was stopped. Coming back at once wakes it and delivers what it has not stored.
      if (pending.size > 0) schedule(() => connection(), 0);
    });
    fresh.postMessage({ type: 'hello', header });
    for (const batch of pending.values()) fresh.postMessage(batch);
    return fresh;
  }

  function flush(): void {
    waiting = false;
    // What was dropped is told with the next entry: a batch without one would have no number of its own.
    if (open.length === 0) return;
    const batch: Batch = { type: 'batch', header, first: openFirst, entries: open, dropped };
    const connected = port;
    pending.set(batch.first, batch);
    held += open.length;
    open = [];
    openFirst = next;
    dropped = 0;
    // A new connection sends everything pending, this batch included.
    if (connected) {
      try {
        connected.postMessage(batch);
      } catch {
        // Disconnected between two events: the batch is pending and goes with the next connection.
        port = null;
        connection();
      }
    } else connection();
  }

  return {
    push(entry, claim = false) {
      if (stopped) return;
      if ((claim && ++claims > MOST_CLAIMS) || held + open.length >= MOST_PENDING) dropped++;
      else {
        open.push(entry);
        next++;
      }
      if (atOnce || open.length >= BATCH) flush();
      else if (!waiting) {
        waiting = true;
        schedule(() => waiting && flush(), FLUSH_AFTER);
      }
    },
    flush,
    reconnect() {
      port = null;
      connection();
    },
    leaving(is) {
      atOnce = is;
      if (is) flush();
    },
    stop() {
      stopped = true;
      pending.clear();
      open = [];
    },
  };
}
