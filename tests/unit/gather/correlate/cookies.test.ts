import { describe, expect, test } from 'vitest';
import { acts, BEGIN, changed, claim, document, evidenceOf, exchange, jar, jarCookie, moment, visit } from './captures.ts';

const DAY = 86_400;
const cap = BEGIN + 100 + 400 * DAY * 1000;

describe('one write is one observation', () => {
  test("a script's claim and the jar: what was asked and what was granted", () => {
    const evidence = evidenceOf(
      [...visit(0), changed(105, '_x', '1', { expires: cap, secure: true })],
      [document([claim(100, `_x=1; max-age=${730 * DAY}; path=/; secure`)])],
    );
    const [seen, ...more] = acts(evidence, 'cookie');
    expect(more).toEqual([]);
    expect(seen).toMatchObject({
      action: 'set',
      name: '_x',
      host: 'send-box.com',
      mechanism: 'document.cookie',
      confirmed: 'jar',
      rejected: null,
      transient: false,
      uncertainty: 0,
      cookie: { asked: 730 * DAY, granted: 400 * DAY, session: false, path: '/', secure: true },
      initiator: { url: 'https://mc.yandex.ru/metrika/tag.js' },
    });
    expect(moment(seen)).toBe(100);
  });

  test('the jar of another write with the same value, but without its flags, says nothing of this one', () => {
    const evidence = evidenceOf(
      [...visit(0), changed(130, '_x', '1', { secure: true })],
      [document([claim(100, '_x=1; path=/'), claim(101, '_x=; path=/; max-age=0'), claim(102, '_x=1; path=/; secure')])],
    );
    expect(acts(evidence, 'cookie').map(({ action, confirmed, cookie }) => [action, confirmed, cookie?.secure])).toEqual([
      ['set', null, false],
      ['delete', null, false],
      ['set', 'jar', true],
    ]);
  });

  test("an answer's header and the jar, in consequence of its request", () => {
    const evidence = evidenceOf(
      [
        ...visit(0),
        ...exchange(100, '1', 'https://mc.yandex.ru/x', { setCookies: ['yuid=1; domain=.yandex.ru; max-age=600'] }),
        changed(110, 'yuid', '1', { domain: 'yandex.ru', hostOnly: false, expires: BEGIN + 600_102 }),
      ],
      [document([])],
    );
    const [seen, ...more] = acts(evidence, 'cookie');
    expect(more).toEqual([]);
    expect(seen).toMatchObject({
      host: 'yandex.ru',
      mechanism: 'http',
      confirmed: 'header',
      cookie: { domain: 'yandex.ru', asked: 600, granted: 600 },
    });
    const cause = evidence.observations.find(({ id }) => id === seen?.cause);
    expect(cause).toMatchObject({ kind: 'request', host: 'mc.yandex.ru' });
  });

  test('each identical renewal is a write of its own', () => {
    const page = document([100, 200, 300].map((at) => claim(at, '_x=1; max-age=60')));
    const events = [...visit(0), ...[101, 201, 301].map((at) => changed(at, '_x', '1', { expires: BEGIN + at + 60_000 }))];
    const seen = acts(evidenceOf(events, [page]), 'cookie');
    expect(seen.map((one) => [moment(one), one.confirmed])).toEqual([
      [100, 'jar'],
      [200, 'jar'],
      [300, 'jar'],
    ]);
  });

  test('the overwritten value of a renewal is no deletion', () => {
    const events = [
      ...visit(0),
      changed(101, '_x', '1'),
      changed(200, '_x', '1', { removed: true, cause: 'overwrite' }),
      changed(201, '_x', '2'),
    ];
    const seen = acts(evidenceOf(events, [document([claim(100, '_x=1'), claim(199, '_x=2')])]), 'cookie');
    expect(seen.map(({ action }) => action)).toEqual(['set', 'set']);
  });

  test('two cookies of one name on two domains are two', () => {
    const page = document([claim(100, '_x=1'), claim(101, '_x=2; domain=send-box.com')]);
    const events = [...visit(0), changed(103, '_x', '2', { hostOnly: false }), changed(104, '_x', '1')];
    expect(acts(evidenceOf(events, [page]), 'cookie').map(({ cookie, confirmed }) => [cookie?.domain, confirmed])).toEqual([
      [null, 'jar'],
      ['send-box.com', 'jar'],
    ]);
  });
});

describe('a change of the jar that nobody was seen causing', () => {
  test('is reported with an unknown source', () => {
    const [seen] = acts(evidenceOf([...visit(0), changed(500, '_x', '1', { expires: cap })], [document([])]), 'cookie');
    expect(seen).toMatchObject({ action: 'set', mechanism: 'unknown', confirmed: 'jar', initiator: null, cookie: { asked: null } });
    expect(seen?.uncertainty).toBeGreaterThan(0);
  });

  test('is a deletion where it was removed, and an expiry where it ran out', () => {
    const events = [...visit(0), changed(500, 'a', '1', { removed: true }), changed(600, 'b', '1', { removed: true, cause: 'expired' })];
    expect(acts(evidenceOf(events, [document([])]), 'cookie').map(({ action, mechanism }) => [action, mechanism])).toEqual([
      ['delete', 'unknown'],
      ['delete', 'expiry'],
    ]);
  });

  test('is not taken for a claim of another value where several could be meant', () => {
    const page = document([claim(100, '_x=1'), claim(101, '_x=2')]);
    const seen = acts(evidenceOf([...visit(0), changed(105, '_x', '3')], [page]), 'cookie');
    expect(seen.filter(({ mechanism }) => mechanism === 'unknown')).toHaveLength(1);
  });
});

describe('what the browser refused', () => {
  test.each([
    ['_x=1; secure; samesite=none; domain=google.com', 'domain-mismatch'],
    ['_x=1; httponly', 'http-only-from-script'],
    ['__Host-x=1', 'host-prefix'],
    ['_x=1; samesite=none', 'same-site-none-without-secure'],
  ])('%s: %s', (text, rejected) => {
    const [seen] = acts(evidenceOf([...visit(0), jar(5000, [])], [document([claim(100, text)])]), 'cookie');
    expect(seen).toMatchObject({ action: 'set', rejected, confirmed: null });
  });

  test('without a reason in its string, found missing by a look into the jar', () => {
    const [seen] = acts(evidenceOf([...visit(0), jar(5000, [jarCookie('_y', '1')])], [document([claim(100, '_x=1')])]), 'cookie', '_x');
    expect(seen).toMatchObject({ rejected: 'not-stored' });
  });

  test('is not called refused by a look that was asked for before it, however late its answer came', () => {
    const seen = (...looks: ReturnType<typeof jar>[]) =>
      acts(evidenceOf([...visit(0), ...looks], [document([claim(1000, '_x=1')])]), 'cookie').map(
        ({ rejected, confirmed }) => rejected ?? confirmed,
      );
    const early = jar(1500, [], 990);
    expect(seen(early)).toEqual([null]);
    expect(seen(early, jar(2000, [jarCookie('_x', '1')]))).toEqual(['jar']);
    expect(seen(jar(1500, [jarCookie('_x', '1')], 990))).toEqual(['jar']);
    expect(seen(early, jar(2000, []))).toEqual(['not-stored']);
  });

  test('is not called refused where nobody looked, or where its own time was over', () => {
    expect(acts(evidenceOf(visit(0), [document([claim(100, '_x=1')])]), 'cookie')[0]).toMatchObject({ rejected: null, confirmed: null });
    expect(acts(evidenceOf([...visit(0), jar(5000, [])], [document([claim(100, '_x=1; max-age=1')])]), 'cookie')[0]?.rejected).toBeNull();
  });

  test('a look that finds it confirms it', () => {
    const evidence = evidenceOf(
      [...visit(0), jar(5000, [jarCookie('_x', '1', { expires: cap })])],
      [document([claim(100, `_x=1; max-age=${730 * DAY}`)])],
    );
    expect(acts(evidence, 'cookie')[0]).toMatchObject({ confirmed: 'jar', rejected: null, cookie: { granted: 400 * DAY } });
    expect(evidence.observations.find(({ action }) => action === 'present')).toMatchObject({ name: '_x', mechanism: 'snapshot' });
  });
});

describe('several writes of one cookie in a row', () => {
  type Told = Parameters<typeof evidenceOf>[0];
  const told = (claims: ReturnType<typeof claim>[], ...browser: Told) =>
    acts(evidenceOf([...visit(0), ...browser], [document(claims)]), 'cookie')
      .filter(({ mechanism }) => mechanism === 'document.cookie')
      .map(({ confirmed, rejected }) => rejected ?? confirmed);
  const row = [100, 400, 400].map((at, index) => claim(at, `_x=${index}; path=/`, { task: at }));
  const refused = 'not-stored';

  test('that the jar never told of and does not hold were all refused', () => {
    expect(told(row, jar(5000, []))).toEqual([refused, refused, refused]);
    expect(told(row)).toEqual([null, null, null]);
  });

  test('over a cookie that scripts may not touch, or that was there before, were all refused', () => {
    const held = jarCookie('_x', '0', { httpOnly: true });
    expect(told(row, changed(40, '_x', '0', { httpOnly: true }), jar(5000, [held]))).toEqual([refused, refused, refused]);
    expect(told(row, jar(5000, [jarCookie('_x', 'old')]))).toEqual([refused, refused, refused]);
    expect(told(row, jar(5000, [jarCookie('_x', '9', { path: '/other', hostOnly: true })]))).toEqual([refused, refused, refused]);
  });

  test('of which one was stored: those before it nobody can tell of', () => {
    expect(told(row, changed(405, '_x', '2'), jar(5000, []))).toEqual([null, null, 'jar']);
    expect(told(row, jar(5000, [jarCookie('_x', '2')]))).toEqual([null, null, 'jar']);
    expect(told(row, jar(300, [jarCookie('_x', '0')]), jar(5000, [jarCookie('_x', '0')]))).toEqual(['jar', refused, refused]);
  });

  test('of which one was stored and removed again: it is not refused, and what was written over it unheard may not be', () => {
    const gone = changed(2000, '_x', '0', { removed: true, cause: 'explicit' });
    expect(told(row, changed(105, '_x', '0'), gone, jar(5000, []))).toEqual(['jar', refused, refused]);
    const unheard = changed(2000, '_x', '2', { removed: true, cause: 'explicit' });
    expect(told(row, changed(105, '_x', '0'), unheard, jar(5000, []))).toEqual(['jar', refused, null]);
  });

  test('an equal one that was stored later, when what refused it was gone, does not stand for the first', () => {
    const text = 'hox=js; path=/; max-age=300';
    const server = changed(500, 'hox', 'srv', { removed: true, httpOnly: true, cause: 'expired_overwrite' });
    const then = changed(605, 'hox', 'js', { expires: BEGIN + 300_600 });
    expect(told([claim(100, text), claim(600, text, { task: 2 })], server, then)).toEqual([refused, 'jar']);
  });

  test('of one value with and without a partition each has its own', () => {
    const text = '_x=1; path=/; secure; samesite=none';
    const own = changed(105, '_x', '1', { secure: true, partitioned: true });
    expect(told([claim(100, `${text}; partitioned`), claim(100, text)], own)).toEqual(['jar', null]);
  });
});

describe('cookies of a frame without credentials', () => {
  const frame = { document: 'f1', frame: 3, top: false, url: 'https://mc.yandex.ru/f', origin: 'https://mc.yandex.ru' };
  const answered = exchange(90, '7', 'https://mc.yandex.ru/f', { frame: 3, setCookies: ['_h=1'] });
  const seen = (partition?: string) =>
    acts(
      evidenceOf([...visit(0), ...answered, jar(5000, [])], [document([]), document([claim(100, '_x=1')], { ...frame, partition })]),
      'cookie',
    );

  test('are in no jar that anybody can look into: that they are not found there says nothing', () => {
    expect(seen('credentialless f1').map(({ name, rejected }) => [name, rejected])).toEqual([
      ['_h', null],
      ['_x', null],
    ]);
    expect(seen().map(({ rejected }) => rejected)).toEqual(['not-stored', 'not-stored']);
  });
});

describe('deletions and probes', () => {
  const removed = (at: number, more: Parameters<typeof changed>[3] = {}) =>
    changed(at, '_x', '1', { removed: true, cause: 'expired_overwrite', ...more });
  const deletions = (claims: ReturnType<typeof claim>[], ...browser: Parameters<typeof evidenceOf>[0]) =>
    acts(evidenceOf([...visit(0), ...browser], [document(claims, { url: 'https://send-box.com/kk/about' })]), 'cookie')
      .filter(({ action }) => action === 'delete')
      .map(({ mechanism, confirmed }) => `${mechanism} ${confirmed}`);
  const real = claim(4000, '_x=; domain=send-box.com; path=/; max-age=0', { task: 2 });

  test.each([
    ['the domain', '_x=; path=/; max-age=0', {}],
    ['the path', '_x=; domain=send-box.com; max-age=0', {}],
    ['the partition', '_x=; domain=send-box.com; path=/; secure; partitioned; max-age=0', {}],
    ['a cookie that scripts may touch', '_x=; domain=send-box.com; path=/; max-age=0', { httpOnly: true }],
  ])('that miss %s removed nothing', (_what, text, cookie) => {
    const gone = removed(4005, { hostOnly: false, ...cookie });
    const alone = deletions([claim(100, text)], gone);
    expect(alone).toEqual(['document.cookie null', 'unknown jar']);
    if (!('httpOnly' in cookie)) expect(deletions([claim(100, text), real], gone)).toEqual(['document.cookie null', 'document.cookie jar']);
  });

  test('without a path are for that of their document', () => {
    expect(deletions([claim(100, '_x=; max-age=0')], removed(105, { path: '/kk' }))).toEqual(['document.cookie jar']);
  });

  test('of one cookie: only the first since it was set found something', () => {
    const text = '_x=; path=/; max-age=0';
    const claims = [
      claim(100, text),
      claim(200, '_x=1; path=/', { task: 2 }),
      claim(300, text, { task: 3 }),
      claim(310, text, { task: 4 }),
    ];
    const told = [changed(205, '_x', '1'), removed(320)];
    expect(deletions(claims, ...told)).toEqual(['document.cookie null', 'document.cookie jar', 'document.cookie null']);
  });

  test("by the browser itself are nobody's", () => {
    const found = (cause: string) => deletions([claim(100, '_x=; path=/; max-age=0')], removed(105, { cause }));
    expect(found('evicted')).toEqual(['document.cookie null', 'eviction jar']);
    expect(found('expired')).toEqual(['document.cookie null', 'expiry jar']);
  });

  test('an expiry date in the past is a deletion, with nothing asked', () => {
    const events = [...visit(0), changed(102, '_x', '1', { removed: true })];
    const [seen, ...more] = acts(evidenceOf(events, [document([claim(100, '_x=; expires=Thu, 01 Jan 1970 00:00:00 GMT')])]), 'cookie');
    expect(more).toEqual([]);
    expect(seen).toMatchObject({ action: 'delete', cookie: { asked: 0, session: false }, value: null, confirmed: 'jar' });
  });

  test('set and gone again within one task is transient', () => {
    const probe = document([
      claim(100, '_probe=1', { task: 5 }),
      claim(100, '_probe=; max-age=0', { task: 5 }),
      claim(101, '_kept=1', { task: 5 }),
    ]);
    const seen = acts(evidenceOf([...visit(0), jar(5000, [jarCookie('_kept', '1')])], [probe]), 'cookie');
    expect(seen.map(({ name, transient, rejected }) => [name, transient, rejected])).toEqual([
      ['_probe', true, null],
      ['_probe', false, null],
      ['_kept', false, null],
    ]);
  });

  test('set and gone again in a later task was stored', () => {
    const page = document([claim(100, '_x=1', { task: 5 }), claim(200, '_x=; max-age=0', { task: 6 })]);
    expect(acts(evidenceOf(visit(0), [page]), 'cookie')[0]?.transient).toBe(false);
  });

  test("Google's double Expires is a write", () => {
    const text = '_ga_X=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; expires=Thu, 02 Nov 2028 10:00:00 GMT';
    expect(acts(evidenceOf(visit(0), [document([claim(100, text)])]), 'cookie')[0]).toMatchObject({ action: 'set', transient: false });
  });
});
