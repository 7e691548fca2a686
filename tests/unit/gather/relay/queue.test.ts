import { describe, expect, test } from 'vitest';
import { setUp } from './fake-port.ts';

describe('batches', () => {
  test('wait for a timer, one for all, and say who speaks', () => {
    const { queue, header, ports, runTimers, latest, waitingTimers } = setUp();
    queue.push('a');
    queue.push('b');
    expect(ports).toHaveLength(0);
    expect(waitingTimers()).toBe(1);
    runTimers();
    expect(latest().posted).toEqual([
      { type: 'hello', header },
      { type: 'batch', header, first: 1, entries: ['a', 'b'], behind: 0, dropped: 0 },
    ]);
  });

  test('go when they are full, and count on', () => {
    const { queue, latest, runTimers } = setUp();
    for (let index = 1; index <= 450; index++) queue.push(String(index));
    runTimers();
    expect(latest().batches.map(({ first, entries }) => [first, entries.length])).toEqual([
      [1, 200],
      [201, 200],
      [401, 50],
    ]);
  });

  test('say how far the clock was behind when they were begun, and say the same when they are sent again', () => {
    const { queue, latest, runTimers, sleep } = setUp();
    queue.push('before');
    sleep(5000);
    runTimers();
    queue.push('after');
    runTimers();
    const said = [
      [['before'], 0],
      [['after'], 5000],
    ];
    expect(latest().batches.map(({ entries, behind }) => [entries, behind])).toEqual(said);
    latest().close();
    sleep(7000);
    runTimers();
    expect(latest().batches.map(({ entries, behind }) => [entries, behind])).toEqual(said);
  });

  test('of nothing are not sent', () => {
    const { queue, ports } = setUp();
    queue.flush();
    expect(ports).toHaveLength(0);
  });

  test('go at once while the document is leaving', () => {
    const { queue, latest, waitingTimers } = setUp();
    queue.push('a');
    queue.leave(false);
    queue.push('b');
    expect(latest().batches.map(({ entries }) => entries)).toEqual([['a'], ['b']]);
    queue.comeBack();
    queue.push('c');
    expect(latest().batches).toHaveLength(2);
    expect(waitingTimers()).toBeGreaterThan(0);
  });

  test('of a leaving document are left behind too, the newest first, until it stays again', () => {
    const { queue, left, latest } = setUp();
    for (const entry of ['a', 'b', 'c']) {
      queue.push(entry);
      queue.flush();
    }
    latest().say({ type: 'ack', first: 2 });
    queue.push('d');
    queue.leave(false);
    queue.push('e');
    expect(left.map(({ first, entries }) => [first, entries])).toEqual([
      [4, ['d']],
      [3, ['c']],
      [1, ['a']],
      [5, ['e']],
    ]);
    queue.comeBack();
    queue.push('f');
    queue.flush();
    expect(left).toHaveLength(4);
  });

  test('say where the document is, once the background has told it', () => {
    const { queue, latest } = setUp();
    queue.push('a');
    queue.flush();
    const place = { tab: 3, frame: 0, documentId: 'D' };
    latest().say({ type: 'place', place });
    queue.push('b');
    queue.flush();
    expect(latest().batches.map(({ header: told }) => told.place)).toEqual([null, place]);
  });

  test('that arrive at other commands pass them on', () => {
    const { queue, commands, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'snapshot', request: 7 });
    expect(commands).toEqual([{ type: 'snapshot', request: 7 }]);
  });
});

describe('after a disconnect', () => {
  test('everything unacknowledged is sent again, in order, and nothing that was acknowledged', () => {
    const { queue, header, ports, latest, runTimers } = setUp();
    for (const entry of ['a', 'b', 'c']) {
      queue.push(entry);
      queue.flush();
    }
    latest().say({ type: 'ack', first: 2 });
    latest().close();
    runTimers();
    expect(ports).toHaveLength(2);
    expect(latest().posted[0]).toEqual({ type: 'hello', header });
    expect(latest().batches.map(({ first, entries }) => [first, entries])).toEqual([
      [1, ['a']],
      [3, ['c']],
    ]);
  });

  test('with nothing pending nobody is woken', () => {
    const { queue, ports, latest, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'ack', first: 1 });
    latest().close();
    runTimers();
    expect(ports).toHaveLength(1);
  });

  test('the next batch connects again, and is sent once with what is pending before it', () => {
    const { queue, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().close();
    queue.push('b');
    queue.flush();
    expect(latest().batches.map(({ first }) => first)).toEqual([1, 2]);
  });

  test('in the middle of posting, nothing is lost', () => {
    const { queue, ports, latest } = setUp();
    queue.push('a');
    queue.flush();
    latest().close({ silent: true });
    queue.push('b');
    queue.flush();
    expect(ports).toHaveLength(2);
    expect(latest().batches.map(({ first, entries }) => [first, entries])).toEqual([
      [1, ['a']],
      [2, ['b']],
    ]);
  });

  test('told of an old connection, the new one stays', () => {
    const { queue, ports, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    queue.comeBack();
    expect(ports).toHaveLength(2);
    ports[0]?.close();
    runTimers();
    queue.push('b');
    queue.flush();
    expect(ports).toHaveLength(2);
  });

  test('an acknowledgement that comes twice does no harm', () => {
    const { queue, latest, runTimers } = setUp();
    queue.push('a');
    queue.flush();
    latest().say({ type: 'ack', first: 1 });
    latest().say({ type: 'ack', first: 1 });
    queue.push('b');
    queue.flush();
    latest().close();
    runTimers();
    expect(latest().batches.map(({ first }) => first)).toEqual([2]);
  });
});

describe('at the limits', () => {
  test('what does not fit is counted, and told with the next batch that is sent', () => {
    const { queue, ports, latest, runTimers } = setUp();
    const most = 200_000;
    for (let index = 0; index < most; index++) queue.push('x');
    runTimers();
    for (let index = 0; index < 7; index++) queue.push('x');
    for (const { first } of [...latest().batches]) latest().say({ type: 'ack', first });
    queue.push('y');
    queue.flush();
    const [told, ...more] = latest().batches.filter(({ dropped }) => dropped > 0);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ first: most + 1, entries: ['y'], dropped: 7 });
    expect(ports).toHaveLength(1);
    queue.leave(false);
    expect(latest().batches).toHaveLength(most / 200 + 1);
  });

  test('a document that may come back ends its connection, and opens none while it is away', () => {
    const { queue, ports, left, latest } = setUp();
    queue.push('a');
    queue.flush();
    queue.leave(true);
    expect(latest().open).toBe(false);
    queue.push('b');
    expect(ports).toHaveLength(1);
    expect(left.map(({ first }) => first)).toEqual([1, 2]);
    queue.comeBack();
    expect(ports).toHaveLength(2);
    expect(latest().batches.map(({ first }) => first)).toEqual([1, 2]);
  });

  test('what does not fit is told at the end too', () => {
    const { queue, left, runTimers } = setUp();
    for (let index = 0; index < 200_000; index++) queue.push('x');
    runTimers();
    for (let index = 0; index < 3; index++) queue.push('x');
    queue.leave(false);
    expect(left[0]).toMatchObject({ first: 200_001, entries: [], dropped: 3 });
  });

  test('an extension that is gone is not asked again', () => {
    const { queue, ports, refuseConnections, runTimers } = setUp();
    refuseConnections();
    queue.push('a');
    runTimers();
    queue.push('b');
    runTimers();
    expect(ports).toHaveLength(0);
  });

  test('after a stop nothing is sent', () => {
    const { queue, ports, runTimers } = setUp();
    queue.push('a');
    queue.stop();
    queue.push('b');
    runTimers();
    expect(ports).toHaveLength(0);
  });
});
