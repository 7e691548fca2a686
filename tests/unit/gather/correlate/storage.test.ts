import { describe, expect, test } from 'vitest';
import { acts, document, evidenceOf, look, moment, stored, visit } from './captures.ts';

function seen(events: Parameters<typeof document>[0], ...more: ReturnType<typeof document>[]) {
  return acts(evidenceOf(visit(0), [document(events), ...more]), 'localStorage');
}

describe('one write is one observation', () => {
  test('a claim and the look that finds it', () => {
    const [one, ...more] = seen([stored(100, 'a', '1'), look(500, { a: '1' })]);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      action: 'set',
      name: 'a',
      host: 'send-box.com',
      mechanism: 'set-item',
      confirmed: 'snapshot',
      rejected: null,
      uncertainty: 0,
    });
    expect(moment(one)).toBe(100);
  });

  test('each identical write is one', () => {
    expect(seen([stored(100, 'a', '1'), stored(200, 'a', '1'), look(500, { a: '1' })])).toHaveLength(2);
  });

  test('what still lies there at the look is told as present', () => {
    const { observations } = evidenceOf(visit(0), [document([stored(100, 'a', '1'), look(500, { a: '1' })])]);
    expect(observations.filter(({ action }) => action === 'present').map(({ kind, name }) => [kind, name])).toEqual([
      ['localStorage', 'a'],
    ]);
  });
});

describe('a look', () => {
  test('finds a write that no hook saw, somewhere between the looks', () => {
    const [one] = seen([look(100, {}), look(500, { a: '1' })]);
    expect(one).toMatchObject({ action: 'set', mechanism: 'snapshot', confirmed: 'snapshot', initiator: null, uncertainty: 400 });
  });

  test('the first of all finds what was there before: no write', () => {
    const { observations } = evidenceOf(visit(0), [document([look(100, { old: '1' })])]);
    expect(observations.filter(({ kind }) => kind === 'localStorage').every(({ action }) => action === 'present')).toBe(true);
  });

  test('finds a value changed behind the hooks', () => {
    const found = seen([stored(100, 'a', '1'), look(200, { a: '1' }), look(500, { a: '2' })]);
    expect(found.map(({ mechanism, confirmed }) => [mechanism, confirmed])).toEqual([
      ['set-item', 'snapshot'],
      ['snapshot', 'snapshot'],
    ]);
  });

  test('finds that something is gone', () => {
    const found = seen([look(100, { a: '1' }), look(500, {})]);
    expect(found.map(({ action, name }) => [action, name])).toEqual([['delete', 'a']]);
  });

  test('that could not see everything does not call the rest gone', () => {
    expect(seen([look(100, { a: '1', b: '2' }), look(500, { b: '2' }, { skipped: 1 })])).toEqual([]);
  });

  test('of changes only names what went', () => {
    const found = seen([look(100, { a: '1', b: '2' }), look(500, {}, { full: false, removed: ['b', 'never-there'] })]);
    expect(found.map(({ action, name }) => [action, name])).toEqual([['delete', 'b']]);
  });

  test('shows that a write was refused', () => {
    const found = seen([look(50, {}), stored(100, 'a', '1'), look(500, {})]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ action: 'set', rejected: 'not-stored', confirmed: null });
  });
});

describe('a refused write', () => {
  const told = (...documents: ReturnType<typeof document>[]) =>
    acts(evidenceOf(visit(0), documents), 'localStorage').map(
      ({ action, mechanism, confirmed, rejected }) => `${action} ${mechanism} ${confirmed ?? rejected}`,
    );
  const unchanged = { full: false };
  const other = { document: 'd2' };

  test('left nothing that others could miss, before its own document looks or after', () => {
    const own = document([look(50, {}), stored(100, 'a', 'too large'), look(160, {}, unchanged)]);
    expect(told(own, document([look(130, {})], other))).toEqual(['set set-item not-stored']);
    expect(told(own, document([look(5000, {})], other))).toEqual(['set set-item not-stored']);
  });

  test('leaves what was there, written by the same task or long before', () => {
    const before = stored(80, 'a', '1');
    const refused = stored(100, 'a', 'too large');
    const next = document([look(5000, { a: '1' })], other);
    const both = ['set set-item snapshot', 'set set-item not-stored'];
    expect(told(document([look(50, {}), before, refused, look(160, { a: '1' }, unchanged)]), next)).toEqual(both);
    const seenBefore = [look(50, {}), before, look(90, { a: '1' }, unchanged), refused, look(160, {}, unchanged)];
    expect(told(document(seenBefore), next)).toEqual(both);
    const frame = document([look(120, { a: '1' })], other);
    expect(told(document([look(50, {}), before, refused, look(160, { a: '1' }, unchanged)]), frame)).toEqual(both);
  });

  test('is refused again and again', () => {
    const row = [stored(100, 'a', 'too large'), stored(101, 'a', 'too large'), stored(102, 'a', 'larger')];
    const each = Array.from({ length: 3 }, () => 'set set-item not-stored');
    expect(told(document([look(50, {}), ...row, look(160, {}, unchanged)]))).toEqual(each);
    expect(told(document([look(50, { a: '1' }), ...row, look(160, {}, unchanged)]))).toEqual(each);
    const kept = [...row, stored(103, 'a', '2')];
    expect(told(document([look(50, {}), ...kept, look(160, { a: '2' }, unchanged)]))).toEqual([
      ...Array.from({ length: 3 }, () => 'set set-item null'),
      'set set-item snapshot',
    ]);
  });

  test('cannot be told from one that something unheard was written over, nor from one that a look had no room for', () => {
    const row = [look(50, {}), stored(100, 'a', '1'), stored(101, 'a', '2')];
    const unknown = ['set set-item null', 'set set-item null'];
    expect(told(document([...row, look(160, { a: '3' }, unchanged)]))).toEqual([...unknown, 'set snapshot snapshot']);
    expect(told(document([...row, look(160, {}, { ...unchanged, skipped: 1 })]))).toEqual(unknown);
  });

  test('does not hide that what was there before is gone', () => {
    const found = told(document([look(50, { a: '1' }), stored(100, 'a', 'too large'), look(160, {}, { ...unchanged, removed: ['a'] })]));
    expect(found).toEqual(['set set-item not-stored', 'delete snapshot snapshot']);
  });
});

test('clear deletes what was there, one by one, and nothing else', () => {
  const clear = stored(300, '', null, { action: 'clear', mechanism: 'clear' });
  const found = seen([stored(100, 'a', '1'), stored(110, 'b', '1'), clear, stored(400, 'c', '1')]);
  expect(found.map(({ action, name }) => [action, name])).toEqual([
    ['set', 'a'],
    ['set', 'b'],
    ['delete', 'a'],
    ['delete', 'b'],
    ['set', 'c'],
  ]);
});

test('set and removed within one task is transient, in a later one it was stored', () => {
  const found = seen([
    stored(100, 'a', '1', { task: 4 }),
    stored(100, 'a', null, { task: 4 }),
    stored(200, 'b', '1', { task: 5 }),
    stored(300, 'b', null, { task: 6 }),
    look(500, {}),
  ]);
  expect(found.filter(({ action }) => action === 'set').map(({ name, transient, rejected }) => [name, transient, rejected])).toEqual([
    ['a', true, null],
    ['b', false, null],
  ]);
});

describe('areas', () => {
  test('session storage belongs to one tab, local storage to the origin', () => {
    const second = { document: 'd2', tab: 2 };
    const inSession = (more: object) => look(500, { a: '1' }, { area: 'sessionStorage', ...more });
    const documents = [
      document([stored(100, 'a', '1', { area: 'sessionStorage' }), inSession({})]),
      document([look(600, { a: '1' }, { area: 'sessionStorage' })], second),
    ];
    const evidence = evidenceOf([...visit(0)], documents);
    expect(acts(evidence, 'sessionStorage')).toHaveLength(1);
    const shared = evidenceOf([...visit(0)], [document([stored(100, 'a', '1')]), document([look(600, { a: '1' })], { document: 'd2' })]);
    expect(acts(shared, 'localStorage')[0]).toMatchObject({ confirmed: 'snapshot' });
  });

  test('of frames that were gone before they were told their tab is that of the page around them', () => {
    const session = { area: 'sessionStorage' as const };
    const gone = { tab: -1, frame: 0, documentId: null, top: false, url: 'about:blank' };
    const evidence = evidenceOf(visit(0), [
      document([look(50, {}, session)], { ...gone, document: 'gone-before' }),
      document([stored(100, 'a', '1', session), look(500, { a: '1' }, session)]),
      document([look(600, { a: '1' }, session)], { ...gone, document: 'gone-after' }),
    ]);
    expect(acts(evidence, 'sessionStorage').map(({ mechanism }) => mechanism)).toEqual(['set-item']);
  });

  test("another document's look does not prove a refusal: it may have been taken before", () => {
    const [one, ...more] = seen([stored(100, 'a', '1'), look(200, { a: '1' })], document([look(101, {})], { document: 'd2' }));
    expect(one?.rejected).toBeNull();
    expect(more).toEqual([]);
  });

  test("by another document's clock, a look may come before the write that it finds", () => {
    const other = document([look(90, {}), look(99.9, { a: '1' }, { full: false })], { document: 'd2' });
    const found = seen([look(80, {}), stored(100, 'a', '1'), look(500, { a: '1' })], other);
    expect(found.map(({ mechanism, confirmed }) => [mechanism, confirmed])).toEqual([['set-item', 'snapshot']]);
    const gone = document([look(190, { a: '1' }), look(199.9, {}, { full: false, removed: ['a'] })], { document: 'd2' });
    const removed = seen([stored(100, 'a', '1'), look(150, { a: '1' }), stored(200, 'a', null)], gone);
    expect(removed.map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['set', 'set-item'],
      ['delete', 'remove-item'],
    ]);
    const cleared = seen(
      [stored(100, 'a', '1'), look(150, { a: '1' }), stored(200, '', null, { action: 'clear', mechanism: 'clear' })],
      gone,
    );
    expect(cleared.map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['set', 'set-item'],
      ['delete', 'clear'],
    ]);
  });

  test('another process hears of writes late, and finds a value that is replaced already', () => {
    const other = document([look(90, { a: '0' }), look(120, { a: '1' }, { full: false }), look(400, { a: '2' }, { full: false })], {
      document: 'd2',
    });
    const found = seen([stored(80, 'a', '0'), stored(100, 'a', '1'), stored(110, 'a', '2')], other);
    expect(found.map(({ mechanism }) => mechanism)).toEqual(['set-item', 'set-item', 'set-item']);
    expect(found.at(-1)?.confirmed).toBe('snapshot');
  });

  test('a new process that looks before the write has arrived misses it, until it does', () => {
    const late = (...looks: Parameters<typeof document>[0]): ReturnType<typeof document> => document(looks, { document: 'd2' });
    const actions = (other: ReturnType<typeof document>): string[] =>
      seen([look(50, {}), stored(100, 'a', '1')], other).map(({ action, mechanism }) => `${action} ${mechanism}`);
    expect(actions(late(look(900, {}), look(1200, { a: '1' }, { full: false })))).toEqual(['set set-item']);
    // It never does: it was gone by then, and nothing lay there any more.
    const gone = late(look(900, {}), look(1200, {}, { full: false, request: 1 }));
    expect(actions(gone)).toEqual(['set set-item', 'delete snapshot']);
    const { observations } = evidenceOf(visit(0), [document([look(50, {}), stored(100, 'a', '1')]), gone]);
    expect(observations.filter(({ action }) => action === 'present')).toEqual([]);
    // Later than it could be on its way.
    expect(actions(late(look(900, {}), look(5000, {})))).toEqual(['set set-item', 'delete snapshot']);
    expect(actions(late(look(5000, {}), look(5100, { a: '1' }, { full: false })))).toEqual([
      'set set-item',
      'delete snapshot',
      'set snapshot',
    ]);
  });

  test('its own look, or one at another time, finds what no hook saw all the same', () => {
    const found = seen(
      [look(50, {}), stored(100, 'a', '1'), stored(110, 'a', '2'), look(115, { a: '3' })],
      document([look(60, {}), look(3000, { a: '2' }, { full: false })], { document: 'd2' }),
    );
    expect(found.map(({ mechanism }) => mechanism)).toEqual(['set-item', 'set-item', 'snapshot', 'snapshot']);
  });

  test('what a browser keeps apart for a frame is neither gone nor new elsewhere', () => {
    const inner = document([look(50, {}), stored(100, 'a', '1'), look(160, { a: '1' }, { full: false })], {
      document: 'f1',
      frame: 3,
      top: false,
      partition: 'https://send-box.com',
    });
    const evidence = evidenceOf(visit(0), [inner, document([look(3000, {}), stored(3100, 'b', '1'), look(3200, { b: '1' })])]);
    expect(acts(evidence, 'localStorage').map(({ name, mechanism }) => [name, mechanism])).toEqual([
      ['a', 'set-item'],
      ['b', 'set-item'],
    ]);
    const present = evidence.observations.filter(({ kind, action }) => kind === 'localStorage' && action === 'present');
    expect(present.map(({ name }) => name).sort()).toEqual(['a', 'b']);
  });

  test('and where a browser keeps nothing apart, both find the same', () => {
    const frame = { document: 'f1', frame: 3, top: false, partition: 'https://shop.example' };
    const page = [look(50, {}), stored(100, 'a', '1'), look(160, { a: '1' }, { full: false }), stored(3000, 'a', null)];
    const found = evidenceOf(visit(0), [
      document(page),
      document([look(60, {}), look(2900, { a: '1' }), look(8000, {}), look(9000, {})], frame),
    ]);
    expect(acts(found, 'localStorage').map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['set', 'set-item'],
      ['delete', 'remove-item'],
    ]);
  });

  test('origins are apart', () => {
    const frame = { document: 'f1', frame: 3, top: false, url: 'https://mc.yandex.ru/f', origin: 'https://mc.yandex.ru' };
    const evidence = evidenceOf(visit(0), [document([stored(100, 'a', '1')]), document([stored(100, 'a', '1')], frame)]);
    expect(
      acts(evidence, 'localStorage')
        .map(({ host }) => host)
        .sort(),
    ).toEqual(['mc.yandex.ru', 'send-box.com']);
  });
});
