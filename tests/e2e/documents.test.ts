/** Documents that do not live from a navigation to the next: kept in the back/forward cache, prerendered, left alone by a reload. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Evidence } from '../../lib/model/evidence.ts';
import { html, pages } from './audit-of.ts';
import { recording, type ExtensionPage } from './recording.ts';

/** The path of the visit in which each of these was set, sent or found. */
function visitsOf(evidence: Evidence, what: (name: string) => boolean): [string, string][] {
  const visits = new Map(evidence.visits.map(({ id, url }) => [id, new URL(url).pathname]));
  return evidence.observations
    .filter((o) => o.action === 'set' || o.action === 'send')
    .map((o): [string, string] => [o.name ?? new URL(o.request?.url ?? '').pathname, visits.get(o.visit) ?? ''])
    .filter(([name]) => what(name));
}

test('a page that comes back from the back/forward cache goes on telling, in a visit of its own', async () => {
  const host = pages({
    'shop.test/a': html(`<body><script>
      document.cookie = 'first=1; Secure';
      addEventListener('pagehide', () => { document.cookie = 'leaving=1; Secure'; });
      addEventListener('pageshow', ({ persisted }) => {
        fetch('/r/shown-' + (persisted ? 'again' : 'anew'));
        if (!persisted) return;
        document.cookie = 'back=1; Secure';
        localStorage.back = 1;
        setTimeout(() => { document.cookie = 'later=1; Secure'; fetch('/r/later'); }, 80);
      });
    </script>`),
    'shop.test/b': html(`<body><script>document.cookie = 'other=1; Secure'</script>`),
  });
  await recording(host, async (it) => {
    const tab = await it.open('https://shop.test/a');
    // An answer that is still on its way would reach the page when it is frozen, and the browser throws such pages away.
    const quiet = async (): Promise<void> => {
      while ((await it.ask('quiet', {})).milliseconds < 500) await sleep(20);
    };
    await quiet();
    await tab.goto('https://shop.test/b');
    // A page that is left in its first moments may not be heard any more, which would be a gap.
    await quiet();
    await tab.goBack();
    // The driver has lost its hold on the page by now; the page's own request says that it is done.
    const asked = (path: string): number => it.site.log().filter((entry) => entry.path === path).length;
    while (asked('/r/shown-anew') + asked('/r/shown-again') < 2) await sleep(20);
    expect(asked('/r/shown-again')).toBe(1);
    while (asked('/r/later') === 0) await sleep(20);
    const evidence = await it.evidence();
    expect(evidence.visits.map(({ url }) => new URL(url).pathname)).toEqual(['/a', '/b', '/a']);
    const [first, , last] = evidence.visits;
    const of = (name: string) =>
      evidence.observations.filter((o) => (o.action === 'set' || o.action === 'send') && (o.name ?? o.request?.url) === name);
    for (const name of ['first', 'leaving']) expect(of(name).map(({ visit }) => visit)).toEqual([first?.id]);
    for (const name of ['back', 'later', 'https://shop.test/r/later'])
      expect(new Set(of(name).map(({ visit }) => visit))).toEqual(new Set([last?.id]));
    expect(
      of('back')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['cookie', 'localStorage']);
    expect(of('later')).toHaveLength(1);
    expect(evidence.lost).toBe(0);
    expect(evidence.gaps).toEqual([]);
  });
});

test('a prerendered page is its own visit, from its own beginning; one that is never shown stays apart from the page in the tab', async () => {
  const prerendered = (name: string): string => `<body><script>
    document.cookie = '${name}=' + document.prerendering + '; Secure';
    localStorage.${name} = 1;
    fetch('/r/${name}');
    document.addEventListener('prerenderingchange', () => { document.cookie = '${name}_shown=1; Secure'; fetch('/r/${name}_shown'); });
  </script>`;
  const host = pages({
    'shop.test/page': html(`<a id="next" href="/next">next</a><script>document.cookie = 'page=1; Secure'</script>
      <script type="speculationrules">{"prerender":[{"urls":["/next","/never"],"eagerness":"immediate"}]}</script>`),
    'shop.test/next': html(prerendered('next')),
    'shop.test/never': html(prerendered('never')),
  });
  await recording(host, async (it) => {
    const tab = await it.open('https://shop.test/page');
    const asked = (path: string): boolean => it.site.log().some((entry) => entry.path === path);
    while (!asked('/r/next') || !asked('/r/never')) await sleep(20);
    // It ends without a word when the visitor goes on, and may not have been heard until then.
    const isHeard = ({ observations }: Evidence): boolean =>
      observations.some(({ name, kind, initiator }) => name === 'never' && kind === 'localStorage' && initiator !== null);
    while (!isHeard(await it.ask('evidence', {}))) await sleep(50);
    await tab.click('#next');
    while (!asked('/r/next_shown')) await sleep(20);
    const evidence = await it.evidence();
    expect(evidence.visits.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/never', '/next', '/page']);
    expect(visitsOf(evidence, (name) => name === 'page')).toEqual([['page', '/page']]);
    const next = visitsOf(evidence, (name) => name.includes('next') && name !== '/next');
    expect(new Set(next.map(([name]) => name))).toEqual(new Set(['next', '/r/next', 'next_shown', '/r/next_shown']));
    expect(new Set(next.map(([, visit]) => visit))).toEqual(new Set(['/next']));
    const never = visitsOf(evidence, (name) => name.includes('never') && name !== '/never');
    expect(new Set(never.map(([name]) => name))).toEqual(new Set(['never', '/r/never']));
    expect(new Set(never.map(([, visit]) => visit))).toEqual(new Set(['/never']));
    expect(evidence.observations.find(({ name, action }) => name === 'next' && action === 'set')?.confirmed).toBe('jar');
    expect(evidence.gaps).toEqual([]);
  });
});

test('a reload of the extension leaves open pages unseen, and says so', async () => {
  const host = pages({
    'shop.test/': html(`<body><script>
      let n = 0;
      setInterval(() => { localStorage['s' + n] = 1; n++; }, 10);
    </script>`),
    'shop.test/after': html(`<body><script>document.cookie = 'after=1; Secure'</script>`),
  });
  await recording(host, async (it) => {
    const tab = await it.open('https://shop.test/');
    await tab.waitForFunction(() => localStorage.length > 30);
    const reload = () => it.control.evaluate(() => (globalThis as unknown as ExtensionPage).chrome.runtime.reload());
    // The page that asks for it is gone before it can be answered.
    await it.reloaded(() => reload().catch(() => undefined));
    const reasons = ({ gaps }: Evidence): string[] => gaps.map(({ reason }) => reason).sort();
    const meanwhile = await it.evidence();
    expect(reasons(meanwhile)).toEqual(['page-open-before: https://shop.test/', 'recording-cut-off: https://shop.test/']);

    await tab.goto('https://shop.test/after');
    const evidence = await it.evidence();
    expect(reasons(evidence)).toEqual(reasons(meanwhile));
    const unseen = evidence.gaps.find(({ reason }) => reason.startsWith('page-open-before'));
    const after = evidence.visits.find(({ url }) => url.endsWith('/after'));
    // Until the page was left: the visit begins with its request, the gap ends with its document.
    expect(Date.parse(unseen?.to ?? '')).toBeGreaterThanOrEqual(Date.parse(after?.startedAt ?? ''));
    expect(evidence.observations.find(({ name, action }) => name === 'after' && action === 'set')?.confirmed).toBe('jar');
  });
});
