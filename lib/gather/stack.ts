/** Reads the engines' stack texts: V8 (https://v8.dev/docs/stack-trace-api) and SpiderMonkey. */
import type { Initiator } from '../model/observation.ts';
import { remembered } from '../model/remembered.ts';
import { cleanUrl } from './url.ts';

interface Frame {
  url: string;
  line: number | null;
  column: number | null;
  function: string | null;
}

const MOST_FRAMES = 20;
/** A page's few scripts stand in all its stacks. */
const scriptUrl = remembered(cleanUrl, 500);

/**
 * The innermost frame that is not ours is the script that acted.
 * @returns null where no frame names a script
 */
export function initiatorOf(stack: string): Initiator | null {
  const frames = stack
    .split('\n')
    .map(readFrame)
    .filter((frame) => frame !== null && !isOurs(frame.url)) as Frame[];
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
  };
}

function isOurs(url: string): boolean {
  return /^(chrome|moz)-extension:/.test(url);
}

const PLACE = /^((?:https?|wss?|blob|data|file|about|javascript|chrome-extension|moz-extension):.*?)(?::(\d+))?(?::(\d+))?$/;

/** V8: `at f (place)`, `at place`; SpiderMonkey: `f@place`. */
function readFrame(text: string): Frame | null {
  const line = text.trim();
  const v8 = /^at (?:async )?(?:(.*?) \((.*)\)|(.*))$/.exec(line);
  const spiderMonkey = v8 ? null : /^([^@]*)@(.*)$/.exec(line);
  const place = PLACE.exec(callerOfEval((v8 ? (v8[2] ?? v8[3]) : spiderMonkey?.[2]) ?? ''));
  if (!place) return null;
  // SpiderMonkey puts how it got there before the name: `setTimeout handler*f`.
  const name = (v8?.[1] ?? spiderMonkey?.[1]?.replace(/^.*\*/, '') ?? '').slice(0, 200);
  return {
    url: place[1] as string,
    line: place[2] ? Number(place[2]) : null,
    column: place[3] ? Number(place[3]) : null,
    function: name === '' || /^(eval|new eval)$/.test(name) ? null : name,
  };
}

/**
 * Evaluated code has no address of its own: the script that evaluated it stands for it.
 * V8: `eval at f (https://x/y.js:1:2), <anonymous>:1:1`, also nested; SpiderMonkey: `https://x/y.js line 1 > eval:1:1`.
 */
function callerOfEval(place: string): string {
  const v8 = /^(?:eval at [^(]*\()+([^)]*)\)/.exec(place)?.[1];
  return (v8 ?? place).replace(/ line (\d+) > .*$/, ':$1');
}
