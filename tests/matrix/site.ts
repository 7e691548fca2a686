/** Serves the ways, each page with those that are tried on it, and hears from the browser itself what it stores in the end. */
import type { Answer, Host, Question } from '../site/exchange.ts';
import { WAYS } from './index.ts';
import { html, js, OTHER, set, text, TOP, type Way } from './way.ts';

/** What the browser's own jar and storage hold when everything is over, as `kind host name`. */
export type Truth = Set<string>;

export interface MatrixSite {
  host: Host;
  truth: Truth;
}

/** The last page: asks the server with every cookie it has, and tells the names of what is stored. What a frame may not ask for it has not. */
const TRUTH = `<script type="module">
  const unless = (found) => found().catch(() => []);
  const filesIn = async (directory, path) => {
    const names = [];
    for await (const [name, handle] of directory.entries())
      names.push(...(handle.kind === 'file' ? [path + name] : [path + name + '/', ...(await filesIn(handle, path + name + '/'))]));
    return names;
  };
  fetch('/truth', { method: 'POST', body: JSON.stringify({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    indexedDB: await unless(async () => (await indexedDB.databases()).map(({ name }) => name)),
    cacheStorage: await unless(() => caches.keys()),
    opfs: await unless(async () => filesIn(await navigator.storage.getDirectory(), '')),
    serviceWorker: await unless(async () =>
      (await navigator.serviceWorker.getRegistrations()).map(({ active, waiting, installing }) => new URL((active ?? waiting ?? installing).scriptURL).pathname)),
  }) });
</script>`;

export function matrixSite(browser: 'chromium' | 'firefox'): MatrixSite {
  const ways = waysFor(browser);
  const truth: Truth = new Set();
  const answers = new Map<string, NonNullable<Way['answers']>[string]>();
  for (const way of ways) {
    for (const [path, answer] of Object.entries(way.answers ?? {})) answers.set(path, answer);
    if (way.script !== undefined) answers.set(`/way/${way.id}.js`, js(way.script));
  }
  const note = ({ url, cookies, body }: Question): Answer => {
    for (const name of cookies.keys()) truth.add(`cookie ${url.hostname} ${name}`);
    const stored = JSON.parse(body.toString()) as Record<string, string[]>;
    for (const [kind, names] of Object.entries(stored)) for (const name of names) truth.add(`${kind} ${url.hostname} ${name}`);
    return text('');
  };
  const host: Host = (question) => {
    const { pathname, hostname } = question.url;
    const elsewhere = hostname === new URL(OTHER).hostname;
    if (pathname === '/truth')
      return question.method === 'POST' ? note(question) : html(TRUTH + (elsewhere ? '' : frameOf(`${OTHER}/truth`)));
    const page = /^\/page\/(\w+)$/.exec(pathname)?.[1];
    if (page)
      return pageOf(
        ways.filter((way) => way.page === page && (way.elsewhere === true) === elsewhere),
        page,
        elsewhere,
      );
    const answer = answers.get(pathname);
    if (typeof answer === 'function') return answer(question);
    return answer ?? text('');
  };
  return { host, truth };
}

export function waysFor(browser: 'chromium' | 'firefox'): Way[] {
  return WAYS.filter(({ only }) => only === undefined || only === browser);
}

function pageOf(ways: Way[], page: string, elsewhere: boolean): Answer {
  const parts = ways.map(
    (way) =>
      (way.body ?? '') + (way.script === undefined ? '' : `<script src="/way/${way.id}.js"${way.module ? ' type="module"' : ''}></script>`),
  );
  return html(
    `<link rel="icon" href="data:,">\n${parts.join('\n')}\n${elsewhere ? '' : frameOf(`${OTHER}/page/${page}`)}`,
    page === 'answers' && !elsewhere ? [set('http-navigation')] : [],
  );
}

const frameOf = (url: string): string => `<iframe src="${url}"></iframe>`;

/** Where a way's own code is. */
export const scriptOf = (way: Way): string => `${way.elsewhere ? OTHER : TOP}/way/${way.id}.js`;
export const pageUrl = (way: Way): string => `${way.elsewhere ? OTHER : TOP}/page/${way.page}`;
