import { expect, test } from 'vitest';
import { instantText } from '../../../lib/view/instant.ts';

test('tells the local moment to the second', () => {
  expect(instantText('2025-11-02T09:03:05.678Z', 'Asia/Almaty')).toBe('2025-11-02 14:03:05');
  expect(instantText('2025-12-31T20:00:00.000Z', 'Asia/Almaty')).toBe('2026-01-01 01:00:00');
});

test('midnight is hour 00 of the new day', () => {
  expect(instantText('2025-11-02T00:00:00.000Z', 'UTC')).toBe('2025-11-02 00:00:00');
});

test('leaves alone what is no moment', () => {
  expect(instantText('soon')).toBe('soon');
});
