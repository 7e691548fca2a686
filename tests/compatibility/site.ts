/** Serves the compatibility set, a host for each subject, and keeps what each page says that it saw. */
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { file, html, json, noContent, packageFile, pixel, type Answer, type Host, type Question } from '../site/exchange.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

/** What one page saw, in order; `failed` is why its script did not come to its end. */
export interface Seen {
  failed: string | null;
  transcript: unknown[][];
}

export interface CompatibilitySite {
  host: Host;
  /** By the subject's id, once its page is done. */
  seen: Map<string, Seen>;
  /** What reached the server, by the subject's id: method and path, without moments. */
  asked: Map<string, string[]>;
}

const FOLDER = 'tests/compatibility/page';
export const addressOf = ({ id }: Subject): string => `https://${id}.shop.test/`;
const scriptOf = ({ id, script = id }: Subject): string => `${FOLDER}/${script}.js`;

/** The scripts of those subjects that import what they use, by id. */
export async function bundles(): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const subject of SUBJECTS.filter(({ bundled }) => bundled)) {
    const output = await build({
      configFile: false,
      logLevel: 'error',
      plugins: [svelte({ configFile: false })],
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        minify: false,
        lib: { entry: join(import.meta.dirname, '..', '..', scriptOf(subject)), formats: ['iife'], name: 'page' },
      },
    });
    const chunk = [output].flat().flatMap((one) => ('output' in one ? one.output : []))[0];
    if (chunk?.type !== 'chunk') throw new Error(`${subject.id}: nothing was built`);
    made.set(subject.id, chunk.code);
  }
  return made;
}

export function compatibilitySite(bundled: Map<string, string>): CompatibilitySite {
  const seen = new Map<string, Seen>();
  const asked = new Map<string, string[]>();
  const note = (id: string, { method, url, cookies }: Question): void => {
    const path = `${url.pathname}${url.search}`.replace(/\d{10,}/g, '<time>');
    const list = asked.get(id) ?? [];
    asked.set(id, list);
    list.push(`${method} ${path} ${[...cookies.keys()].sort().join()}`);
  };
  const host: Host = (question) => {
    const { url, body } = question;
    const subject = SUBJECTS.find(({ id }) => url.hostname === `${id}.shop.test`);
    if (!subject) return noContent();
    if (url.pathname === '/transcript') {
      seen.set(subject.id, JSON.parse(body.toString()) as Seen);
      return noContent();
    }
    // Whether a request was out before it was aborted is chance.
    if (url.pathname !== '/aborted') note(subject.id, question);
    return answerOf(subject, question, bundled);
  };
  return { host, seen, asked };
}

function answerOf(subject: Subject, { url, method, body }: Question, bundled: Map<string, string>): Answer | null {
  const { pathname } = url;
  if (pathname === '/') return pageOf(subject);
  if (pathname === '/transcript.js') return file(`${FOLDER}/transcript.js`);
  const code = bundled.get(subject.id);
  if (pathname === '/page.js') return code === undefined ? file(scriptOf(subject)) : js(code);
  const published = [...subject.scripts, ...(subject.further ?? [])].find((path) => pathname === `/${path}`);
  if (published !== undefined) return packageFile(published);
  if (pathname === '/json') return json({ list: [1, 2], text: 'ä' });
  if (pathname === '/echo') return { status: 200, type: 'text/plain', body: `${method} ${body.toString()}` };
  if (pathname === '/fragment') return html('<p id="inner">a fragment</p>');
  if (pathname === '/pixel.gif') return pixel();
  if (pathname === '/script.js') return js('globalThis.loaded = (globalThis.loaded ?? 0) + 1;');
  if (pathname.startsWith('/mp/')) return { status: 200, type: 'text/plain', body: '1' };
  if (pathname.startsWith('/ph/')) return json({ status: 1 });
  return pathname === '/beacon' ? noContent() : null;
}

const js = (body: string): Answer => ({ status: 200, type: 'text/javascript; charset=utf-8', body });

function pageOf(subject: Subject): Answer {
  const scripts = ['transcript.js', ...subject.scripts, 'page.js'].map((path) => `<script src="/${path}"></script>`);
  if (subject.before) scripts.splice(1, 0, `<script>${subject.before}</script>`);
  return html(
    `<!doctype html><meta charset="utf-8"><title>${subject.id}</title><link rel="icon" href="data:,"><body>${scripts.join('\n')}`,
  );
}
