/**
 * The private, synchronous way from the page's world to the relay's: a message port that both worlds hold and
 * that no script of the page ever sees. Events are dispatched on it as on any event target, so that the relay has
 * each claim before the native function runs, and neither unload nor `document.open` can lose it.
 */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, TALLY_EVENT, type PageClaim } from '../channel.ts';
import { clock, dispatchOn, listenOn, natives, unlistenOn } from './natives.ts';
import { stackText } from './stack.ts';

let port: EventTarget | null = null;
const early: string[] = [];
let tally: (() => void) | null = null;

/** Called whenever the relay asks for what was only counted. */
export function onTally(answer: () => void): void {
  tally = answer;
}

/** Opens the channel; whichever of the two worlds runs first, the other one finds it. */
export function openChannel(): void {
  const { port1 } = new natives.MessageChannel();
  listenOn(port1, TALLY_EVENT, () => tally?.());
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

/** When and by whom. */
export interface Stamp {
  time: number;
  stack: string;
}

export function stamp(): Stamp {
  return { time: clock(), stack: stackText() };
}

/** Now, in consequence of an earlier call: a deletion is done when the browser says so. */
export function done(call: Stamp): Stamp {
  return { time: clock(), stack: call.stack };
}

/** Reports one claim with time and stack: those of now, or of the call that led here. Never throws into the page. */
export function report(claim: WithoutStamp<PageClaim>, made?: Stamp): void {
  try {
    if (beforehand && !looking) {
      looking = true;
      try {
        beforehand();
      } finally {
        looking = false;
      }
    }
    // What was found by looking came before this.
    const { time, stack } = made ?? stamp();
    send(natives.stringify({ ...claim, time, stack }));
  } catch {
    // The page must not notice; reconciliation with jar and snapshots still finds what was written.
  }
}
