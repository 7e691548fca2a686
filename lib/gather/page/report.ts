/**
 * The private, synchronous way from the page's world to the relay's: a message port that both worlds hold and
 * that no script of the page ever sees. Events are dispatched on it as on any event target, so that the relay has
 * each claim before the native function runs, and neither unload nor `document.open` can lose it.
 */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, type PageClaim } from '../channel.ts';
import { clock, dispatchOn, listenOn, natives, unlistenOn } from './natives.ts';
import { stackText } from './stack.ts';

let port: EventTarget | null = null;
const early: string[] = [];

/** Opens the channel; whichever of the two worlds runs first, the other one finds it. */
export function openChannel(): void {
  const { port1 } = new natives.MessageChannel();
  const offer = (): void => {
    port = port1;
    dispatchOn(document, new natives.MessageEvent(CHANNEL_EVENT, { ports: [port1] }));
  };
  const answer = (event: Event): void => {
    event.stopImmediatePropagation();
    unlistenOn(document, READY_EVENT, answer);
    offer();
    for (let i = 0; i < early.length; i++) send(early[i] as string);
    early.length = 0;
  };
  listenOn(document, READY_EVENT, answer);
  // The relay may be there already; it takes only the first offer.
  dispatchOn(document, new natives.MessageEvent(CHANNEL_EVENT, { ports: [port1] }));
  if (channelTaken(port1)) {
    port = port1;
    unlistenOn(document, READY_EVENT, answer);
  }
}

/** The relay answers an offer by dispatching on the port itself, before the offer's dispatch returns. */
function channelTaken(candidate: EventTarget): boolean {
  let taken = false;
  const heard = (): void => {
    taken = true;
  };
  listenOn(candidate, READY_EVENT, heard);
  dispatchOn(candidate, new natives.MessageEvent(CHANNEL_EVENT));
  unlistenOn(candidate, READY_EVENT, heard);
  return taken;
}

function send(text: string): void {
  if (port) dispatchOn(port, new natives.MessageEvent(CLAIM_EVENT, { data: text }));
  else if (early.length < 10_000) early[early.length] = text;
}

let beforehand: (() => void) | null = null;
let looking = false;

/** `look` runs before each report, inside whatever call of the page is reported: it may read, and call nothing of the page's. */
export function lookBeforeReports(look: () => void): void {
  beforehand = look;
}

type WithoutStamp<C> = C extends PageClaim ? Omit<C, 'time' | 'stack'> : never;

/** Reports one claim with time and stack. Never throws into the page. */
export function report(claim: WithoutStamp<PageClaim>): void {
  try {
    if (beforehand && !looking) {
      looking = true;
      try {
        beforehand();
      } finally {
        looking = false;
      }
    }
    send(natives.stringify({ ...claim, time: clock(), stack: stackText() }));
  } catch {
    // The page must not notice; reconciliation with jar and snapshots still finds what was written.
  }
}
