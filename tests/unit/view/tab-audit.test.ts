import { expect, test } from 'vitest';
import { wasSeen, withOwnConsent } from '../../../lib/view/tab-audit.ts';
import { auditOf, entryOf } from './audit.ts';

const visit = { reason: 'visit', step: null, startedAt: '2025-11-02T09:00:00.000Z' } as const;
const audit = auditOf({
  run: {
    ...auditOf().run,
    visits: [
      { ...visit, id: 'v1', profile: 1, url: 'https://send-box.com/' },
      { ...visit, id: 'v2', profile: 2, url: 'https://kk.send-box.com/', cookieStore: 'firefox-container-1' },
    ],
  },
  consent: [entryOf({ visit: 'v1', state: 'accepted' }), entryOf({ visit: 'v2', state: 'rejected' })],
});

test("a tab has the consent of its own container, and no other's", () => {
  expect(withOwnConsent(audit, {}).consent.map(({ state }) => state)).toEqual(['accepted']);
  expect(withOwnConsent(audit, { cookieStore: 'firefox-container-1' }).consent.map(({ state }) => state)).toEqual(['rejected']);
  expect(withOwnConsent(audit, { cookieStore: 'firefox-container-9' }).consent).toEqual([]);
});

test('a page was seen where the same host was, in the same container', () => {
  const seen = (url: string, cookieStore?: string): boolean => wasSeen(audit, url, { cookieStore });
  expect([seen('https://send-box.com/x'), seen('https://kk.send-box.com/')]).toEqual([true, false]);
  expect([seen('https://send-box.com/', 'firefox-container-1'), seen('https://kk.send-box.com/', 'firefox-container-1')]).toEqual([
    false,
    true,
  ]);
});
