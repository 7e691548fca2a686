import { expect, test } from 'vitest';
import { clockBehind } from '../../../../lib/gather/relay/clock.ts';

/** Two clocks, and how long each reading of the system's takes. */
function clocks(...delays: number[]) {
  const at = { system: 1_800_000_000_000, own: 1_800_000_000_000 };
  const behind = clockBehind(
    () => at.system + (delays.shift() ?? 0),
    () => at.own,
  );
  return { at, behind };
}

test('clocks that go alike are told alike, however they are rounded', () => {
  const { at, behind } = clocks();
  for (const difference of [0, 0.4, -1, 16.7, -16.7]) {
    at.system = at.own + difference;
    expect(behind()).toBe(0);
  }
});

test('sleep, and a clock that is set, are noticed, and kept until there is more', () => {
  const { at, behind } = clocks();
  at.system += 7_200_000.4;
  expect(behind()).toBe(7_200_000);
  at.system += 15;
  expect(behind()).toBe(7_200_000);
  at.system -= 10_000_000;
  expect(behind()).toBe(-2_799_985);
  at.own = at.system;
  expect(behind()).toBe(0);
});

test('time that passes between two readings is none', () => {
  const { at, behind } = clocks(300, 40, 0.2);
  expect(behind()).toBe(0);
  at.system += 90;
  const later = clocks(300, 2, 60);
  later.at.system += 90;
  expect(later.behind()).toBe(92);
  expect(behind()).toBe(90);
});
