/** The shape of the capture matrix: what a page does, and what an audit must say of it. */
import type { Answer, Question } from '../site/exchange.ts';
import type { Kind } from '../../lib/model/observation.ts';

/** The pages that are visited, in this order; ways of one page share its load. */
export const PAGES = [
  'cookies',
  'answers',
  'frames',
  'storage',
  'realms',
  'requests',
  'loaders',
  'uses',
  'stores',
  'leaving',
  'arriving',
] as const;

export interface Expectation {
  kind: Kind;
  action: 'set' | 'delete' | 'send' | 'read' | 'call';
  /** The name of what is stored; of a request, its URL. */
  name: string;
  /** The call, where a name is written by several. */
  operation?: string;
  times: number;
  /**
   * Who acted: the way's own script, its page (inline code), another address, what stands for code in an address, `nobody` where the browser tells no script,
   * or `any` where the browsers differ.
   */
  by: 'script' | 'page' | 'nobody' | 'any' | `https://${string}` | `${'blob' | 'data'}:…` | 'about:srcdoc';
  line: number | null;
  /** The scripts that inserted that one, where that is looked at. */
  insertedBy?: string[];
  /** Why the browser did not do it; of a write that was done nothing is said. */
  rejected?: string;
  /** It is still stored when the audit ends. */
  stays: boolean;
}

export interface Way {
  /** Also the name of what it stores, or the path of what it asks for. */
  id: string;
  /** In words; `docs/blind-spots.md` cites ways by id. */
  does: string;
  page: (typeof PAGES)[number];
  /** In the page's frame of another site instead of in the page itself. */
  elsewhere?: true;
  /** Served as the file `/way/<id>.js` of its page. */
  script?: string;
  module?: true;
  /** Put into the page's body. */
  body?: string;
  /** By path, on every host. */
  answers?: Record<string, Answer | ((question: Question) => Answer)>;
  /** Only where this browser can do it. */
  only?: 'chromium' | 'firefox';
  expect: Expectation[];
}

export const TOP = 'https://shop.test';
export const OTHER = 'https://other.test';

type Who = Partial<Pick<Expectation, 'by' | 'line' | 'insertedBy' | 'times' | 'stays' | 'action'>>;

const expectation =
  (kind: Kind, action: Expectation['action']) =>
  (name: string, who: Who = {}): Expectation => ({
    kind,
    action,
    name,
    times: 1,
    by: 'script',
    line: 1,
    stays: kind !== 'request',
    ...who,
  });

export const cookie = expectation('cookie', 'set');
export const local = expectation('localStorage', 'set');
export const session = expectation('sessionStorage', 'set');
export const request = expectation('request', 'send');
export const serviceWorker = expectation('serviceWorker', 'set');
export const api = expectation('api', 'call');
/** Set and gone again, or set and then deleted: two observations. */
export const gone = (make: typeof cookie, name: string, who: Who = {}): Expectation[] => [
  make(name, { ...who, stays: false }),
  make(name, { line: who.line ?? 1, ...who, action: 'delete', stays: false }),
];

export const NOBODY: Who = { by: 'nobody', line: null };
export const PAGE: Who = { by: 'page', line: null };

/** Everywhere below the site's root, and over https only. */
export const set = (name: string, more = ''): string => `${name}=1; Path=/; Secure; Max-Age=9000${more}`;

export const text = (body: string, type = 'text/plain'): Answer => ({ status: 200, type, body });
export const js = (body: string, setCookies: string[] = []): Answer => ({
  status: 200,
  type: 'text/javascript',
  body,
  setCookies,
  headers: { 'cache-control': 'no-store' },
});
export const html = (body: string, setCookies: string[] = []): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><meta charset="utf-8"><title>way</title><body>${body}`,
  setCookies,
  headers: { 'cache-control': 'no-store' },
});

export const sentPath = (id: string): string => `/sent/${id}`;

/** The script sends to `/sent/<id>`, which stands for `%`, of the page's own site. */
export function sending(
  id: string,
  does: string,
  script: string,
  expect: Expectation[] = [request(TOP + sentPath(id))],
  more: Partial<Way> = {},
): Way {
  return { id, does, page: 'requests', script: `{ ${script.replaceAll('%', sentPath(id))} }`, expect, ...more };
}
