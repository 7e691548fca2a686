/** Reports that the browser sends by itself: what docs/blind-spots.md says of them. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditPages, html, pages, shopPolicy } from './audit-of.ts';

const ENDPOINTS = { group: 'errors', max_age: 1000, endpoints: [{ url: 'https://collector.test/nel' }] };
const PAGE = {
  ...html(`<img src="https://forbidden.test/x"><script>
    const asking = setInterval(async () => { if ((await (await fetch('/arrived')).text()) === 'all') clearInterval(asking); }, 100);
  </script>`),
  headers: {
    'content-security-policy': `img-src 'none'; report-to csp`,
    'reporting-endpoints': 'csp="https://collector.test/csp"',
    'report-to': JSON.stringify(ENDPOINTS),
    nel: JSON.stringify({ report_to: 'errors', max_age: 1000, success_fraction: 1 }),
  },
};

/** The network's errors are reported of servers alone whose certificate is believed, not only let pass. */
const certificate = new X509Certificate(readFileSync(join(import.meta.dirname, '..', 'site', 'tls', 'certificate.pem')));
const believed = createHash('sha256')
  .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64');

test("Chromium's own reports of policies and of the network are shown to no extension", async () => {
  const arrived = new Set<string>();
  const report = ({ url, method }: { url: URL; method: string }) => {
    if (method === 'POST') arrived.add(url.pathname);
    const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
    return { status: 200, type: 'text/plain', body: '', headers: allowed };
  };
  const host = pages({
    'shop.test/': PAGE,
    'shop.test/arrived': () => ({ status: 200, type: 'text/plain', body: arrived.size === 2 ? 'all' : '' }),
    'collector.test/csp': report,
    'collector.test/nel': report,
  });
  const { audit } = await auditPages(host, [{ visit: '/' }], shopPolicy(), undefined, [
    '--browser-arg=--short-reporting-delay',
    `--browser-arg=--ignore-certificate-errors-spki-list=${believed}`,
  ]);
  expect([...arrived].sort()).toEqual(['/csp', '/nel']);
  expect(audit.observations.filter((o) => o.host === 'collector.test')).toEqual([]);
});
