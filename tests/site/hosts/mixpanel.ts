import { json, packageFile } from '../exchange.ts';
import type { Host } from '../exchange.ts';

/** cdn.mxpnl.com and api-js.mixpanel.com: the published library of mixpanel-browser and the endpoints that it calls. */
export const mixpanel: Host = ({ url }) => {
  if (url.hostname === 'cdn.mxpnl.com') {
    return url.pathname === '/libs/mixpanel-2-latest.min.js' ? packageFile('mixpanel-browser/dist/mixpanel.min.js') : null;
  }
  if (url.pathname.startsWith('/settings')) return json({});
  if (url.pathname.startsWith('/flags')) return json({ flags: {} });
  return /^\/(track|engage|groups|record)\/?$/.test(url.pathname) ? json(1) : null;
};
