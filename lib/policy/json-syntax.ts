/**
 * Finds where a text stops being the JSON of a policy: syntax (RFC 8259), duplicate names (RFC 7493), nesting and names that could harm.
 * Engines word and place JSON.parse's errors each in their own way, and short texts get no place at all.
 */

/** Deeper than any policy; keeps what walks the document off the end of the stack. */
export const MAX_DEPTH = 64;

/** Where and why reading stopped. */
export interface SyntaxFault {
  /** Index into the text, in UTF-16 code units. */
  offset: number;
  /** Property names and indices that lead to what was being read. */
  path: (string | number)[];
  expected: string;
}

interface Frame {
  kind: 'object' | 'array';
  names: Set<string>;
  name: string;
  index: number;
}

const WHITE_SPACE = /[ \t\n\r]*/y;
// Never two ways to match the same character, so no backtracking beyond one run.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/** The first fault of a JSON text, or null if there is none. Iterative: nesting costs no stack. */
export function findSyntaxFault(text: string): SyntaxFault | null {
  const stack: Frame[] = [];
  let at = 0;

  const take = (token: RegExp): string | null => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return null;
    at = token.lastIndex;
    return match[0];
  };
  const fault = (expected: string, offset = at, frames = stack): SyntaxFault => ({
    offset,
    path: frames.map((frame) => (frame.kind === 'object' ? frame.name : frame.index)),
    expected,
  });

  /** Reads `"name":` into the frame; null when that went well. */
  const readName = (frame: Frame): SyntaxFault | null => {
    take(WHITE_SPACE);
    const offset = at;
    const quoted = take(STRING);
    if (quoted === null) return fault('a property name in double quotes', offset, stack.slice(0, -1));
    const name = String(JSON.parse(quoted));
    frame.name = name;
    if (name === '__proto__') return fault('a property name other than "__proto__"', offset);
    if (!name.isWellFormed()) return fault('a property name without lone surrogates', offset);
    if (frame.names.has(name)) return fault('each property name once', offset);
    frame.names.add(name);
    take(WHITE_SPACE);
    if (text[at] !== ':') return fault('":"');
    at += 1;
    return null;
  };

  for (;;) {
    // One value, or the way down into it.
    take(WHITE_SPACE);
    const opening = text[at];
    if (opening === '{' || opening === '[') {
      if (stack.length >= MAX_DEPTH) return fault(`at most ${MAX_DEPTH} levels of nesting`);
      at += 1;
      take(WHITE_SPACE);
      const frame: Frame = { kind: opening === '{' ? 'object' : 'array', names: new Set(), name: '', index: 0 };
      if (text[at] === (frame.kind === 'object' ? '}' : ']')) {
        at += 1;
      } else {
        stack.push(frame);
        const wrong = frame.kind === 'object' ? readName(frame) : null;
        if (wrong !== null) return wrong;
        continue;
      }
    } else if (opening === '"') {
      const offset = at;
      const quoted = take(STRING);
      if (quoted === null) return fault('a string closed by a double quote, with its control characters and backslashes escaped');
      if (!String(JSON.parse(quoted)).isWellFormed()) return fault('a string without lone surrogates', offset);
    } else if (take(NUMBER) === null && take(WORD) === null) {
      return fault('a JSON value');
    }

    // What follows a value: the next one, or the way up.
    for (;;) {
      take(WHITE_SPACE);
      const frame = stack.at(-1);
      if (frame === undefined) return at === text.length ? null : fault('the end of the file');
      const closing = frame.kind === 'object' ? '}' : ']';
      if (text[at] === closing) {
        at += 1;
        stack.pop();
        continue;
      }
      if (text[at] !== ',') return fault(`"," or "${closing}"`);
      at += 1;
      if (frame.kind === 'object') {
        const wrong = readName(frame);
        if (wrong !== null) return wrong;
      } else {
        frame.index += 1;
      }
      break;
    }
  }
}
