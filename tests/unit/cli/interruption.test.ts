import { afterEach, expect, test, vi } from 'vitest';
import { onInterruption } from '../../../cli/interruption.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('copies of one wish end the audit once and gently; a later wish ends everything', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const heard: Record<string, () => void> = {};
  vi.spyOn(process, 'on').mockImplementation((signal, listener) => {
    heard[signal as string] = listener;
    return process;
  });
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const said: string[] = [];
  const interruption = onInterruption((text) => said.push(text));
  expect(interruption.aborted).toBe(false);

  for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM']) {
    heard[signal]?.();
    vi.advanceTimersByTime(300);
  }
  expect(interruption.aborted).toBe(true);
  expect(said).toHaveLength(1);
  expect(exit).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1000);
  heard.SIGINT?.();
  expect(exit).toHaveBeenCalledWith(130);
});
