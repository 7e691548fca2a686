/** Which tabs are watched and which requests belong, with a double of the browser; with real ones: the pop-ups of tests/matrix/frames.ts. */
import type { Browser } from 'webextension-polyfill';
import { expect, test } from 'vitest';
import type { GatherContext } from '../../../../lib/gather/browser/context.ts';
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { observeNavigations } from '../../../../lib/gather/browser/navigations.ts';
import { observeRequests } from '../../../../lib/gather/browser/requests.ts';
import { createWatch } from '../../../../lib/gather/browser/watch.ts';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';

const SITE = 'https://send-box.com/';
const OTHER = 'https://bank.kz/';

/** A browser whose tab 1 shows the site. @param dedicated it was started for the audit */
function setUp({ dedicated = false } = {}) {
  const heard = new Map<string, (details: object) => void>();
  const api = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, { addListener: (listener: (details: object) => void) => heard.set(name, listener) }]));
  const browser = {
    webNavigation: {
      ...api('onBeforeNavigate', 'onCommitted', 'onHistoryStateUpdated', 'onCreatedNavigationTarget'),
      onErrorOccurred: { addListener: (listener: (details: object) => void) => heard.set('not navigated', listener) },
    },
    webRequest: api('onBeforeRequest', 'onSendHeaders', 'onHeadersReceived', 'onBeforeRedirect', 'onCompleted', 'onErrorOccurred'),
    tabs: api('onRemoved'),
  } as unknown as Browser;
  const events: BrowserEvent[] = [];
  const watch = createWatch(
    (host) => host === 'send-box.com',
    null,
    () => undefined,
  );
  const context = {
    watch,
    dedicated,
    digester: createDigester(new Uint8Array(32), () => false),
    containerOf: () => ({}),
    record: (event: BrowserEvent) => void events.push(event),
  } as unknown as GatherContext;
  observeNavigations(
    browser,
    (use) => use(context),
    () => 1000,
    () => undefined,
  );
  observeRequests(browser, (use) => use(context));
  let requests = 0;
  const tell = (name: string, details: object): void => heard.get(name)?.({ timeStamp: 1000, frameId: 0, ...details });
  const commit = (tabId: number, url: string, more: object = {}): void => tell('onCommitted', { tabId, url, ...more });
  commit(1, SITE);
  return {
    watch,
    commit,
    /** How often another page was told of. */
    others: () => events.filter(({ type }) => type === 'other-page').length,
    before: (tabId: number, url: string) => tell('onBeforeNavigate', { tabId, url }),
    /** Which tabs were told as whose pop-ups. */
    popUps: () => events.filter((event) => event.type === 'pop-up').map(({ tab, opener }) => [tab, opener]),
    miss: (tabId: number) => tell('not navigated', { tabId }),
    open: (tabId: number, sourceTabId: number, url: string) => tell('onCreatedNavigationTarget', { tabId, sourceTabId, url }),
    /** Whether a request is recorded. */
    asks(tabId: number, more: object): boolean {
      events.length = 0;
      tell('onBeforeRequest', {
        requestId: `${++requests}`,
        tabId,
        url: 'https://mc.yandex.ru/watch',
        type: 'image',
        method: 'GET',
        ...more,
      });
      return events.length > 0;
    },
    /** Whether an event of the last request is recorded. */
    goesOn(name: string, tabId: number, more: object): boolean {
      events.length = 0;
      tell(name, { requestId: `${requests}`, tabId, url: 'https://mc.yandex.ru/watch', type: 'image', method: 'GET', ...more });
      return events.length > 0;
    },
  };
}

test.each(['about:blank', `javascript:''`, `blob:${SITE}1`])("a pop-up on %s is the site's, until another site is in it", (url) => {
  const { watch, commit, open, popUps } = setUp();
  open(2, 1, url);
  expect(watch.isWatched(2)).toBe(true);
  expect(popUps()).toEqual([[2, 1]]);
  commit(2, url.startsWith('blob:') ? url : 'about:blank');
  expect(watch.isWatched(2)).toBe(true);
  commit(2, OTHER);
  expect([watch.isWatched(2), watch.isWatched(1)]).toEqual([false, true]);
});

test.each([
  ['another site', 1, OTHER],
  ["another site's blob", 1, `blob:${OTHER}1`],
  ["the browser's own page", 1, 'about:preferences'],
  ["another site's pop-up", 9, 'about:blank'],
])('%s in a new tab is not watched', (_what, opener, url) => {
  const { watch, open, popUps } = setUp();
  open(2, opener, url);
  expect(watch.isWatched(2)).toBe(false);
  expect(popUps()).toEqual([]);
});

test("what the empty document asks for in a tab that waits for another site is the site's; what is of others is not", () => {
  const { watch, open, asks } = setUp();
  open(2, 1, OTHER);
  expect([asks(2, { initiator: 'https://send-box.com' }), asks(2, { documentUrl: SITE, originUrl: SITE })]).toEqual([true, true]);
  const ofOthers = [
    { initiator: 'https://bank.kz' },
    { documentUrl: OTHER, originUrl: SITE },
    { initiator: 'https://send-box.com', frameId: 3 },
    {},
  ];
  expect(ofOthers.map((more) => asks(2, more))).toEqual([false, false, false, false]);
  expect(watch.isWatched(2)).toBe(false);
});

test('a tab that the site was asked for in is watched for what is of the site, and no more when no page came of it', () => {
  const { watch, commit, miss, asks } = setUp();
  const main = { url: `${SITE}file`, type: 'main_frame' };
  const ofOther = { initiator: 'https://bank.kz', documentUrl: OTHER };
  commit(2, OTHER);
  // Another site's page fetches it beforehand.
  expect([asks(2, { ...main, documentId: 'D' }), watch.isWatched(2)]).toEqual([false, false]);
  expect([asks(2, main), asks(2, ofOther), asks(2, { initiator: 'https://send-box.com' })]).toEqual([true, false, true]);
  expect(asks(2, { ...main, url: OTHER })).toBe(true);
  miss(2);
  expect([asks(2, ofOther), watch.isWatched(2), watch.isWatched(1)]).toEqual([false, false, true]);
  expect(asks(2, main)).toBe(true);
  commit(2, SITE);
  miss(2);
  expect([asks(2, ofOther), asks(2, { documentUrl: SITE }), watch.isWatched(2)]).toEqual([false, true, true]);
});

test('what the page asks for that a tab is led to, before it has begun in it, is of the site only where that page is', () => {
  const { commit, open, asks } = setUp();
  const next = { frameId: 3, parentFrameId: -1, documentLifecycle: '' };
  expect([OTHER, SITE, 'null'].map((initiator) => asks(1, { ...next, initiator: initiator.replace(/\/$/, '') }))).toEqual([
    false,
    true,
    true,
  ]);
  // A pop-up's empty document is of whoever opened it, also when it is left.
  open(2, 1, 'about:blank');
  expect(asks(2, { frameId: 0, parentFrameId: -1, documentLifecycle: 'active', initiator: 'https://bank.kz' })).toBe(true);
  expect(asks(2, { ...next, documentLifecycle: 'pending_deletion', initiator: 'https://bank.kz' })).toBe(true);
  commit(1, OTHER);
  expect(asks(1, { ...next, initiator: 'https://send-box.com' })).toBe(true);
});

test('what a page and its frames send while they are left for the site is theirs, in the words of either browser', () => {
  const { commit, asks } = setUp();
  const frame = (url: string, more: object): void => commit(2, url, more);
  commit(2, OTHER);
  frame('https://ads.example/', { frameId: 5 });
  commit(2, SITE);
  frame('https://mc.yandex.ru/', { frameId: 6 });
  const going = { documentLifecycle: 'pending_deletion' };
  const other = { initiator: 'https://bank.kz' };
  const third = { initiator: 'https://ads.example' };
  expect([
    asks(2, { ...going, ...other, frameId: 3, parentFrameId: -1 }),
    asks(2, { ...going, ...third, frameId: 5, parentFrameId: 3 }),
    // A frame of the page that is there now, and that page itself.
    asks(2, { ...going, ...third, frameId: 6, parentFrameId: 0 }),
    asks(2, { ...going, initiator: 'null', frameId: 5, parentFrameId: 3 }),
    asks(2, { documentLifecycle: 'active', ...third, frameId: 7, parentFrameId: 0 }),
  ]).toEqual([false, false, true, true, true]);
  expect([
    asks(2, { documentUrl: OTHER }),
    asks(2, { documentUrl: 'https://ads.example/', frameId: 5, parentFrameId: 0, frameAncestors: [{ url: OTHER }] }),
    asks(2, { documentUrl: 'https://ads.example/', frameId: 5, parentFrameId: 0, frameAncestors: [] }),
    asks(2, { documentUrl: SITE }),
    asks(2, { documentUrl: 'chrome://browser/content/browser.xhtml' }),
    asks(2, { documentUrl: 'https://ads.example/', frameId: 6, parentFrameId: 0, frameAncestors: [] }),
    asks(2, { documentUrl: 'https://ads.example/', frameId: 7, parentFrameId: 0, frameAncestors: [{ url: SITE }] }),
  ]).toEqual([false, false, false, true, true, true, true]);
});

test('whose a request was when it began it stays until it has ended, whatever is in the tab by then', () => {
  const { commit, asks, goesOn } = setUp();
  asks(1, { initiator: 'https://send-box.com' });
  commit(1, OTHER);
  expect(['onHeadersReceived', 'onBeforeRedirect', 'onBeforeRequest', 'onCompleted'].map((name) => goesOn(name, 1, {}))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(goesOn('onCompleted', 1, {})).toBe(false);
});

test("in a browser for the audit it is told that another page is at work, before its answer is; in a person's browser never", () => {
  for (const dedicated of [true, false]) {
    const { before, commit, others } = setUp({ dedicated });
    const counts = [SITE, 'about:blank', 'chrome-extension://abcdef/control.html', 'chrome://newtab/'].map((url) => {
      before(3, url);
      commit(3, url);
      return others();
    });
    before(3, OTHER);
    counts.push(others());
    commit(3, OTHER);
    expect([...counts, others()]).toEqual(dedicated ? [0, 0, 0, 0, 1, 2] : [0, 0, 0, 0, 0, 0]);
  }
});
