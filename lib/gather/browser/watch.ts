/**
 * Which tabs and hosts belong to the audit. Only audited sites are watched: everything else is forgotten at once.
 * Kept in `storage.session`, so that a restarted worker knows at once what it was watching.
 */

export interface WatchState {
  /** Tab id to the host of its audited top document. */
  tabs: Record<string, string>;
  /** Hosts that audited pages have talked to: whose cookies belong to the audit. */
  hosts: string[];
}

const MOST_HOSTS = 2000;

export interface Watch {
  isSite(host: string): boolean;
  isWatched(tab: number): boolean;
  /** A top document of the site begins in this tab. */
  begin(tab: number, host: string): void;
  /** The tab went elsewhere or was closed. */
  end(tab: number): void;
  seenHost(host: string): void;
  /** Whether a cookie with this domain (no leading dot) concerns an audited page. */
  concernsCookie(domain: string): boolean;
  anyTab(): boolean;
  state(): WatchState;
}

export function createWatch(isSite: (host: string) => boolean, initial: WatchState | null, onChange: (state: WatchState) => void): Watch {
  // A site that is no longer audited is no longer watched, whatever is open.
  const audited = Object.entries(initial?.tabs ?? {}).filter(([, host]) => isSite(host));
  const tabs = new Map<number, string>(audited.map(([tab, host]) => [Number(tab), host]));
  const hosts = new Set(initial?.hosts ?? []);
  const state = (): WatchState => ({ tabs: Object.fromEntries(tabs), hosts: [...hosts] });
  const changed = (): void => onChange(state());
  /** Whether it is a new one. */
  const learn = (host: string): boolean => {
    if (host === '' || hosts.has(host) || hosts.size >= MOST_HOSTS) return false;
    hosts.add(host);
    return true;
  };
  return {
    isSite,
    isWatched: (tab) => tabs.has(tab),
    begin(tab, host) {
      if (tabs.get(tab) === host) return;
      tabs.set(tab, host);
      learn(host);
      changed();
    },
    end(tab) {
      if (tabs.delete(tab)) changed();
    },
    seenHost(host) {
      if (learn(host)) changed();
    },
    concernsCookie(domain) {
      if (isSite(domain) || hosts.has(domain)) return true;
      // A cookie of a parent domain is sent to its hosts; one of a domain below, which no page asked, is sent to none of them.
      for (const host of hosts) if (host.endsWith(`.${domain}`)) return true;
      return false;
    },
    anyTab: () => tabs.size > 0,
    state,
  };
}
