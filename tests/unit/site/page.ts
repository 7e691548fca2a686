import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

/** What a counter's script did to a page. */
export interface Page {
  /** Lines written to document.cookie, in order. */
  written: string[];
  /** The cookies as the page reads them. */
  cookies: Map<string, string>;
  localStorage: Map<string, string>;
  requests: { transport: 'fetch' | 'beacon' | 'image'; url: URL; body: string | null }[];
  /** Fires an event of the window. */
  fire(type: string): void;
}

/** A page's beginning: what earlier visits left, when it is, and what the site's own scripts asked of the counter. */
export interface Beginning {
  cookies?: Record<string, string>;
  localStorage?: Record<string, string>;
  /** Epoch milliseconds. */
  now: number;
  /** Properties of the window before the script runs. */
  window?: Record<string, unknown>;
  /** Address of the script, for those that read their own. */
  src?: string;
}

/**
 * Runs a counter's script in a page of https://send-box.com that is made of nothing but what it needs. Cookies are kept by name:
 * the last valid `expires` or `max-age` in the past deletes one, as in a browser.
 * @param file below tests/site/public
 */
export function runInPage(file: string, beginning: Beginning): Page {
  const cookies = new Map(Object.entries(beginning.cookies ?? {}));
  const localStorage = new Map(Object.entries(beginning.localStorage ?? {}));
  const written: string[] = [];
  const requests: Page['requests'] = [];
  const listeners: [string, () => void][] = [];
  const send = (transport: Page['requests'][number]['transport'], url: string, body?: string) =>
    requests.push({ transport, url: new URL(url), body: body ?? null });

  const document = {
    title: 'SendBox',
    referrer: '',
    documentElement: { scrollHeight: 900 },
    currentScript: { src: beginning.src ?? '' },
    addEventListener: () => undefined,
    get cookie() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(line: string) {
      written.push(line);
      const [pair = '', ...attributes] = line.split(';');
      const end = attributes.map((attribute) => /^\s*expires=(.*)$/i.exec(attribute)?.[1]).findLast((text) => text !== undefined);
      const name = pair.slice(0, pair.indexOf('='));
      if (end !== undefined && Date.parse(end) <= beginning.now) cookies.delete(name);
      else cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    },
  };
  class FixedDate extends Date {
    constructor(...values: [] | [number | string]) {
      super(values[0] ?? beginning.now);
    }
    static override now = () => beginning.now;
  }
  const window: Record<string, unknown> = {
    ...beginning.window,
    document,
    location: new URL('https://send-box.com/kk/'),
    navigator: {
      language: 'kk-KZ',
      sendBeacon: (url: string, body?: string) => send('beacon', url, body) > 0,
    },
    screen: { width: 1280, height: 900, colorDepth: 24 },
    innerWidth: 1280,
    innerHeight: 800,
    devicePixelRatio: 1,
    performance: { now: () => 500 },
    localStorage: {
      getItem: (key: string) => localStorage.get(key) ?? null,
      setItem: (key: string, value: string) => localStorage.set(key, value),
      removeItem: (key: string) => localStorage.delete(key),
    },
    crypto,
    Date: FixedDate,
    URL,
    URLSearchParams,
    addEventListener: (type: string, listener: () => void) => listeners.push([type, listener]),
    setTimeout: () => 0,
    fetch: (url: string, options?: { body?: string }) => {
      send('fetch', url, options?.body);
      return new Promise(() => undefined);
    },
    Image: class {
      set src(url: string) {
        send('image', url);
      }
    },
  };
  window.window = window;
  const source = readFileSync(new URL(`../../site/public/${file}`, import.meta.url), 'utf8');
  runInContext(source, createContext(window));
  return {
    written,
    cookies,
    localStorage,
    requests,
    fire: (type) => listeners.filter(([name]) => name === type).forEach(([, listener]) => listener()),
  };
}

/** The seconds from `now` to the last valid `expires` of a line written to document.cookie; NaN where there is none. */
export function secondsAsked(line: string | undefined, now: number): number {
  const end = [...(line ?? '').matchAll(/expires=([^;]+)/gi)].at(-1)?.[1];
  return (Date.parse(end ?? '') - now) / 1000;
}
