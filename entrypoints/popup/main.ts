import { mount } from 'svelte';
import browser from 'webextension-polyfill';
import Popup from '../../components/Popup.svelte';
import '../../components/theme.css';
import { download } from '../../lib/view/download.ts';
import { livePopup } from '../../lib/view/popup.svelte.ts';
import { languageOf, sayIn } from '../../lib/view/say.ts';

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const say = sayIn(languageOf(browser.i18n.getUILanguage(), await browser.i18n.getAcceptLanguages()));
document.documentElement.lang = say.language;
document.title = say('extensionName');

const openReport = async (tab: number) => void (await browser.tabs.create({ url: browser.runtime.getURL(`report.html?tab=${tab}`) }));
const popup = livePopup({ runtime: browser.runtime, tabs: browser.tabs, save: download, openReport, wait }, location.search);
browser.tabs.onUpdated.addListener((tab, { status }) => {
  if (status === 'complete') void popup.actions.pageLoaded(tab);
});
void popup.actions.open();
mount(Popup, { target: document.body, props: { popup, say } });
