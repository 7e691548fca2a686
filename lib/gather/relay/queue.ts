/** Keeps entries until the background has stored them: numbered, in batches, sent again after every reconnect. */
import { RELAY_PORT, type Batch, type DocumentHeader, type FromRelay, type ToRelay } from '../../messaging/relay-protocol.ts';

/** What the queue needs of `runtime.Port`. */
export interface RelayPort {
  postMessage(message: FromRelay): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
  disconnect(): void;
}

const FLUSH_AFTER = 40; // milliseconds
const BATCH = 200; // entries
/** Of one document: its claims, and the addresses that it gives itself. What a page does beyond that is a flood, and is counted as dropped. */
export const MOST = { claim: 20_000, route: 5_000 };
/** Entries held while nothing is acknowledged; beyond it they are counted as dropped. */
const MOST_PENDING = 200_000;

export interface Queue {
  /** @param kind of what a page can make without end; what the relay saw otherwise is always kept */
  push(entry: string, kind?: keyof typeof MOST): void;
  /** Sends what is waiting now, without waiting for the timer. */
  flush(): void;
  /**
   * No timer will run any more: every entry goes at once, and is left behind too. A document that may come back (`kept`) says so
   * over no connection: a message that reaches it while it is frozen would have the browser throw it away.
   */
  leave(kept: boolean): void;
  /** It came back: sends everything unacknowledged again. */
  comeBack(): void;
  stop(): void;
}

export function createQueue(
  header: DocumentHeader,
  connect: (name: string) => RelayPort,
  onCommand: (command: ToRelay) => void,
  leaveBehind: (batch: Batch) => void,
  behind: () => number,
  schedule: (run: () => void, milliseconds: number) => unknown = setTimeout,
): Queue {
  let port: RelayPort | null = null;
  let next = 1;
  let open: string[] = [];
  let openFirst = 1;
  let openBehind = 0;
  let dropped = 0;
  let waiting = false;
  let stopped = false;
  let held = 0;
  const pushed = { claim: 0, route: 0 };
  let atOnce = false;
  let frozen = false;
  const pending = new Map<number, Batch>();

  function connection(): RelayPort | null {
    if (port || stopped || frozen) return port;
    let fresh: RelayPort;
    try {
      fresh = connect(RELAY_PORT);
    } catch {
      // The extension was reloaded or removed: this document can tell nobody any more. The new background records the gap.
      stopped = true;
      pending.clear();
      open = [];
      return null;
    }
    port = fresh;
    fresh.onMessage.addListener((message) => {
      const command = message as ToRelay;
      if (command.type === 'ack') {
        held -= pending.get(command.first)?.entries.length ?? 0;
        pending.delete(command.first);
      } else if (command.type === 'place') header.place = command.place;
      else onCommand(command);
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
    const entries = open;
    open = [];
    for (let from = 0; from < entries.length; from += BATCH) hand(entries.slice(from, from + BATCH), openFirst + from);
    openFirst = next;
    // A new connection sends everything pending.
    if (!port && pending.size > 0) connection();
  }

  function hand(entries: string[], first: number): void {
    const batch: Batch = { type: 'batch', header, first, entries, behind: openBehind, dropped };
    dropped = 0;
    pending.set(first, batch);
    held += entries.length;
    if (atOnce) leaveBehind(batch);
    try {
      port?.postMessage(batch);
    } catch {
      // Disconnected between two events: the batch is pending and goes with the next connection.
      port = null;
    }
  }

  function flushAfter(milliseconds: number): void {
    waiting = true;
    schedule(() => waiting && flush(), milliseconds);
  }

  return {
    push(entry, kind) {
      if (stopped) return;
      if ((kind && ++pushed[kind] > MOST[kind]) || held + open.length >= MOST_PENDING) dropped++;
      else {
        // Before the machine may sleep with it.
        if (open.length === 0) openBehind = behind();
        open.push(entry);
        next++;
      }
      // Dropped alone: it is told with the next entry, for a batch without one has no number of its own.
      if (open.length === 0) return;
      if (atOnce) flush();
      else if (!waiting) flushAfter(FLUSH_AFTER);
      // A full batch goes when the script that fills it has ended: the script shall not wait for the sending.
      else if (open.length === BATCH) flushAfter(0);
    },
    flush,
    leave(kept) {
      flush();
      // There may be no later entry to tell this with.
      if (dropped > 0) hand([], next);
      // The newest first: with it the background knows what is missing, should there not be room for all.
      for (const batch of [...pending.values()].reverse()) leaveBehind(batch);
      atOnce = true;
      frozen = kept;
      if (!kept) return;
      port?.disconnect();
      port = null;
    },
    comeBack() {
      atOnce = false;
      frozen = false;
      port = null;
      connection();
    },
    stop() {
      stopped = true;
      pending.clear();
      open = [];
    },
  };
}
