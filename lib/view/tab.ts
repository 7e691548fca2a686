/** The tab that the popup speaks about. */

export interface Tab {
  id: number;
  /** Absent where the browser does not tell: its own pages, other extensions. */
  url?: string;
}

export interface Tabs {
  get(id: number): Promise<{ id?: number; url?: string }>;
  query(which: { active: true; currentWindow: true }): Promise<{ id?: number; url?: string }[]>;
  reload(id: number): Promise<void>;
}

/**
 * The active tab, or the one that `?tab=<id>` names.
 * @throws Error where there is no such tab
 */
export async function subjectTab(tabs: Tabs, search: string): Promise<Tab> {
  const named = new URLSearchParams(search).get('tab');
  if (named !== null && !/^\d{1,10}$/.test(named)) throw new Error(`No tab has the id "${named}".`);
  const tab = named === null ? (await tabs.query({ active: true, currentWindow: true }))[0] : await tabs.get(Number(named));
  if (tab?.id === undefined) throw new Error('There is no tab to speak about.');
  return { id: tab.id, url: tab.url };
}

/** Only web pages can be audited: not the browser's own, not files. */
export function canBeAudited(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url);
}

/** Host of a web page without port; '' for everything else. */
export function hostOfUrl(url: string): string {
  return canBeAudited(url) && URL.canParse(url) ? new URL(url).hostname : '';
}
