/**
 * Who reads what: once per document, script and key. Telling scripts apart needs a stack, which costs more than the reading itself,
 * so after the first reads of a key its stack is looked at only when another script element runs, and now and then: a script that
 * reads on will be met.
 */
import type { ReadMechanism, StorageArea } from '../channel.ts';
import { clip } from './clip.ts';
import { bare, clock, find, reader, part, quietly } from './natives.ts';
import { report, type Stamp } from './report.ts';
import { callerIn, stackText } from './stack.ts';

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
const currentScript = reader<unknown>(Document.prototype, 'currentScript');
let keys = 0;
let reads = 0;

/** Whether it is worth a stack to see who asks; null where not. */
function callerOf(key: string): { caller: string; made: Stamp } | null {
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
  const stack = stackText();
  return { caller: callerIn(stack), made: { time: clock(), stack } };
}

/** Remembers that this script did this; false where it was known. */
function isNew(key: string, caller: string): boolean {
  const id = `${key.length} ${key} ${caller}`;
  if (told[id] || reads >= MOST_READS) return false;
  told[id] = true;
  reads++;
  return true;
}

export function noteCall(name: string): void {
  quietly(() => {
    const asked = callerOf(`api ${name}`);
    if (asked && isNew(`api ${name}`, asked.caller)) report({ type: 'api', name }, asked.made);
  });
}

export function noteRead(area: StorageArea, mechanism: ReadMechanism, name: string): void {
  quietly(() => tellRead(area, mechanism, name));
}

/** @param cookies as `document.cookie` gives them */
export function noteCookiesRead(cookies: string, mechanism: ReadMechanism): void {
  quietly(() => tellCookies(cookies, mechanism));
}

function tellRead(area: StorageArea, mechanism: ReadMechanism, name: string): void {
  const key = `${area} ${clip(name, MOST_NAME)}`;
  const asked = callerOf(key);
  if (asked && isNew(key, asked.caller)) report({ type: 'read', kind: area, mechanism, name: clip(name, MOST_NAME) }, asked.made);
}

function tellCookies(cookies: string, mechanism: ReadMechanism): void {
  const asked = callerOf('cookie');
  if (!asked || lastCookies[asked.caller] === cookies) return;
  lastCookies[asked.caller] = cookies;
  for (let from = 0, count = 0; from < cookies.length && count < MOST_COOKIES; count++) {
    const end = find(cookies, '; ', from);
    const pair = part(cookies, from, end < 0 ? cookies.length : end);
    const equals = find(pair, '=');
    const name = equals < 0 ? '' : part(pair, 0, equals);
    if (isNew(`cookie ${name}`, asked.caller)) report({ type: 'read', kind: 'cookie', mechanism, name }, asked.made);
    from = end < 0 ? cookies.length : end + 2;
  }
}
