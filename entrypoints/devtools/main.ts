import browser from 'webextension-polyfill';
import { languageOf, sayIn } from '../../lib/view/say.ts';

const say = sayIn(languageOf(browser.i18n.getUILanguage(), await browser.i18n.getAcceptLanguages()));
void browser.devtools.panels.create(say('panel_title'), '/icon/32.png', '/panel.html');
