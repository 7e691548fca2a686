/** Reads the engines' stack texts: V8 (https://v8.dev/docs/stack-trace-api) and SpiderMonkey. */
import type { CapturedInitiator } from '../model/capture.ts';
import { remembered } from '../model/remembered.ts';
import { cleanUrl } from './url.ts';

interface Frame {
  url: string;
  line: number | null;
  column: number | null;
  function: string | null;
  /** Code that has no address of its own: the document's stands for it. */
  inline: boolean;
}

const MOST_FRAMES = 20;
/** A page's few scripts stand in all its stacks. */
const scriptUrl = remembered(cleanUrl, 500);

/**
 * The innermost frame that is not ours is the script that acted. Inline code that is run by its own insertion is the deed of the script
 * that inserted it, which stands below it.
 * @param documentUrl of the document in which it happened
 * @param digest of an address, for those that many scripts share once they are cleaned
 * @returns null where no frame names a script
 */
export function initiatorOf(stack: string, documentUrl: string, digest: (url: string) => string): CapturedInitiator | null {
  const all = stack
    .split('\n')
    .map((line) => readFrame(line, documentUrl))
    .filter((frame) => frame !== null && !isOurs(frame.url)) as Frame[];
  const frames = all.slice(countInserted(all)).map(withColumn);
  const first = frames[0];
  if (!first) return null;
  return {
    url: scriptUrl(first.url),
    line: first.line,
    column: first.column,
    function: first.function,
    stack: frames
      .slice(0, MOST_FRAMES)
      .map((frame) => `${frame.function ?? '(anonymous)'} ${scriptUrl(frame.url)}:${frame.line ?? 0}:${frame.column ?? 0}`),
    ...(!first.inline && /^(blob|data):/.test(first.url) && { urlDigest: digest(first.url) }),
  };
}

/** How many of the innermost frames are of code that the frame after them inserted. A function in such code may be called by anybody. */
function countInserted(frames: Frame[]): number {
  const inline = frames.findIndex((frame) => !frame.inline);
  return inline > 0 && frames[inline - 1]?.function === null ? inline : 0;
}

/** SpiderMonkey tells of evaluated code the line alone. What evaluated it stands below it, with the column. */
function withColumn(frame: Frame, index: number, frames: Frame[]): Frame {
  const below = frames[index + 1];
  const isSame = frame.column === null && frame.function === null && below?.url === frame.url && below.line === frame.line;
  return isSame ? { ...frame, column: below.column } : frame;
}

function isOurs(url: string): boolean {
  return /^(chrome|moz)-extension:/.test(url);
}

const PLACE = /^((?:https?|wss?|blob|data|file|about|javascript|chrome-extension|moz-extension):.*?)(?::(\d+))?(?::(\d+))?$/;
/** V8's place of code without an address; SpiderMonkey gives it the document's, and the line at which another script inserted it. */
const WITHOUT_ADDRESS = /^<anonymous>(?=:\d+:\d+$)|(?: line \d+ > injectedScript)+(?=[ :])/;

/** V8: `at f (place)`, `at place`; SpiderMonkey: `f@place`. */
function readFrame(text: string, documentUrl: string): Frame | null {
  const line = text.trim();
  const v8 = /^at (?:async )?(?:(.*?) \((.*)\)|(.*))$/.exec(line);
  const spiderMonkey = v8 ? null : /^([^@]*)@(.*)$/.exec(line);
  const written = (v8 ? callerOfEvalInV8(v8[2] ?? v8[3] ?? '') : spiderMonkey?.[2]) ?? '';
  const inline = WITHOUT_ADDRESS.test(written);
  const addressed = written.replace(WITHOUT_ADDRESS, () => (v8 ? documentUrl : ''));
  const place = PLACE.exec(spiderMonkey ? callerOfEvalInSpiderMonkey(addressed) : addressed);
  if (!place) return null;
  // SpiderMonkey puts how it got there before the name: `setTimeout handler*f`.
  const name = (v8?.[1] ?? spiderMonkey?.[1]?.replace(/^.*\*/, '') ?? '').slice(0, 200);
  return {
    url: place[1] as string,
    line: place[2] ? Number(place[2]) : null,
    column: place[3] ? Number(place[3]) : null,
    function: name === '' || /^(eval|new eval)$/.test(name) ? null : name,
    inline,
  };
}

/**
 * Evaluated code has no address of its own either: the script that evaluated it stands for it.
 * `eval at f (https://x/y.js:1:2), <anonymous>:1:1`, also nested.
 */
function callerOfEvalInV8(place: string): string {
  return /^(?:eval at [^(]*\()+([^)]*)\)/.exec(place)?.[1] ?? place;
}

/** `https://x/y.js line 1 > eval:1:1`, also nested. */
function callerOfEvalInSpiderMonkey(place: string): string {
  return place.replace(/ line (\d+) > .*$/, ':$1');
}
