import { packageFile } from '../exchange.ts';
import type { Host } from '../exchange.ts';

const PREFIX = '/npm/vanilla-cookieconsent@3.1.0/dist/';
const FILES = ['cookieconsent.umd.js', 'cookieconsent.css'];

/** cdn.jsdelivr.net: a public CDN from which the breaking form loads its consent platform. */
export const jsdelivr: Host = ({ url }) => {
  const name = FILES.find((file) => url.pathname === PREFIX + file);
  return name ? packageFile(`vanilla-cookieconsent/dist/${name}`) : null;
};
