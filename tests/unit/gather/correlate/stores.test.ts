import { describe, expect, test } from 'vitest';
import { acts, BEGIN, document, evidenceOf, exchange, pressed, SCRIPT, value, visit, moment, type Told } from './captures.ts';
import { ended, look, put, seen, whole } from './store-captures.ts';

describe('one write is one observation', () => {
  test('claim, end and look', () => {
    const one = put(100, 'db', { key: 'k', value: value('k', 'abcdefgh12345678ABCDEFG') });
    const [told, ...more] = seen([look(50, {}), one, ended(120, one), look(500, { db: '1' })]);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      action: 'set',
      name: 'db',
      host: 'send-box.com',
      mechanism: 'idb',
      confirmed: 'snapshot',
      rejected: null,
      uncertainty: 0,
      detail: { operation: 'put', store: 's', key: 'k', times: 1 },
      value: { length: 23 },
      initiator: { url: SCRIPT.url },
    });
    expect(moment(told)).toBe(100);
  });

  test('a tally stands for many, somewhere between its first and its last', () => {
    const since = Date.parse('2026-11-02T10:00:00.000Z') + 60;
    const [told] = seen([put(100, 'db', { write: 0, times: 99_980, since, initiator: null })]);
    expect(told).toMatchObject({ detail: { times: 99_980 }, initiator: null, uncertainty: 40 });
  });

  test('an aborted transaction wrote nothing, and what it did not create is not missed', () => {
    const one = put(100, 'db', whole);
    const found = seen([look(50, {}), one, ended(120, one, 'transaction-aborted'), look(500, {})]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rejected: 'transaction-aborted', confirmed: null });
  });

  test('an aborted transaction deleted nothing either', () => {
    const one = put(100, 'db', { action: 'delete', operation: 'delete', key: 'k' });
    const all = put(105, 'db', { action: 'delete', operation: 'clear' });
    const counted = put(106, 'db', { action: 'delete', operation: 'clear', write: 0, times: 9 });
    const rejected = (end: string | null) =>
      seen([look(50, { db: '1' }), one, all, counted, ended(120, one, end), ended(120, all, end)]).map((gone) => gone.rejected);
    expect(rejected('transaction-aborted')).toEqual(['transaction-aborted', 'transaction-aborted', null]);
    expect(rejected(null)).toEqual([null, null, null]);
  });

  test('refused by itself, it was not stored by the transaction either, which may have aborted for it', () => {
    const first = put(100, 'db', { key: 'k' });
    const second = put(110, 'db', { key: 'k' });
    const rejected = (end: string | null) =>
      seen([
        look(50, { db: '1' }),
        first,
        second,
        ended(115, second, 'call-failed'),
        ended(120, first, end),
        ended(120, second, end),
        look(500, { db: '1' }),
      ]).map((one) => [one.confirmed, one.rejected]);
    expect(rejected(null)).toEqual([
      ['snapshot', null],
      [null, 'call-failed'],
    ]);
    expect(rejected('transaction-aborted')).toEqual([
      [null, 'transaction-aborted'],
      [null, 'transaction-aborted'],
    ]);
  });

  test('stored in a bucket, where nobody looks: neither refused nor confirmed', () => {
    const one = put(100, 'db');
    const found = seen([look(50, {}), one, ended(120, one), look(500, {}, { hasBuckets: true }), look(3000, {}, { hasBuckets: true })]);
    expect(found.map(({ action, confirmed, rejected }) => [action, confirmed, rejected])).toEqual([['set', null, null]]);
  });

  test('stored, the page says, and not there: refused', () => {
    const one = put(100, 'db');
    const found = seen([look(50, {}), one, ended(120, one), look(500, {})]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rejected: 'not-stored' });
  });

  test('not yet stored when it was looked for: neither refused nor confirmed', () => {
    const one = put(100, 'db');
    const late = put(100, 'late');
    const found = seen([look(50, {}), one, late, ended(495, one), look(500, {})]);
    expect(found.map(({ rejected, confirmed }) => [rejected, confirmed])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

describe('a look', () => {
  test('the first of all finds what was there before: no write', () => {
    const { observations } = evidenceOf(visit(0), [document([look(100, { old: '1' })])]);
    expect(observations.map(({ action, name }) => [action, name])).toContainEqual(['present', 'old']);
    expect(observations.filter(({ kind, action }) => kind === 'indexedDB' && action !== 'present')).toEqual([]);
  });

  test('finds what a worker wrote, somewhere between the looks', () => {
    const [one] = seen([look(100, {}, { kind: 'cacheStorage' }), look(500, { v1: '' }, { kind: 'cacheStorage' })], 'cacheStorage');
    // From the asking of the one to the answer of the other.
    expect(one).toMatchObject({ action: 'set', mechanism: 'snapshot', confirmed: 'snapshot', initiator: null, uncertainty: 410 });
  });

  test('finds a database upgraded and a file changed behind the hooks, and not what a claim explains', () => {
    const file = put(150, 'f', { kind: 'opfs', operation: 'write', store: null });
    const found = evidenceOf(visit(0), [
      document([
        look(100, { db: '1' }),
        look(110, { f: '3 1', g: '3 1' }, { kind: 'opfs' }),
        file,
        look(500, { db: '2' }),
        look(510, { f: '5 2', g: '5 2' }, { kind: 'opfs' }),
      ]),
    ]);
    expect(acts(found, 'indexedDB').map(({ name, mechanism }) => [name, mechanism])).toEqual([['db', 'snapshot']]);
    expect(acts(found, 'opfs').map(({ name, mechanism }) => [name, mechanism])).toEqual([
      ['f', 'opfs'],
      ['g', 'snapshot'],
    ]);
  });

  test('of a file closed long after it was written to is still explained', () => {
    const kind = { kind: 'opfs' };
    const write = put(150, 'f', { ...kind, operation: 'write', store: null });
    const found = seen([look(100, { f: '1 1' }, kind), write, look(300, { f: '1 1' }, kind), look(900, { f: '9 2' }, kind)], 'opfs');
    expect(found).toHaveLength(1);
  });

  test('finds that something is gone, unless it could not see everything', () => {
    expect(seen([look(100, { a: '1', b: '1' }), look(500, { b: '1' })]).map(({ action, name }) => [action, name])).toEqual([
      ['delete', 'a'],
    ]);
    expect(seen([look(100, { a: '1', b: '1' }), look(500, { b: '1' }, { skipped: 3 })])).toEqual([]);
  });

  test('of another document says nothing of a write that has not ended, unless it never does', () => {
    const one = put(100, 'db', whole);
    const other = document([look(60, {}), look(200, {})], { document: 'd2' });
    const events = [look(50, {}), one, ended(300, one), look(500, { db: '1' })];
    expect(seen(events, 'indexedDB', other)).toMatchObject([{ mechanism: 'idb', confirmed: 'snapshot' }]);
    const never = [one, look(3000, { db: '1' })];
    const later = document([look(60, {}), look(200, {}), look(2500, {})], { document: 'd2' });
    expect(seen(never, 'indexedDB', later).map(({ mechanism }) => mechanism)).toEqual(['idb', 'snapshot']);
  });

  test('that leaves out what the next one finds says nothing of it', () => {
    const lapse = [look(50, { a: '1', b: '1' }), look(500, { b: '1' }), look(600, { a: '1', b: '1' })];
    expect(seen(lapse)).toEqual([]);
    const one = put(100, 'db', whole);
    expect(seen([look(50, {}), one, ended(120, one), look(500, {}), look(600, { db: '1' })])).toMatchObject([
      { action: 'set', confirmed: 'snapshot', rejected: null },
    ]);
  });

  test('and every later one without a thing say that it went when it was first missed', () => {
    const went = [look(50, { a: '1' }), look(500, {}), look(3000, {}), look(4000, { a: '1' })];
    expect(seen(went).map((one) => [one.action, moment(one)])).toEqual([
      ['delete', 500],
      ['set', 4000],
    ]);
  });

  test('shows a worker that was taken back as long as it has pages, and one that was registered anew', () => {
    const worker = { kind: 'serviceWorker', ...whole };
    const register = (at: number): Told => put(at, '/sw.js', { ...worker, action: 'open', operation: 'register' });
    const unregister = put(400, '/sw.js', { ...worker, action: 'delete', operation: 'unregister' });
    const shows = (at: number): Told => look(at, { '/sw.js': '' }, { kind: 'serviceWorker' });
    const empty = (at: number): Told => look(at, {}, { kind: 'serviceWorker' });
    const told = (...events: Told[]): string[] =>
      seen([empty(50), register(100), shows(300), unregister, ...events], 'serviceWorker').map(
        ({ action, mechanism }) => `${action} ${mechanism}`,
      );
    const before = ['set service-worker', 'delete service-worker'];
    expect(told(shows(500), shows(900), empty(1200))).toEqual(before);
    expect(told(shows(500), empty(900), shows(1200))).toEqual([...before, 'set snapshot']);
    expect(told(shows(500), register(600), shows(900))).toEqual([...before, 'set service-worker']);
  });

  test('that was asked before another document saw the thing, and answered after it, does not take it away', () => {
    const one = put(100, 'db', whole);
    const slow = document([look(320, {}, { asked: BEGIN + 90 }), look(600, { db: '1' })], { document: 'd2' });
    const found = seen([look(50, {}), one, ended(120, one), look(200, { db: '1' })], 'indexedDB', slow);
    expect(found.map(({ action, mechanism }) => [action, mechanism])).toEqual([['set', 'idb']]);
    const later = document([look(320, {}, { asked: BEGIN + 210 })], { document: 'd2' });
    const gone = seen([look(50, {}), one, ended(120, one), look(200, { db: '1' })], 'indexedDB', later);
    expect(gone.map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['set', 'idb'],
      ['delete', 'snapshot'],
    ]);
  });

  test('that was asked before a removal and answered after it does not bring the thing back', () => {
    const remove = put(495, 'db', { action: 'delete', operation: 'deleteDatabase', store: null });
    const found = seen([look(100, { db: '1' }), remove, look(500, { db: '1' }), look(900, {})]);
    expect(found.map(({ action, mechanism }) => [action, mechanism])).toEqual([['delete', 'idb']]);
  });
});

describe('calls that create only what is missing', () => {
  const open = (at: number, name: string) => put(at, name, { kind: 'cacheStorage', action: 'open', operation: 'open', store: null });
  const caches = { kind: 'cacheStorage' };

  test('wrote, where the next look finds it new', () => {
    const [one, ...more] = seen([look(50, {}, caches), open(100, 'v1'), look(500, { v1: '' }, caches)], 'cacheStorage');
    expect(more).toEqual([]);
    expect(one).toMatchObject({ action: 'set', mechanism: 'cache', confirmed: 'snapshot', initiator: { url: SCRIPT.url }, uncertainty: 0 });
    expect(moment(one)).toBe(100);
  });

  test('wrote nothing, where it was there or failed', () => {
    expect(seen([look(50, { v1: '' }, caches), open(100, 'v1'), look(500, { v1: '' }, caches)], 'cacheStorage')).toEqual([]);
    const failed = open(100, 'v1');
    const found = seen([look(50, {}, caches), failed, ended(110, failed, 'call-failed'), look(500, { v1: '' }, caches)], 'cacheStorage');
    expect(found).toMatchObject([{ mechanism: 'snapshot' }]);
  });

  test('created and removed again before anybody looked: both are told', () => {
    const remove = put(200, 'v1', { kind: 'cacheStorage', action: 'delete', operation: 'delete', store: null });
    const found = seen([look(50, {}, caches), open(100, 'v1'), remove, look(500, {}, caches)], 'cacheStorage');
    expect(found.map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['set', 'cache'],
      ['delete', 'cache'],
    ]);
  });
});

describe('deletions', () => {
  test('of a record leave the database', () => {
    const found = evidenceOf(visit(0), [
      document([look(50, { db: '1' }), put(100, 'db', { action: 'delete', operation: 'clear' }), look(500, { db: '1' })]),
    ]);
    expect(acts(found, 'indexedDB')).toMatchObject([{ action: 'delete', detail: { store: 's' } }]);
    expect(found.observations.filter(({ action }) => action === 'present')).toMatchObject([{ name: 'db' }, { name: 'db' }]);
  });

  test('of a directory take what is in it along', () => {
    const kind = { kind: 'opfs' };
    const remove = put(100, 'a', { ...kind, action: 'delete', operation: 'removeEntry', store: null });
    const found = seen([look(50, { 'a/': '', 'a/f': '1 1', ab: '1 1' }, kind), remove, look(500, { ab: '1 1' }, kind)], 'opfs');
    expect(found.map(({ action, name }) => [action, name])).toEqual([
      ['delete', 'a/'],
      ['delete', 'a/f'],
    ]);
  });
});

test('another document of the origin sees what the first one stored while leaving', () => {
  const one = put(100, 'db', whole);
  const later = document([look(600, { db: '1' })], { document: 'd2' });
  const first = document([look(50, {}), one, ended(120, one)]);
  const evidence = evidenceOf([...visit(0), ...visit(500, 'd2')], [first, later]);
  expect(acts(evidence, 'indexedDB')).toMatchObject([{ confirmed: 'snapshot' }]);
});

test('what a database holds is recognised in a request', () => {
  const id = 'abcdefgh12345678ABCDEFG';
  const told = value('k', id);
  const one = put(100, 'db', { value: told });
  const browser = [...visit(0), ...exchange(200, 'r1', 'https://t.example/x', { parts: told.parts })];
  const [request] = acts(evidenceOf(browser, [document([one])]), 'request').filter(({ host }) => host === 't.example');
  expect(request?.request?.sentIdentifiers).toEqual([{ kind: 'indexedDB', name: 'db', host: 'send-box.com' }]);
});

test('what was counted before a click stands before it', () => {
  const since = Date.parse('2026-11-02T10:00:00.000Z') + 60;
  const evidence = evidenceOf(visit(0), [document([put(100, 'db', { write: 0, times: 7, since }), pressed(101, 'Accept')])]);
  const order = evidence.observations.filter(({ kind }) => kind === 'indexedDB' || kind === 'control').map(({ kind }) => kind);
  expect(order).toEqual(['indexedDB', 'control']);
});

test('what was not told is a gap', () => {
  const { gaps, lost } = evidenceOf(visit(0), [
    document([
      { at: 100, type: 'stores-uncounted', times: 12 },
      { at: 110, type: 'store-unanswered', kinds: ['indexedDB'] },
      look(120, {}, { skipped: 2, kind: 'opfs' }),
      { at: 130, type: 'store-unanswered', kinds: ['cacheStorage'] },
      look(140, {}, { kind: 'cacheStorage' }),
    ]),
  ]);
  expect(gaps.map(({ reason }) => reason.replace(/ in .*/, '')).sort()).toEqual(
    ['store-not-answered: indexedDB', 'storage-too-large: 2 entries', 'too-many-stores: 12 writes'].sort(),
  );
  expect(lost).toBe(12);
});
