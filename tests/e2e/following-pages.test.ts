/** Pages that follow each other at once: what each does as it begins and as it is left, and its frame, is that page's, once, with its script. */
import { expect, test } from 'vitest';
import { html } from '../matrix/way.ts';
import { auditPages, shopPolicy } from './audit-of.ts';

const THIRD = 'https://third.test';
const PAGES = 6;
const FOR_LATER = 'Max-Age=1000; SameSite=None; Secure';

/** Each thing that it does has its name at the end. */
const acts = (who: string) => `<script>
  const act = (when) => {
    localStorage.setItem('stored-' + when + '-${who}', '1');
    document.cookie = 'cookie-' + when + '-${who}=1; ${FOR_LATER}';
    navigator.sendBeacon('${THIRD}/beacon-' + when + '-${who}');
    fetch('${THIRD}/fetch-' + when + '-${who}', { method: 'POST', keepalive: true, mode: 'no-cors', credentials: 'include' });
  };
  act('first');
  addEventListener('pagehide', () => act('last'));
</script>`;

test('of every page', async () => {
  const { audit } = await auditPages(
    ({ url }) => {
      const name = url.pathname.slice(1);
      const answered = { setCookies: [`answered-${name}=1; ${FOR_LATER}`] };
      if (/^page\d+$/.test(name)) {
        const next = `page${Number(name.slice(4)) + 1}`;
        const frame = `<iframe src="${THIRD}/frame-of-${name}" onload="document.querySelector('a').hidden = false"></iframe>`;
        return { ...html(`${acts(name)}<a id="to-${next}" href="/${next}" hidden>on</a>${frame}`), ...answered };
      }
      return url.host === 'third.test' ? { ...html(name.startsWith('frame-of') ? acts(name) : ''), ...answered } : html('');
    },
    [
      { visit: '/page1' },
      ...Array.from({ length: PAGES }, (_, index) => ({
        click: `#to-page${index + 2}`,
        // At once, and time for the last one's end.
        ...(index < PAGES - 1 && { settle: 1 }),
      })),
    ],
    shopPolicy(),
  );
  for (let number = 1; number <= PAGES; number++) {
    const own = audit.observations.filter(
      ({ kind, action, name, request }) =>
        kind !== 'control' && action !== 'present' && (request?.url ?? name ?? '').endsWith(`page${number}`),
    );
    const told = own.map(({ visit, kind, name, request, initiator, mechanism, rejected, confirmed }) => {
      const by = initiator?.url ?? (mechanism === 'http' || mechanism === 'navigation' ? 'answer' : 'nobody');
      return `${visit} ${kind} ${name ?? request?.url} ${by} ${rejected ?? (confirmed === null ? 'unconfirmed' : 'done')}`;
    });
    const address = `https://shop.test/page${number}`;
    const frame = `${THIRD}/frame-of-page${number}`;
    const expected = [[`page${number}`, address] as const, [`frame-of-page${number}`, frame] as const].flatMap(([who, url]) => [
      `request ${url} answer`,
      `cookie answered-${who} answer`,
      ...['first', 'last'].flatMap((when) => [
        `localStorage stored-${when}-${who} ${url}`,
        `cookie cookie-${when}-${who} ${url}`,
        ...['beacon', 'fetch'].flatMap((way) => [
          `request ${THIRD}/${way}-${when}-${who} ${url}`,
          `cookie answered-${way}-${when}-${who} answer`,
        ]),
      ]),
    ]);
    expect(told.sort()).toEqual(expected.map((one) => `v${number} ${one} done`).sort());
  }
});
