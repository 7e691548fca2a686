/**
 * Who reads what: once per document, script and key. Telling scripts apart needs a stack, which costs more than the reading itself,
 * so after the first reads of a key its stack is looked at only when another script element runs, and now and then: a script that
 * reads on will be met.
 */
import type { ReadMechanism, StorageArea } from '../channel.ts';
import { attempt, clip } from './clip.ts';
import { bare, clock, find, part, reader } from './guarded.ts';
import { report, stamp, type Claim, type Stamp } from './report.ts';
import { callerIn } from './stack.ts';

const AT_ONCE = 40; // reads of one key that are looked at in any case
const PAUSE = 20; // milliseconds between the looks after that
const MOST_KEYS = 2000;
const MOST_READS = 5000;
const MOST_COOKIES = 200;
const MOST_NAME = 4096;

type Dictionary<T> = Record<string, T | undefined>;
const looks: Dictionary<{ count: number; next: number; running: unknown }> = bare({});
const told: Dictionary<true> = bare({});
/** By script, the string of cookies that it read last. */
const lastCookies: Dictionary<string> = bare({});
const currentScript = reader<unknown>(Document, 'currentScript');
let keys = 0;
let reads = 0;

/** When and by whom, where it is worth a stack to see who asks; else null. */
function lookAt(key: string): Stamp | null {
  let look = looks[key];
  if (!look) {
    if (keys >= MOST_KEYS || reads >= MOST_READS) return null;
    keys++;
    look = looks[key] = { count: 0, next: 0, running: null };
  }
  const running = currentScript(document);
  if (++look.count > AT_ONCE && look.running === running) {
    const time = clock();
    if (time < look.next) return null;
    look.next = time + PAUSE;
  }
  look.running = running;
  return stamp();
}

/** Remembers that this script did this; false where it was known. */
function isNew(key: string, caller: string): boolean {
  const id = `${key.length} ${key} ${caller}`;
  if (told[id] || reads >= MOST_READS) return false;
  told[id] = true;
  reads++;
  return true;
}

/** Tells what `key` stands for, where this script has not done it before. */
function note(key: string, claim: Claim): void {
  attempt(() => {
    const made = lookAt(key);
    if (made && isNew(key, callerIn(made.stack))) report(claim, made);
  });
}

export function noteCall(name: string): void {
  note(`api ${name}`, { type: 'api', name });
}

export function noteRead(kind: StorageArea, mechanism: ReadMechanism, given: string): void {
  const name = clip(given, MOST_NAME);
  note(`${kind} ${name}`, { type: 'read', kind, mechanism, name });
}

/** @param cookies as `document.cookie` gives them */
export function noteCookiesRead(cookies: string): void {
  const made = cookies === '' ? null : lookAt('cookie');
  const caller = made ? callerIn(made.stack) : '';
  if (!made || lastCookies[caller] === cookies) return;
  lastCookies[caller] = cookies;
  for (let from = 0, count = 0; from < cookies.length && count < MOST_COOKIES; count++) {
    const end = find(cookies, '; ', from);
    const pair = part(cookies, from, end < 0 ? cookies.length : end);
    const equals = find(pair, '=');
    const name = equals < 0 ? '' : part(pair, 0, equals);
    if (isNew(`cookie ${name}`, caller)) report({ type: 'read', kind: 'cookie', mechanism: 'document.cookie', name }, made);
    from = end < 0 ? cookies.length : end + 2;
  }
}
