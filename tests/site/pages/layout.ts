import type { Form } from '../exchange.ts';
import { SITE_LANGUAGES, escapeHtml, texts } from './texts.ts';
import type { SiteLanguage } from './texts.ts';

/** Path of a page below its language: `''` is the home page. */
export type PageName = '' | 'about' | 'account' | 'cookies';

const STATIC = 'https://static.send-box.com';

/** Where each form loads its consent platform from: its own static host, or a public CDN that the policy does not declare. */
const CMP: Record<Form, string> = {
  clean: `${STATIC}/vendor/vanilla-cookieconsent`,
  breaking: 'https://cdn.jsdelivr.net/npm/vanilla-cookieconsent@3.1.0/dist',
};

/** The site's own scripts, in the order in which a page loads them. */
export const SCRIPTS: Record<Form, readonly string[]> = {
  clean: ['metrica.js', 'google-analytics.js', 'language.js', 'consent-texts.js', 'consent.js'],
  breaking: [
    'ab-test-session-storage.js',
    'metrica-before-choice.js',
    'consent-mode-granted.js',
    'google-analytics-25-months.js',
    'bolashaq-undeclared.js',
    'posthog-despite-rejection.js',
    'tiktok-389-days.js',
    'meta-without-marketing.js',
    'mail-ru-after-withdrawal.js',
    'mixpanel-after-withdrawal.js',
    'consent-texts.js',
    'consent.js',
  ],
};

const FONT = '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter:wght@400..800&amp;display=swap">';
const PIXEL_WITHOUT_SCRIPT = '<noscript><img src="https://mc.yandex.ru/watch/98765432" alt=""></noscript>';

/**
 * A whole page.
 * @param main HTML of its content, already escaped
 */
export function layout(form: Form, language: SiteLanguage, page: PageName, title: string, main: string): string {
  const say = texts[language];
  const link = (name: PageName, text: string) =>
    `<a href="/${language}/${name}"${name === page ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a>`;
  const languages = SITE_LANGUAGES.map(
    (other) =>
      `<a href="/${other}/${page}" hreflang="${other}"${other === language ? ' aria-current="true"' : ''}>${texts[other].language}</a>`,
  ).join('');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${STATIC}/icon.svg" type="image/svg+xml">
${form === 'breaking' ? FONT : ''}
<link rel="stylesheet" href="${CMP[form]}/cookieconsent.css">
<link rel="stylesheet" href="${STATIC}/site.css">
<script defer src="${CMP[form]}/cookieconsent.umd.js"></script>
${SCRIPTS[form].map((script) => `<script defer src="/assets/${script}"></script>`).join('\n')}
</head>
<body>
<header class="bar">
  <a class="brand" href="/${language}/"><img src="${STATIC}/icon.svg" alt="" width="32" height="32">SendBox</a>
  <nav class="pages">${link('', say.navHome)}${link('about', say.navAbout)}${link('account', say.navAccount)}</nav>
  <nav class="languages">${languages}</nav>
</header>
<main>
${main}
</main>
<footer>
  <div>
    <strong>${escapeHtml(say.footerCompany)}</strong>
    <p>${escapeHtml(say.footerAddress)}</p>
    <p><a href="mailto:box@send-box.com">box@send-box.com</a> · +7 (727) 312-36-11</p>
  </div>
  <div class="rights">
    <a href="/${language}/cookies">${escapeHtml(say.cookiePolicy)}</a>
    <button type="button" data-cc="show-preferencesModal">${escapeHtml(say.cookieSettings)}</button>
  </div>
</footer>
${form === 'breaking' ? PIXEL_WITHOUT_SCRIPT : ''}
</body>
</html>
`;
}
