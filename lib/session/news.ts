/** What the background was told last, and which requests are still without an answer: when a page is quiet. */
import type { BrowserEvent } from '../model/capture.ts';

/** Nobody waits for an answer for longer: some never come. */
const PATIENCE = 5000; // milliseconds

/** What has more to do when its answer is whole; of all others its beginning is enough, for some (streams) never end. */
const RUN: readonly string[] = ['script', 'sub_frame', 'main_frame'];

export interface News {
  /** Something was observed: an event of the browser, or, with null, what documents told. */
  hear(event: BrowserEvent | null): void;
  tell(): {
    /** Since anything was last observed. */
    milliseconds: number;
    /** Another text whenever something was observed. */
    seen: string;
    /** Requests of the last five seconds whose answer has not come. */
    unanswered: number;
  };
}

/** @param now gives epoch milliseconds */
export function createNews(now: () => number): News {
  const startedAt = now();
  let last = startedAt;
  let events = 0;
  /** In order of time. */
  const open = new Map<string, { since: number; runs: boolean }>();
  const giveUp = (time: number): void => {
    for (const [requestId, { since }] of open) {
      if (time - since < PATIENCE) break;
      open.delete(requestId);
    }
  };
  const note = (event: BrowserEvent): void => {
    if (event.type === 'request' || event.type === 'request-end') open.delete(event.requestId);
    else if (event.type === 'response' && open.get(event.requestId)?.runs === false) open.delete(event.requestId);
    if (event.type === 'request') open.set(event.requestId, { since: last, runs: RUN.includes(event.resourceType) });
    giveUp(last);
  };
  return {
    hear(event) {
      last = now();
      events += 1;
      if (event) note(event);
    },
    tell() {
      const time = now();
      giveUp(time);
      return { milliseconds: time - last, seen: `${startedAt}-${events}`, unanswered: open.size };
    },
  };
}
