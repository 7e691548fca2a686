/** Whether a known recipient's path reports a visit (a hit) or only loads something. */

/** Scripts, styles, frames, fonts and the loaders that have no file name. */
const DOWNLOADS = /\.(?:m?js|css|html?|map|json|woff2?|ttf|otf|svg|ico|wasm)$|\/(?:gtag\/js|tag|widget|embed|config)(?:\/|$)/i;

/** Path segments with which trackers report, across vendors. */
const REPORTING_SEGMENTS = new Set([
  ...['collect', 'watch', 'clmap', 'webvisor', 'pcollect', 'pclmap', 'solid.ws'],
  ...['tr', 'track', 'tracker', 'engage', 'event', 'events', 'hit', 'hits', 'beacon', 'capture', 'counter', 'count', 'action', 'activity'],
  ...['pixel', 'pixel.gif', 'pixel.png', '__utm.gif', '1x1.gif', 'matomo.php', 'piwik.php'],
  ...['envelope', 'store', 'rtrg', 'bx_stat', 'conversion', 'viewthroughconversion', '1p-user-list', 'form-data', 'httpapi'],
]);

/** A path as the tables write it, with `<id>` for one segment and `*` for anything, made into a test. */
export function pathPattern(written: string): RegExp {
  const path = written.replace(/^wss:\/\/[^/]*/, '');
  const source = path
    .split(/(<id>|\*)/)
    .map((piece) => (piece === '<id>' ? '[^/]+' : piece === '*' ? '.*' : piece.replace(/[.\\+?^${}()|[\]]/g, '\\$&')))
    .join('');
  // What ends in a separator is the beginning of more; the rest ends there or at the next segment.
  return new RegExp(/[/\-*]$/.test(path) ? `^${source}` : `^${source}(?:[/;]|$)`, 's');
}

/** Whether a path loads a script, a style or a frame. */
export function isDownload(path: string): boolean {
  return DOWNLOADS.test(path);
}

/** Whether a path's segments say that it reports. */
export function isReporting(path: string): boolean {
  // Some recipients put their parameters behind a semicolon in the path.
  return !isDownload(path) && path.split('/').some((segment) => REPORTING_SEGMENTS.has((segment.split(';')[0] ?? '').toLowerCase()));
}
