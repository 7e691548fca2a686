import { mount } from 'svelte';
import browser from 'webextension-polyfill';
import Report from '../../components/Report.svelte';
import { download } from '../../lib/view/download.ts';
import { liveReport } from '../../lib/view/report.svelte.ts';
import { languageOf } from '../../lib/view/say.ts';

const language = languageOf(browser.i18n.getUILanguage(), await browser.i18n.getAcceptLanguages());
const report = liveReport({ runtime: browser.runtime, save: download, print: () => window.print() }, language);
void report.actions.open();
mount(Report, { target: document.body, props: { report } });
