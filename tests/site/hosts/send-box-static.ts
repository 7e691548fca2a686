import { ownFile, packageFile } from '../exchange.ts';
import type { Host } from '../exchange.ts';

const OWN = ['site.css', 'icon.svg', 'hero.svg'];
const VENDOR = ['cookieconsent.umd.js', 'cookieconsent.css'];
const VENDOR_PATH = '/vendor/vanilla-cookieconsent/';

/** static.send-box.com: the site's own static host, without cookies. */
export const sendBoxStatic: Host = ({ url }) => {
  const own = OWN.find((name) => url.pathname === `/${name}`);
  if (own) return ownFile(`send-box.com/${own}`);
  const vendor = VENDOR.find((name) => url.pathname === VENDOR_PATH + name);
  return vendor ? packageFile(`vanilla-cookieconsent/dist/${vendor}`) : null;
};
