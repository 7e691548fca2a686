import { randomUUID } from 'node:crypto';
import { html, ownFile, packageFile, redirect } from '../exchange.ts';
import type { Form, Host, Question } from '../exchange.ts';
import { SCRIPTS, layout } from '../pages/layout.ts';
import type { PageName } from '../pages/layout.ts';
import { pageContent } from '../pages/pages.ts';
import { SITE_LANGUAGES } from '../pages/texts.ts';
import type { SiteLanguage } from '../pages/texts.ts';

const YEAR = 365 * 86400;
const PAGES: readonly PageName[] = ['', 'about', 'account', 'cookies'];

/**
 * What a page's answer sets. Clean: a session cookie that ends with the browser. Breaking: it lasts a year although the policy
 * says session, and the language is remembered before anybody was asked, without Secure.
 */
function pageCookies(form: Form, language: SiteLanguage, cookies: Question['cookies']): string[] {
  const set: string[] = [];
  const lifetime = form === 'breaking' ? `Max-Age=${YEAR}; ` : '';
  if (!cookies.has('sb_session')) set.push(`sb_session=${randomUUID()}; ${lifetime}Path=/; HttpOnly; Secure; SameSite=Lax`);
  if (form === 'breaking' && cookies.get('sb_lang') !== language) set.push(`sb_lang=${language}; Max-Age=${YEAR}; Path=/; SameSite=Lax`);
  return set;
}

/** The site's own scripts: those of the form, those of both, and the snippet that Mixpanel publishes. */
function script(form: Form, name: string) {
  if (form === 'breaking' && name === 'mixpanel-snippet.js') return packageFile('mixpanel-browser/dist/mixpanel-jslib-snippet.min.js');
  if (!SCRIPTS[form].includes(name)) return null;
  return ownFile(`send-box.com/${name === 'consent-texts.js' ? '' : `${form}/`}${name}`);
}

/**
 * Redirects between the two schemes. Plain HTTP is answered with HTTPS. In the breaking form the page about the company is
 * answered with its address plus a slash and the wrong scheme, as a program does that does not know of the TLS in front of it:
 * one request leaves in clear, with every cookie that lacks Secure.
 */
function schemeRedirect(form: Form, url: URL): string | null {
  if (url.protocol === 'http:') return `https://${url.host}${url.pathname}${url.search}`;
  if (form === 'breaking' && /^\/(kk|ru)\/about$/.test(url.pathname)) return `http://${url.host}${url.pathname}/`;
  return null;
}

/** send-box.com: the audited site. */
export const sendBox: Host = ({ form, url, cookies }) => {
  const elsewhere = schemeRedirect(form, url);
  if (elsewhere !== null) return redirect(elsewhere);
  if (url.pathname === '/') return redirect(cookies.get('sb_lang') === 'ru' ? '/ru/' : '/kk/');
  if (url.pathname === '/favicon.ico') return ownFile('send-box.com/icon.svg');
  const [, first, second = '', rest = ''] = url.pathname.split('/');
  if (rest !== '') return null;
  if (first === 'assets') return script(form, second);
  const language = SITE_LANGUAGES.find((known) => known === first);
  const page = PAGES.find((known) => known === second);
  if (language === undefined || page === undefined) return null;
  const { title, main } = pageContent(page, language);
  return html(layout(form, language, page, title, main), pageCookies(form, language, cookies));
};
