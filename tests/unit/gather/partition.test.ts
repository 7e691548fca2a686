import { expect, test } from 'vitest';
import { partitionOf } from '../../../lib/gather/partition.ts';

const SHOP = 'https://shop.example';
const OTHER = 'https://other.example';

function part(origin: string, ...ancestors: string[]): string | undefined {
  return partitionOf({ document: 'd1', origin, ancestors, credentialless: false });
}

test('a page, and frames of its own site alone, have the storage of the site', () => {
  expect(part(SHOP)).toBeUndefined();
  expect(part('https://www.shop.example:8443', 'https://cdn.shop.example', SHOP)).toBeUndefined();
});

test('another site has a part for each site around it', () => {
  expect(part(OTHER, SHOP)).toBe(SHOP);
  expect(part(OTHER, OTHER, 'https://www.shop.example')).toBe(SHOP);
  expect(part(OTHER, 'http://other.example')).toBe('http://other.example');
  expect(part('https://a.github.io', 'https://b.github.io')).toBe('https://b.github.io');
});

test('the page has another part in a frame of another site', () => {
  expect(part(SHOP, OTHER, SHOP)).toBe(SHOP);
  expect(part(SHOP, 'null', SHOP)).toBe(SHOP);
});

test('a frame without credentials has storage of its own', () => {
  expect(partitionOf({ document: 'd1', origin: OTHER, ancestors: [SHOP], credentialless: true })).not.toBe(part(OTHER, SHOP));
});
