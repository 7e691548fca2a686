import { noContent, ownFile } from '../exchange.ts';
import type { Host } from '../exchange.ts';

/** www.googletagmanager.com: Google's tag. */
export const googleTagManager: Host = ({ url }) => (url.pathname === '/gtag/js' ? ownFile('google/gtag.js') : null);

/** The collecting hosts of Google Analytics 4: every hit is answered without content and without a cookie. */
export const googleAnalytics: Host = ({ url }) => (url.pathname === '/g/collect' ? noContent() : null);
