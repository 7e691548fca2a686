import { demoPolicy } from '../policy.ts';
import type { PageName } from './layout.ts';
import { escapeHtml, texts } from './texts.ts';
import type { SiteLanguage, Texts } from './texts.ts';

interface Page {
  title: string;
  /** HTML of the page's content. */
  main: string;
}

const card = (title: string, text: string, extra = '') =>
  `<article class="card"><h3>${escapeHtml(title)}</h3>${extra}<p>${escapeHtml(text)}</p></article>`;

const figure = (number: string, text: string) => `<div><dt>${escapeHtml(number)}</dt><dd>${escapeHtml(text)}</dd></div>`;

const price = (name: string, sum: string, text: string) => card(name, text, `<p class="sum">${escapeHtml(sum)}</p>`);

function home(say: Texts, language: SiteLanguage): Page {
  const main = `<section class="hero">
  <div>
    <p class="label">${escapeHtml(say.heroLabel)}</p>
    <h1>${escapeHtml(say.heroTitle)}</h1>
    <p class="lead">${escapeHtml(say.heroText)}</p>
    <p class="actions"><a class="button" href="/${language}/account">${escapeHtml(say.heroAction)}</a><a class="button quiet" href="/${language}/about">${escapeHtml(say.heroMore)}</a></p>
    <form class="track" action="/${language}/account"><label>${escapeHtml(say.trackLabel)}<input name="number" placeholder="${escapeHtml(say.trackPlaceholder)}"></label><button class="button">${escapeHtml(say.trackAction)}</button></form>
  </div>
  <img src="https://static.send-box.com/hero.svg" alt="" width="480" height="380">
</section>
<dl class="figures">${figure(say.figure1, say.figure1Text)}${figure(say.figure2, say.figure2Text)}${figure(say.figure3, say.figure3Text)}</dl>
<section><h2>${escapeHtml(say.featuresTitle)}</h2>
<div class="cards">${card(say.feature1, say.feature1Text)}${card(say.feature2, say.feature2Text)}${card(say.feature3, say.feature3Text)}</div></section>
<section><h2>${escapeHtml(say.pricesTitle)}</h2>
<div class="cards">${price(say.price1, say.price1Sum, say.price1Text)}${price(say.price2, say.price2Sum, say.price2Text)}${price(say.price3, say.price3Sum, say.price3Text)}</div></section>`;
  return { title: say.titleHome, main };
}

function about(say: Texts): Page {
  const main = `<section class="narrow"><h1>${escapeHtml(say.aboutTitle)}</h1><p class="lead">${escapeHtml(say.aboutText)}</p></section>
<section class="cards">${card(say.about1, say.about1Text)}${card(say.about2, say.about2Text)}${card(say.about3, say.about3Text)}</section>`;
  return { title: say.titleAbout, main };
}

function account(say: Texts): Page {
  const row = (number: string, route: string, carrier: string, state: string, tone: string) =>
    `<tr><td><code>${number}</code></td><td>${escapeHtml(route)}</td><td>${escapeHtml(carrier)}</td><td><span class="state ${tone}">${escapeHtml(state)}</span></td></tr>`;
  const head = [say.columnNumber, say.columnRoute, say.columnCarrier, say.columnState]
    .map((name) => `<th>${escapeHtml(name)}</th>`)
    .join('');
  const main = `<section><h1>${escapeHtml(say.accountTitle)}</h1><p class="lead">${escapeHtml(say.accountText)}</p>
<table><thead><tr>${head}</tr></thead><tbody>
${row('SB74021186KZ', say.row1Route, 'Qazpost', say.row1State, 'moving')}
${row('SB74021042KZ', say.row2Route, 'Dala Express', say.row2State, 'done')}
${row('SB74020977KZ', say.row3Route, 'Alatau Cargo', say.row3State, 'new')}
</tbody></table></section>`;
  return { title: say.titleAccount, main };
}

const ofClause = (number: string) => number.split('.').map(Number);

/** Clause numbers in the order of the document: 1, 1.1, 1.2, 2, … */
function byNumber(left: string, right: string): number {
  const [chapter = 0, point = 0] = ofClause(left);
  const [otherChapter = 0, otherPoint = 0] = ofClause(right);
  return chapter - otherChapter || point - otherPoint;
}

/** A clause: its first line names it, the others are its items. */
function clause(number: string, text: string): string {
  const [name = '', ...items] = text.split('\n');
  const tag = number.includes('.') ? 'h3' : 'h2';
  return `<${tag}>${escapeHtml(number)}. ${escapeHtml(name)}</${tag}>${items.map((item) => `<p>${escapeHtml(item)}</p>`).join('')}`;
}

/** Shows the policy that the audit judges by, clause by clause. */
function cookies(say: Texts, language: SiteLanguage): Page {
  const clauses = Object.entries(demoPolicy().clauses ?? {}).sort(([left], [right]) => byNumber(left, right));
  const main = `<article class="narrow policy"><h1>${escapeHtml(say.cookiesTitle)}</h1><p class="lead">${escapeHtml(say.cookiesVersion)}</p>
${clauses.map(([number, text]) => clause(number, text[language] ?? text.kk ?? '')).join('\n')}</article>`;
  return { title: say.titleCookies, main };
}

/** The content of a page in a language. */
export function pageContent(name: PageName, language: SiteLanguage): Page {
  const say = texts[language];
  switch (name) {
    case '':
      return home(say, language);
    case 'about':
      return about(say);
    case 'account':
      return account(say);
    case 'cookies':
      return cookies(say, language);
  }
}
