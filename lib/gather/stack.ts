/** Reads the engines' stack texts: V8 (https://v8.dev/docs/stack-trace-api) and SpiderMonkey. */
import type { Initiator } from '../model/observation.ts';
import { cleanUrl } from './url.ts';

interface Frame {
  url: string;
  line: number | null;
  column: number | null;
  function: string | null;
}

const MOST_FRAMES = 20;

/**
 * The innermost frame that is not ours is the script that acted.
 * @returns null where no frame names a script
 */
export function initiatorOf(stack: string): Initiator | null {
  const frames = stack.split('\n').map(readFrame).filter((frame) => frame !== null && !isOurs(frame.url)) as Frame[];
  const first = frames[0];
  if (!first) return null;
  return {
    url: cleanUrl(first.url),
    line: first.line,
    column: first.column,
    function: first.function,
    stack: frames.slice(0, MOST_FRAMES).map((frame) => `${frame.function ?? '(anonymous)'} ${cleanUrl(frame.url)}:${frame.line ?? 0}:${frame.column ?? 0}`),
  };
}

function isOurs(url: string): boolean {
  return /^(chrome|moz)-extension:/.test(url);
}

function readFrame(text: string): Frame | null {
  const place = /((?:https?|wss?|blob|data|file|about|javascript|chrome-extension|moz-extension):[^\s()]*?)(?::(\d+))?(?::(\d+))?\)?$/.exec(text.trim());
  if (!place) return null;
  const v8 = /^\s*at (?:async )?(.*?) \(/.exec(text);
  const spiderMonkey = /^([^@\s]*)@/.exec(text.trim());
  const name = (v8?.[1] ?? spiderMonkey?.[1] ?? '').slice(0, 200);
  return {
    url: place[1] as string,
    line: place[2] ? Number(place[2]) : null,
    column: place[3] ? Number(place[3]) : null,
    function: name === '' || /^(eval|new eval)$/.test(name) ? null : name,
  };
}
