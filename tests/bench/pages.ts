/** The pages that the browsers load. */
import type { Host } from '../site/exchange.ts';

export const WRITES = 100;
/** Beside the page itself. */
export const REQUESTS = 21;
/** Of the microbenchmark, in one load. */
export const TIMED = 600;
/** Of one load. */
export const FLOOD = 10_000;

/** Isolated pages get a clock of 5 µs: https://w3c.github.io/hr-time/#dfn-coarsen-time */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const LOAD = `<h1>A page</h1><p>that stores and sends what a page with some trackers does.</p><script>
  for (let i = 0; i < ${WRITES / 2}; i++) {
    document.cookie = 'c' + i + '=value-' + i + '; Secure; Max-Age=1000; SameSite=Lax';
    localStorage.setItem('s' + i, 'value-' + Math.random());
  }
  Promise.all(Array.from({ length: ${REQUESTS} }, (_, i) => fetch('/r/' + i))).then(() => { document.title = 'done'; });
</script>`;

/** Small groups with pauses between, as pages write; what is timed is each call as the page sees it. */
const TIMING = `<script>
  const times = { cookie: [], storage: [], stack: [] };
  const group = (size, act, into, from) => {
    for (let i = 0; i < size; i++) {
      const before = performance.now();
      act(from + i);
      into.push((performance.now() - before) * 1000);
    }
  };
  let done = 0;
  const step = () => {
    group(10, (i) => { document.cookie = 'c' + i % 40 + '=value-' + i + '; Secure; Max-Age=1000'; }, times.cookie, done);
    group(10, (i) => { localStorage.setItem('s' + i % 40, 'value-' + i); }, times.storage, done);
    group(10, () => { void new Error().stack; }, times.stack, done);
    done += 10;
    if (done < ${TIMED}) setTimeout(step, 10);
    else { globalThis.times = times; document.title = 'done'; }
  };
  setTimeout(step, 50);
</script>`;

const FLOODING = `<script>
  let n = 0;
  const step = () => {
    for (let i = 0; i < 500 && n < ${FLOOD}; i++, n++) localStorage.setItem('s' + n % 100, 'value-' + n);
    if (n < ${FLOOD}) setTimeout(step, 1);
    else document.title = 'done';
  };
  setTimeout(step, 50);
</script>`;

/** Waits to be told, then writes once. */
const WAITING = `<script>addEventListener('message', ({ data }) => { localStorage.setItem(data, '1'); });</script>`;

const PAGES: Record<string, string> = { '/load': LOAD, '/timing': TIMING, '/flood': FLOODING, '/waiting': WAITING };

export const host: Host = ({ url }) => {
  const body = PAGES[url.pathname];
  if (body === undefined) return { status: 200, type: 'text/plain', body: 'ok', headers: { 'cache-control': 'no-store' } };
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>page</title><body>${body}`,
    headers: { 'cache-control': 'no-store', ...ISOLATED },
  };
};
