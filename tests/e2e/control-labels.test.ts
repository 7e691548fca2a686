/** The words of a control are those that a person reads on it, however it is built. */
import { expect, test } from 'vitest';
import { auditPages, html, pages, shopPolicy } from './audit-of.ts';

const PICTURE = 'src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="80" height="20"';

/** By id: the markup, and the label and meaning that are read from it. */
const CONTROLS: Record<string, [markup: string, label: string, meaning: string | null]> = {
  picture: [`<a id="picture" role="button" href="#"><img alt="Принять все" ${PICTURE}></a>`, 'Принять все', 'accept'],
  alone: [`<img id="alone" alt="Отклонить" ${PICTURE}>`, 'Отклонить', 'reject'],
  drawn: ['<button id="drawn"><svg width="20" height="20"><title>Reject all</title><circle r="9"/></svg></button>', 'Reject all', 'reject'],
  icon: [
    '<button id="icon"><span aria-hidden="true">done_all</span><style>b { color: red }</style>Accept <b>all</b></button>',
    'Accept all',
    'accept',
  ],
  named: ['<button id="named"><span aria-label="Қабылдау">✓</span></button>', 'Қабылдау', 'accept'],
  waiting: ['<button id="waiting"><span style="display: none">Loading…</span>Отказаться</button>', 'Отказаться', 'reject'],
  lines: ['<button id="lines"><div>Только</div><div>необходимые</div></button>', 'Только необходимые', 'necessary-only'],
  letters: ['<button id="letters"><b>П</b><i>ринять</i></button>', 'Принять', 'accept'],
  hyphen: ['<button id="hyphen">При&shy;нять</button>', 'При\u00adнять', 'accept'],
  component: ['<accept-button id="component">Принять все</accept-button>', 'Принять все', 'accept'],
  between: [
    '<div id="between" style="display: flex; justify-content: space-between; width: 600px"><button>Сохранить</button><button>настройки</button></div>',
    'div#between',
    null,
  ],
};

test('labels of controls', async () => {
  const body = `${Object.values(CONTROLS)
    .map(([markup]) => `<p>${markup}</p>`)
    .join('')}<script>
  customElements.define('accept-button', class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<button><slot></slot></button>'; }
  });
</script>`;
  const steps = Object.keys(CONTROLS).map((id) => ({ click: `#${id}` }));
  const { audit } = await auditPages(pages({ 'shop.test/': html(body) }), [{ visit: '/' }, ...steps], shopPolicy());
  const clicks = audit.observations.filter(({ kind, mechanism }) => kind === 'control' && mechanism === 'click');
  expect(clicks.map(({ name, control }) => [name, control?.meaning])).toEqual(
    Object.values(CONTROLS).map(([, label, meaning]) => [label, meaning]),
  );
});
