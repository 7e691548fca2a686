/** To which visit a request belongs that names no asking document. */
import { expect, test } from 'vitest';
import { acts, document, evidenceOf, exchange, visit } from './captures.ts';

test('what a frame is led to is of the page around it, though it may ask before the browser says that the page has begun', () => {
  const frame = { resourceType: 'sub_frame', frame: 7, documentId: null };
  const asked = (more: { parentDocumentId?: string }) => {
    const events = [...visit(0), ...visit(500, 'd2'), ...exchange(505, '9', 'https://third.example/frame', { ...frame, ...more })];
    return acts(evidenceOf(events, [document([]), document([], { document: 'd2' })]), 'request').find(
      ({ host }) => host === 'third.example',
    );
  };
  expect(asked({ parentDocumentId: 'B-d2' })?.visit).toBe('v2');
  expect(asked({ parentDocumentId: 'B-d1' })?.visit).toBe('v1');
  expect(asked({ parentDocumentId: 'B-d2' })?.frame).toBe(null);
  // By time alone, where it does not say.
  expect(asked({})?.visit).toBe('v1');
});
