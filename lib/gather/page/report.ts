/**
 * The private, synchronous way from the page's world to the relay's: a message port that both worlds hold and
 * that no script of the page ever sees. Events are dispatched on it as on any event target, so that the relay has
 * each claim before the native function runs, and neither unload nor `document.open` can lose it.
 */
import { CHANNEL_EVENT, CLAIM_EVENT, READY_EVENT, type MarkupClaim, type PageClaim, type SignalMore } from '../channel.ts';
import { attempt } from './clip.ts';
import { concealing } from './conceal.ts';
import { clock, dispatchOn, each, listenOn } from './guarded.ts';
import * as natives from './natives.ts';
import { stackText } from './stack.ts';

const { port1 } = new MessageChannel();
/** The channel, once the relay has taken it. */
let port: EventTarget | null = null;
const early: string[] = [];
const MOST_EARLY = 10_000;

/** Hears what the relay says: `TALLY_EVENT` or `REOPENED_EVENT`. */
export function hear(event: string, listener: () => void): void {
  listenOn(port1, event, listener);
}

/**
 * Where the two worlds meet: an event target of the document alone, outside its tree. The window may be older than its document, and
 * listened to by the page that made it; nobody has this before the document's first script.
 */
const meeting: EventTarget = document.fonts;

/** Opens the channel; whichever of the two worlds runs first, the other one finds it. */
export function openChannel(): void {
  // The relay takes the first offer, and answers on the port itself before the question's dispatch returns.
  hear(READY_EVENT, () => {
    port = port1;
  });
  const offer = (): boolean => {
    dispatchOn(meeting, CHANNEL_EVENT, { ports: [port1] });
    dispatchOn(port1, CHANNEL_EVENT);
    return port !== null;
  };
  const answer = (event: Event): void => {
    if (port) return;
    event.stopImmediatePropagation();
    if (!offer()) return;
    each(early, send);
    early.length = 0;
  };
  // It may not be there yet, and will ask.
  if (!offer()) listenOn(meeting, READY_EVENT, answer);
}

/** One for all claims: to make one each time costs both worlds. */
const claimed = new MessageEvent(CLAIM_EVENT);

function send(text: string): void {
  if (port) {
    natives.apply(natives.initMessageEvent, claimed, [CLAIM_EVENT, false, false, text]);
    natives.apply(natives.dispatchEvent, port, [claimed]);
  } else if (early.length < MOST_EARLY) early[early.length] = text;
}

let beforehand: (() => void) | null = null;

/** `look` runs before each report, inside whatever call of the page is reported: it may read, and call nothing of the page's. */
export function lookBeforeReports(look: () => void): void {
  beforehand = look;
}

type WithoutStamp<C> = C extends Stamp ? Omit<C, 'time' | 'stack'> : never;
export type Claim = WithoutStamp<PageClaim | MarkupClaim>;

/** Frames of a hook's stack. */
const FRAMES = 12;

/** When and by whom. */
export interface Stamp {
  time: number;
  stack: string;
}

/** To be asked within a hook. */
export function stamp(): Stamp {
  return { time: clock(), stack: stackText(FRAMES, concealing) };
}

/** Now, in consequence of an earlier call: a deletion is done when the browser says so. */
export function done(call: Stamp): Stamp {
  return { time: clock(), stack: call.stack };
}

/** What a consent platform says, in whatever call of the page it is heard. */
export function signal(source: string, name: string, categories: Record<string, boolean> | null, more?: SignalMore): void {
  report({ type: 'signal', source, name, categories, more }, { time: clock(), stack: stackText() });
}

/** Reports one claim with time and stack: those of now, or of the call that led here. Never throws into the page. */
export function report(claim: Claim, made?: Stamp): void {
  try {
    const look = beforehand;
    // What it reports needs no look of its own.
    beforehand = null;
    if (look) attempt(look);
    beforehand = look;
    // What was found by looking came before this.
    const { time, stack } = made ?? stamp();
    // Without a prototype: a `toJSON` that the page gives to all objects would read and change what is told.
    send(natives.stringify({ __proto__: null, ...claim, time, stack }));
  } catch {
    // The page must not notice; reconciliation with jar and snapshots still finds what was written.
  }
}
