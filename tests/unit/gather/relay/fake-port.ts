/** A queue over connections that a test opens and breaks. */
import { expect } from 'vitest';
import { createQueue, type RelayPort } from '../../../../lib/gather/relay/queue.ts';
import type { Batch, FromRelay, ToRelay } from '../../../../lib/messaging/relay-protocol.ts';
import { headerOf } from './header.ts';

/** One connection: what was posted through it, and the background's side of it. */
export class FakePort implements RelayPort {
  posted: FromRelay[] = [];
  open = true;
  private hear: ((message: unknown) => void)[] = [];
  private gone: (() => void)[] = [];
  onMessage = { addListener: (listener: (message: unknown) => void): void => void this.hear.push(listener) };
  onDisconnect = { addListener: (listener: () => void): void => void this.gone.push(listener) };

  postMessage(message: FromRelay): void {
    if (!this.open) throw new Error('Attempting to use a disconnected port object');
    this.posted.push(structuredClone(message));
  }

  say(message: ToRelay): void {
    for (const listener of this.hear) listener(message);
  }

  disconnect(): void {
    this.open = false;
  }

  /** The background was stopped. Silent: the page has not been told yet. */
  close({ silent = false } = {}): void {
    this.open = false;
    if (!silent) for (const listener of this.gone) listener();
  }

  get batches(): Batch[] {
    return this.posted.filter((message) => message.type === 'batch');
  }
}

export function setUp() {
  const ports: FakePort[] = [];
  const commands: ToRelay[] = [];
  const left: Batch[] = [];
  let timers: (() => void)[] = [];
  let refuse = false;
  let behind = 0;
  const header = headerOf({ document: 'd1', url: 'https://send-box.com/', origin: 'https://send-box.com' });
  const queue = createQueue(
    header,
    (name) => {
      if (refuse) throw new Error('Extension context invalidated.');
      expect(name).toBe('relay');
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    (command) => commands.push(command),
    (batch) => left.push(batch),
    () => behind,
    (run) => timers.push(run),
  );
  return {
    queue,
    ports,
    commands,
    left,
    header,
    latest: (): FakePort => ports.at(-1) as FakePort,
    runTimers(): void {
      const due = timers;
      timers = [];
      for (const run of due) run();
    },
    /** The machine sleeps: the document's clock stands still. */
    sleep(milliseconds: number): void {
      behind += milliseconds;
    },
    waitingTimers: (): number => timers.length,
    refuseConnections(): void {
      refuse = true;
    },
  };
}
