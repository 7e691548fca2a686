/** Reads a cookie jar: what is in no partition, and the partitions under the audited site's pages. */
import type { Browser, Cookies } from 'webextension-polyfill';
import { READER } from '../cookie-reader.ts';
import { siteOf } from '../partition.ts';

/**
 * All partitions at once, `partitionKey: {}`, is not to be asked of Chromium (156): the cookies of a frame without credentials lie in a
 * partition that has no name, and telling of one takes the whole browser down.
 * @param sites hosts and patterns of the site
 * @param storeId whose jar; the browser's own where it is left out
 */
export async function readJar(browser: Browser, sites: Iterable<string>, storeId?: string): Promise<Cookies.Cookie[]> {
  const partitions =
    READER === 'firefox'
      ? [{ partitionKey: {} }]
      : [{}, ...topLevelSites(sites).map((topLevelSite) => ({ partitionKey: { topLevelSite } }))];
  const parts = await Promise.all(
    partitions.map((partition) => browser.cookies.getAll({ ...partition, ...(storeId === undefined ? {} : { storeId }) })),
  );
  return parts.flat();
}

/** Of the site's pages, as browsers name the sites that they keep cookies apart for: `https://send-box.com`. */
export function topLevelSites(sites: Iterable<string>): string[] {
  const hosts = [...sites].map((site) => site.replace(/^\*\./, '')).map((host) => (host.includes(':') ? `[${host}]` : host));
  return [...new Set(['https', 'http'].flatMap((scheme) => hosts.map((host) => siteOf(`${scheme}://${host}`))))];
}
