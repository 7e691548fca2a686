/** Cookies of frames without credentials, which only Chromium has: it tells of none of them, and must not be asked for them. */
import { expect, test } from 'vitest';
import { auditPages, found, html, pages, seen, shopPolicy } from './audit-of.ts';

const PARTITIONED = 'secure; samesite=none; max-age=500';

test('the browser stays, each write is told once, and none is called refused or confirmed by a jar that does not show it', async () => {
  const frame = html(
    `<script>document.cookie = 'script=1; ${PARTITIONED}'; document.cookie = 'apart=1; ${PARTITIONED}; partitioned';</script>`,
  );
  const host = pages({
    'shop.test/': html('<iframe credentialless src="https://tp.test/frame"></iframe><iframe src="https://tp.test/other"></iframe>'),
    'tp.test/frame': { ...frame, setCookies: [`answer=1; ${PARTITIONED}`] },
    'tp.test/other': html(`<script>document.cookie = 'own=1; ${PARTITIONED}; partitioned';</script>`),
  });
  const { audit } = await auditPages(host, [{ visit: '/' }, { reload: true }], shopPolicy(), 'https://shop.test/', [], 'chromium');
  const told = (name: string): string[] =>
    seen(audit, 'cookie', name).map(({ mechanism, confirmed, rejected }) => `${mechanism} ${rejected ?? confirmed}`);
  expect(told('script')).toEqual(['document.cookie null', 'document.cookie null']);
  expect(told('apart')).toEqual(['document.cookie null', 'document.cookie null']);
  expect(told('answer')).toEqual(['http header', 'http header']);
  expect(found(audit, 'undeclared-cookie', 'script')).toHaveLength(1);
  // Those of ordinary partitions are looked at as ever.
  expect(told('own')).toEqual(['document.cookie jar', 'document.cookie jar']);
  const present = audit.observations.filter(({ kind, action }) => kind === 'cookie' && action === 'present');
  expect(new Set(present.map(({ name, cookie }) => `${name} ${cookie?.partitioned}`))).toEqual(new Set(['own true']));
});
