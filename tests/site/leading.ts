/** How each browser is told that every host name leads to one port of this machine. */

export interface Leading {
  args: string[];
  /** Firefox's preferences. */
  prefs: Record<string, boolean | number | string>;
}

/** @param port of a site from `startSite`, which is its own proxy too */
export function leadingTo(browser: 'chromium' | 'firefox', port: number): Leading {
  if (browser === 'chromium') return { args: [`--host-resolver-rules=MAP * 127.0.0.1:${port}`, '--ignore-certificate-errors'], prefs: {} };
  const prefs: Leading['prefs'] = {
    'network.proxy.type': 1,
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
  };
  for (const scheme of ['http', 'ssl']) {
    prefs[`network.proxy.${scheme}`] = '127.0.0.1';
    prefs[`network.proxy.${scheme}_port`] = port;
  }
  return { args: [], prefs };
}
