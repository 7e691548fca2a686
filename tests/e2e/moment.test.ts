/** What a click's handlers fire is after the click, what fired just before it is before: fifty clicks of fifty. */
import { expect, test } from 'vitest';
import { auditPages, html, pages, seen, shopPolicy } from './audit-of.ts';

const CLICKS = 50;

/** Accept and reject in turn; each way of firing is used on both sides of the click. */
const PAGE = `
<button id="choice">Принять</button>
<script>
  const ways = [
    (url) => fetch(url, { mode: 'no-cors' }),
    (url) => navigator.sendBeacon(url),
    (url) => { new Image().src = url; },
    (url) => { const s = document.createElement('script'); s.src = url; document.head.append(s); },
    (url) => { const x = new XMLHttpRequest(); x.open('GET', url); x.send(); },
    (url) => { const f = document.createElement('iframe'); f.src = url; document.body.append(f); },
  ];
  let clicks = 0;
  const button = document.getElementById('choice');
  const fire = (side) => {
    ways[clicks % ways.length]('https://t.tracker.test/' + side + '/' + clicks);
    document.cookie = side + clicks + '=1; Secure';
    localStorage[side + clicks] = 'x';
  };
  button.addEventListener('mouseup', () => fire('before'));
  button.addEventListener('click', () => {
    document.cookie = 'cookie_consent=' + (clicks % 2 === 0 ? 'accepted' : 'rejected') + '; Secure; Max-Age=1000';
    fire('after');
    clicks++;
    button.textContent = clicks % 2 === 0 ? 'Принять' : 'Отклонить';
  });
</script>`;

test('fifty clicks, each with something fired just before and something fired by its handler', async () => {
  const steps = [{ visit: '/' }, ...Array.from({ length: CLICKS }, () => ({ click: '#choice', settle: 50 }))];
  const { audit } = await auditPages(pages({ 'shop.test/': html(PAGE) }), steps, shopPolicy());
  expect(audit.consent.filter(({ source }) => source !== 'start')).toHaveLength(CLICKS);
  const wrong: string[] = [];
  for (let click = 0; click < CLICKS; click++) {
    const after = click % 2 === 0 ? 'accepted' : 'withdrawn';
    const before = click === 0 ? 'before-choice' : click % 2 === 0 ? 'withdrawn' : 'accepted';
    for (const [side, phase] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const name = `${side}${click}`;
      const fired = audit.observations.filter(
        (o) =>
          o.action !== 'present' &&
          o.action !== 'delete' &&
          (o.name === name || o.request?.url === `https://t.tracker.test/${side}/${click}`),
      );
      if (fired.length !== 3) wrong.push(`${name}: ${fired.length} observations`);
      for (const o of fired) if (o.phase !== phase) wrong.push(`${name} ${o.kind} ${o.mechanism}: ${o.phase} instead of ${phase}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a mark on a click that sends a form: the click is the moment, not the page that answers', async () => {
  const form = html('<body><form method="post" action="/chosen"><button id="ok">→</button></form>');
  const answer = html(`<script>document.cookie = 'stats=1; Secure; Max-Age=1000'</script>`);
  const { audit } = await auditPages(
    pages({ 'shop.test/': form, 'shop.test/chosen': answer }),
    [{ visit: '/' }, { click: '#ok', mark: 'accepted' }, { visit: '/' }, { mark: 'withdrawn' }],
    shopPolicy(),
  );
  expect(audit.consent.map(({ state, source }) => [state, source])).toEqual([
    ['before-choice', 'start'],
    ['accepted', 'mark'],
    ['withdrawn', 'mark'],
  ]);
  expect(seen(audit, 'cookie', 'stats')[0]).toMatchObject({ phase: 'accepted' });
  expect(audit.observations.find(({ id }) => id === audit.consent[1]?.observations[0])).toMatchObject({ kind: 'control' });
});
