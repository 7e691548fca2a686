import { mount } from 'svelte';
import browser from 'webextension-polyfill';
import Panel from '../../components/panel/Panel.svelte';
import '../../components/theme.css';
import { copyText } from '../../lib/view/copy-text.ts';
import { download } from '../../lib/view/download.ts';
import { inspectorOf, type RawDevtools } from '../../lib/view/inspector.ts';
import { livePanel } from '../../lib/view/panel.svelte.ts';
import { languageOf, sayIn } from '../../lib/view/say.ts';

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const say = sayIn(languageOf(browser.i18n.getUILanguage(), await browser.i18n.getAcceptLanguages()));
document.documentElement.lang = say.language;
document.title = say('panel_title');

// The polyfill knows neither themes nor sources; both browsers have the namespace under this name.
const inspector = inspectorOf((globalThis as { chrome?: { devtools?: RawDevtools } }).chrome?.devtools);
const search = inspector ? `?tab=${inspector.tab}` : location.search;
inspector?.followTheme((theme) => {
  document.documentElement.dataset.theme = theme;
});

const panel = livePanel({ runtime: browser.runtime, tabs: browser.tabs, save: download, wait, now: () => performance.now() }, search);
const subject = Number(new URLSearchParams(search).get('tab'));
inspector?.onNavigated(() => void panel.actions.navigated());
browser.tabs.onUpdated.addListener((tab, { status }) => {
  if (tab === subject && status === 'complete') void panel.actions.navigated();
});
addEventListener('pagehide', panel.actions.stop);
void panel.actions.open().then(panel.actions.follow);
mount(Panel, { target: document.body, props: { panel, say, copy: copyText, openSource: inspector?.openSource ?? null } });
