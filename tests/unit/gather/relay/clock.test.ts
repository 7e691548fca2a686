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
  for (const difference of [0, 0.4, -1, 100, -100, 200, 0]) {
    at.system = at.own + difference;
    expect(behind()).toBe(0);
  }
});

test('sleep, and a clock that is set, are noticed, and kept until there is more', () => {
  const { at, behind } = clocks();
  at.system += 7_200_000.4;
  expect(behind()).toBe(7_200_000);
  at.system += 150;
  expect(behind()).toBe(7_200_000);
  at.system -= 10_000_000;
  expect(behind()).toBe(-2_799_850);
  at.own = at.system;
  expect(behind()).toBe(0);
});

test('time that passes between two readings is none', () => {
  const { at, behind } = clocks(300, 240, 0.2);
  expect(behind()).toBe(0);
  at.system += 900;
  expect(behind()).toBe(900);
  const slept = clocks(300, 2, 60);
  slept.at.system += 900;
  expect(slept.behind()).toBe(902);
});
