import { expect, test } from 'vitest';
import { document, evidenceOf, visit } from './captures.ts';
import { ended, look, put, seen, whole } from './store-captures.ts';

test('origins, their parts and kinds are apart', () => {
  const frame = { document: 'f1', frame: 3, top: false, url: 'https://mc.yandex.ru/f', origin: 'https://mc.yandex.ru' };
  const evidence = evidenceOf(visit(0), [
    document([look(100, { a: '1' }), look(400, {}, { kind: 'opfs' })]),
    document([look(300, {})], frame),
    document([look(5000, {})], { document: 'f2', frame: 4, top: false, partition: 'https://yandex.ru' }),
  ]);
  expect(evidence.observations.filter(({ action }) => action === 'delete')).toEqual([]);
});

test('where a browser keeps no parts apart, each finds what is done in the other', () => {
  const frame = { document: 'f1', frame: 3, top: false, partition: 'https://shop.example' };
  const made = put(100, 'db', whole);
  const remove = put(3000, 'db', { action: 'delete', operation: 'deleteDatabase', store: null });
  const page = [look(50, {}), made, ended(120, made), look(500, { db: '1' }), remove, look(3500, {})];
  const inFrame = document([look(60, {}), look(2500, { db: '1' }), look(6000, {}), look(9000, {})], frame);
  expect(seen(page, 'indexedDB', inFrame).map(({ action, mechanism }) => [action, mechanism])).toEqual([
    ['set', 'idb'],
    ['delete', 'idb'],
  ]);
});
