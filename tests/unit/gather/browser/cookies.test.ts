/** Which changes of the jar are recorded, with a double of the browser; with real ones: tests/e2e/other-pages.test.ts. */
import type { Browser, Cookies } from 'webextension-polyfill';
import { expect, test } from 'vitest';
import type { GatherContext } from '../../../../lib/gather/browser/context.ts';
import { observeCookies } from '../../../../lib/gather/browser/cookies.ts';
import { createDigester } from '../../../../lib/gather/browser/digest.ts';
import { createWatch } from '../../../../lib/gather/browser/watch.ts';

type Changed = (change: { cookie: Partial<Cookies.Cookie>; removed: boolean; cause: string }) => void;

function setUp() {
  let time = 1000;
  let changed: Changed = () => undefined;
  const recorded: string[] = [];
  const isSite = (host: string): boolean => host === 'send-box.com';
  const watch = createWatch(isSite, null, () => undefined);
  const context = {
    watch,
    sites: ['send-box.com'],
    digester: createDigester(new Uint8Array(32), () => false),
    record: (event: { cookie: { name: string } }) => void recorded.push(event.cookie.name),
  } as unknown as GatherContext;
  const browser = { cookies: { onChanged: { addListener: (listener: Changed) => (changed = listener) } } } as unknown as Browser;
  observeCookies(
    browser,
    (use) => use(context),
    () => time,
  );
  return {
    watch,
    pass: (milliseconds: number) => (time += milliseconds),
    /** Whether a change is recorded. */
    isTold(
      domain: string,
      { removed = false, ...more }: Partial<Cookies.Cookie> & { removed?: boolean; partitionKey?: object } = {},
    ): boolean {
      recorded.length = 0;
      const cookie = { name: 'x', value: '1', domain, hostOnly: true, path: '/', secure: true, httpOnly: false, session: true, ...more };
      changed({ cookie: cookie as Partial<Cookies.Cookie>, removed, cause: 'explicit' });
      return recorded.length > 0;
    },
  };
}

test("a third party's cookies are told once an audited page has talked to it, and until a while after the last page went", () => {
  const { watch, pass, isTold } = setUp();
  const partitioned = { partitionKey: { topLevelSite: 'https://send-box.com' } };
  expect(['.tracker.example', 'send-box.com'].map((domain) => isTold(domain))).toEqual([false, true]);
  watch.begin(1, 'send-box.com', {});
  watch.seenHost('tracker.example');
  expect(isTold('.tracker.example')).toBe(true);
  watch.end(1, 1000);
  pass(10_000);
  expect(isTold('.tracker.example')).toBe(true);
  pass(1);
  // Set for other pages by now. What is removed, the site's own, and what is kept below the site is the audit's all the same.
  expect(isTold('.tracker.example')).toBe(false);
  expect([isTold('.tracker.example', { removed: true }), isTold('send-box.com'), isTold('tracker.example', partitioned)]).toEqual([
    true,
    true,
    true,
  ]);
});
