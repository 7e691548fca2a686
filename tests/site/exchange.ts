import { readFileSync } from 'node:fs';

/** The two ways in which the demo site behaves. */
export const FORMS = ['breaking', 'clean'] as const;
export type Form = (typeof FORMS)[number];

/** What a host is asked. */
export interface Question {
  form: Form;
  method: string;
  url: URL;
  /** Cookie values by name. */
  cookies: ReadonlyMap<string, string>;
  origin: string | null;
  referer: string | null;
  ifNoneMatch: string | null;
  body: Buffer;
}

/** What a host answers. Every line of `setCookies` becomes a Set-Cookie header. */
export interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
  setCookies?: string[];
  /** Milliseconds that it takes. */
  after?: number;
}

/** A role behind one or more host names. Returns null for what the host does not have: the server answers 404. */
export type Host = (question: Question) => Answer | null;

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const repository = new URL('../../', import.meta.url);
const files = new Map<string, Buffer>();

function read(path: string): Buffer {
  const known = files.get(path);
  if (known) return known;
  const content = readFileSync(new URL(path, repository));
  files.set(path, content);
  return content;
}

/**
 * Answers with a file that the code names: never with a path that a request names.
 * @param path relative to the repository's root
 * @throws where the file does not exist
 */
export function file(path: string): Answer {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return { status: 200, type: TYPES[ending] ?? 'application/octet-stream', body: read(path), headers: { 'cache-control': 'no-cache' } };
}

/** A file of the demo site's own `public` folder. */
export const ownFile = (path: string): Answer => file(`tests/site/public/${path}`);

/** A file that an installed package publishes. */
export const packageFile = (path: string): Answer => file(`node_modules/${path}`);

export const html = (body: string, setCookies: string[] = []): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body,
  headers: { 'cache-control': 'no-store' },
  setCookies,
});

export const json = (value: unknown, setCookies: string[] = []): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
  headers: { 'cache-control': 'no-store' },
  setCookies,
});

export const noContent = (setCookies: string[] = []): Answer => ({
  status: 204,
  type: 'text/plain',
  body: '',
  headers: { 'cache-control': 'no-store' },
  setCookies,
});

export const redirect = (location: string, setCookies: string[] = []): Answer => ({
  status: 302,
  type: 'text/plain',
  body: '',
  headers: { location, 'cache-control': 'no-store' },
  setCookies,
});

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** A transparent image of one pixel, the body of a tracking pixel. */
export const pixel = (setCookies: string[] = []): Answer => ({
  status: 200,
  type: 'image/gif',
  body: GIF,
  headers: { 'cache-control': 'no-store' },
  setCookies,
});
