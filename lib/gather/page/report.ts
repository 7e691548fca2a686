/**
 * The private, synchronous way from the page's world to the relay's: a message port that both worlds hold and
 * that no script of the page ever sees. Events are dispatched on it as on any event target, so that the relay has
 * each claim before the native function runs, and neither unload nor `document.open` can lose it.
 */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, REOPENED_EVENT, TALLY_EVENT, type PageClaim } from '../channel.ts';
import { clock, dispatchOn, listenOn, natives, unlistenOn } from './natives.ts';
import { stackText } from './stack.ts';

let port: EventTarget | null = null;
const early: string[] = [];
const MOST_EARLY = 10_000;
let tally: (() => void) | null = null;
let reopened: (() => void) | null = null;

/** Called whenever the relay asks for what was only counted. */
export function onTally(answer: () => void): void {
  tally = answer;
}

/** Called when `document.open` has removed every listener from document and window. */
export function onReopened(listen: () => void): void {
  reopened = listen;
}

/**
 * Where the two worlds meet: an event target of the document alone, outside its tree. The window may be older than its document, and
 * listened to by the page that made it; nobody has this before the document's first script.
 */
const meeting: EventTarget = document.fonts;

/** Opens the channel; whichever of the two worlds runs first, the other one finds it. */
export function openChannel(): void {
  const { port1 } = new natives.MessageChannel();
  listenOn(port1, TALLY_EVENT, () => tally?.());
  listenOn(port1, REOPENED_EVENT, () => reopened?.());
  const offer = (): void => {
    port = port1;
    dispatchOn(meeting, CHANNEL_EVENT, { ports: [port1] });
  };
  const answer = (event: Event): void => {
    event.stopImmediatePropagation();
    unlistenOn(meeting, READY_EVENT, answer);
    offer();
    for (let i = 0; i < early.length; i++) send(early[i] as string);
    early.length = 0;
  };
  listenOn(meeting, READY_EVENT, answer);
  // The relay may be there already; it takes only the first offer.
  dispatchOn(meeting, CHANNEL_EVENT, { ports: [port1] });
  if (channelTaken(port1)) {
    port = port1;
    unlistenOn(meeting, READY_EVENT, answer);
  }
}

/** The relay answers an offer by dispatching on the port itself, before the offer's dispatch returns. */
function channelTaken(candidate: EventTarget): boolean {
  let taken = false;
  const heard = (): void => {
    taken = true;
  };
  listenOn(candidate, READY_EVENT, heard);
  dispatchOn(candidate, CHANNEL_EVENT);
  unlistenOn(candidate, READY_EVENT, heard);
  return taken;
}

function send(text: string): void {
  if (port) dispatchOn(port, CLAIM_EVENT, { data: text });
  else if (early.length < MOST_EARLY) early[early.length] = text;
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
    // Without a prototype: a `toJSON` that the page gives to all objects would read and change what is told.
    send(natives.stringify({ __proto__: null, ...claim, time, stack }));
  } catch {
    // The page must not notice; reconciliation with jar and snapshots still finds what was written.
  }
}
