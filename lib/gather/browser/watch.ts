/**
 * Which tabs and hosts belong to the audit. Only audited sites are watched: everything else is forgotten at once.
 * Kept in `storage.session`, so that a restarted worker knows at once what it was watching.
 */
import type { InContainer } from '../../model/capture.ts';
import { addNewest } from './newest.ts';

export interface WatchState {
  /** Tab id to the host of its audited top document. */
  tabs: Record<string, string>;
  /** Hosts that audited pages have talked to: whose cookies belong to the audit. */
  hosts: string[];
  /** Firefox's containers that audited pages were opened in. */
  containers: string[];
}

const MOST_HOSTS = 2000;
/** What a page did before it went may be stored and told for as long. */
const AFTERWARDS = 10_000; // milliseconds
/** Of tabs and frames that are gone, browsers tell for a short while only. */
const MOST_CLOSED = 100;
const MOST_FRAMES = 5000;

export interface Watch {
  isSite(host: string): boolean;
  /** Whether an audited page is in this tab, or was when it was closed: browsers tell late of what it did. */
  isWatched(tab: number): boolean;
  /** The site was asked for a page in this tab: it is watched from now on, but for what the page before still does. */
  expect(tab: number, host: string, container: InContainer): void;
  isExpected(tab: number): boolean;
  /** No page came of it: the tab goes on showing what it showed. */
  miss(tab: number): void;
  /** A top document of the site begins in this tab, which may be of a container, at this time (epoch milliseconds). */
  begin(tab: number, host: string, container: InContainer, time?: number): void;
  /** Whether this tab showed no audited page yet at a time that browsers may tell of late. */
  isBefore(tab: number, time: number): boolean;
  /** Whether an audited page is in this tab that another one, or none, was in before. */
  hasArrived(tab: number): boolean;
  /**
   * A tab was opened from another, with a document that is the opener's: watched if that one is.
   * @returns whether it is
   */
  open(tab: number, opener: number): boolean;
  /** A frame of a watched tab; no two frames of a browser have one id, whatever their tabs. */
  frame(frame: number): void;
  /** The tab shows something else from this time on (epoch milliseconds). */
  end(tab: number, time: number): void;
  /** The tab was closed at this time (epoch milliseconds). */
  close(tab: number, time: number): void;
  /** Whether an audited page was in this tab right before what is in it now. */
  hasLeft(tab: number): boolean;
  /** Whether this is a frame of an audited page, also of one that was left. */
  hasFrame(frame: number): boolean;
  seenHost(host: string): void;
  /** Whether an audited page has talked to this host. */
  hasSeen(host: string): boolean;
  /** Whether a cookie with this domain (no leading dot), of the browser's own jar or a container's, concerns an audited page. */
  concernsCookie(domain: string, cookieStore?: string): boolean;
  /** Whether an audited page is open at this time (epoch milliseconds), or was shortly before. */
  isAtWork(time: number): boolean;
  /** The containers in question. */
  containers(): string[];
  anyTab(): boolean;
  /** Watches nothing, and no host has been seen. */
  forget(): void;
  state(): WatchState;
}

export function createWatch(isSite: (host: string) => boolean, initial: WatchState | null, onChange: (state: WatchState) => void): Watch {
  // A site that is no longer audited is no longer watched, whatever is open.
  const audited = Object.entries(initial?.tabs ?? {}).filter(([, host]) => isSite(host));
  const tabs = new Map<number, string>(audited.map(([tab, host]) => [Number(tab), host]));
  const hosts = new Set(initial?.hosts ?? []);
  const containers = new Set(initial?.containers ?? []);
  const expected = new Set<number>();
  /** When the first of a row of audited pages began in a tab. */
  const begun = new Map<number, number>();
  const left = new Set<number>();
  let lastGone = -Infinity;
  const closed = new Set<number>();
  const frames = new Set<number>();
  const state = (): WatchState => ({ tabs: Object.fromEntries(tabs), hosts: [...hosts], containers: [...containers] });
  const changed = (): void => onChange(state());
  /** Whether it is a new one. */
  const learn = (host: string): boolean => {
    if (host === '' || hosts.has(host) || hosts.size >= MOST_HOSTS) return false;
    hosts.add(host);
    return true;
  };
  const watch = (tab: number, host: string, { cookieStore }: InContainer): void => {
    tabs.set(tab, host);
    if (cookieStore !== undefined) containers.add(cookieStore);
    learn(host);
    changed();
  };
  return {
    isSite,
    isWatched: (tab) => tabs.has(tab) || closed.has(tab),
    expect(tab, host, container) {
      if (tabs.has(tab)) return;
      expected.add(tab);
      watch(tab, host, container);
    },
    isExpected: (tab) => expected.has(tab),
    miss(tab) {
      if (!expected.delete(tab)) return;
      tabs.delete(tab);
      changed();
    },
    begin(tab, host, container, time = 0) {
      left.delete(tab);
      if (!tabs.has(tab) || expected.has(tab)) begun.set(tab, time);
      expected.delete(tab);
      if (tabs.get(tab) !== host) watch(tab, host, container);
    },
    isBefore: (tab, time) => time < (begun.get(tab) ?? 0),
    hasArrived: (tab) => begun.has(tab),
    open(tab, opener) {
      const host = tabs.get(opener);
      if (host === undefined) return false;
      if (!tabs.has(tab)) {
        tabs.set(tab, host);
        changed();
      }
      return true;
    },
    frame: (frame) => addNewest(frames, frame, MOST_FRAMES),
    end(tab, time) {
      left.delete(tab);
      begun.delete(tab);
      if (!tabs.delete(tab)) return;
      lastGone = time;
      if (!expected.delete(tab)) left.add(tab);
      changed();
    },
    close(tab, time) {
      left.delete(tab);
      expected.delete(tab);
      begun.delete(tab);
      if (!tabs.delete(tab)) return;
      lastGone = time;
      addNewest(closed, tab, MOST_CLOSED);
      changed();
    },
    hasLeft: (tab) => left.has(tab),
    hasFrame: (frame) => frames.has(frame),
    seenHost(host) {
      if (learn(host)) changed();
    },
    hasSeen: (host) => hosts.has(host),
    concernsCookie(domain, cookieStore) {
      // A cookie of the site may be told of before the page that sets it.
      if (isSite(domain)) return true;
      if (cookieStore !== undefined && !containers.has(cookieStore)) return false;
      if (hosts.has(domain)) return true;
      // A cookie of a parent domain is sent to its hosts; one of a domain below, which no page asked, is sent to none of them.
      for (const host of hosts) if (host.endsWith(`.${domain}`)) return true;
      return false;
    },
    isAtWork: (time) => tabs.size > 0 || time - lastGone <= AFTERWARDS,
    containers: () => [...containers],
    anyTab: () => tabs.size > 0,
    forget() {
      if (tabs.size + hosts.size === 0) return;
      for (const known of [tabs, hosts, containers, expected, begun, left, closed, frames]) known.clear();
      changed();
    },
    state,
  };
}
