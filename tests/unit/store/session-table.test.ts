import { expect, test } from 'vitest';
import type { BrowserSegment } from '../../../lib/model/capture.ts';
import { sessionTable } from '../../../lib/store/session-table.ts';

const segment = (id: string): BrowserSegment => ({ id, source: 'browser', events: [] });

function memory() {
  const area = new Map<string, unknown>([['watch', 1]]);
  return {
    area,
    get: async () => Object.fromEntries(area),
    set: async (items: Record<string, unknown>) => Object.entries(items).forEach(([key, value]) => area.set(key, value)),
    remove: async (keys: string[]) => keys.forEach((key) => area.delete(key)),
  };
}

test('segments come back in order of id, each once, and clearing leaves what is not theirs', async () => {
  const { area, ...session } = memory();
  const table = sessionTable(session, () => true);
  for (const id of ['b', 'a', 'b']) await table.put(segment(id));
  expect((await table.all()).map(({ id }) => id)).toEqual(['a', 'b']);
  await table.clear();
  expect(await table.all()).toEqual([]);
  expect([...area.keys()]).toEqual(['watch']);
});

test('what is told when no private window is open is not kept', async () => {
  const { area, ...session } = memory();
  await sessionTable(session, () => false).put(segment('a'));
  expect([...area.keys()]).toEqual(['watch']);
});
