import { describe, expect, test } from 'vitest';
import type { Told } from './captures.ts';
import { ended, look, put, seen, whole } from './store-captures.ts';

describe('a text written into a file', () => {
  const kind = { kind: 'opfs' };
  const open = put(90, 'f', { ...kind, action: 'open', operation: 'createWritable', ...whole });
  const write = put(100, 'f', { ...kind, operation: 'write', ...whole });
  const told = (...events: Told[]) =>
    seen([...events], 'opfs').map(({ action, name, mechanism, confirmed }) => [action, name, mechanism, confirmed]);

  test('is stored when the file is another, however late it is closed', () => {
    const confirmed = [['set', 'f', 'opfs', 'snapshot']];
    expect(told(look(50, {}, kind), open, write, ended(110, write), look(500, { f: '9 2' }, kind))).toEqual(confirmed);
    const late = [look(500, { f: '0 1' }, kind), look(1000, { f: '0 1' }, kind), look(3000, { f: '9 2' }, kind)];
    expect(told(look(50, {}, kind), open, write, ended(110, write), ...late)).toEqual(confirmed);
    expect(told(look(50, { f: '3 1' }, kind), open, write, ended(110, write), look(500, { f: '9 2' }, kind))).toEqual(confirmed);
  });

  test('is not known to be stored while the file is as it was', () => {
    const unknown = [['set', 'f', 'opfs', null]];
    expect(told(look(50, {}, kind), open, write, ended(110, write), look(500, { f: '0 1' }, kind))).toEqual(unknown);
    const before = { f: '3 1' };
    expect(told(look(50, before, kind), open, write, ended(110, write), look(500, before, kind), look(900, { f: '' }, kind))).toEqual(
      unknown,
    );
  });

  test("lies in the browser's own copy meanwhile, which is nobody's file", () => {
    const busy = { f: '0 1', 'f.crswap': '9 1', 'f.1.crswap': '9 1', 'g.crswap': '9 1' };
    const found = told(
      look(50, {}, kind),
      open,
      write,
      ended(110, write),
      look(500, busy, kind),
      look(3000, { f: '9 2' }, kind),
      look(6000, { f: '9 2' }, kind),
    );
    expect(found).toEqual([
      ['set', 'f', 'opfs', 'snapshot'],
      ['set', 'g.crswap', 'snapshot', 'snapshot'],
      ['delete', 'g.crswap', 'snapshot', 'snapshot'],
    ]);
  });
});
