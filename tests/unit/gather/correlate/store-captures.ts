/** Captures of writes into databases, caches and files, and of looks into them, out of few words. */
import type { StoreKind } from '../../../../lib/model/capture.ts';
import { acts, document, evidenceOf, SCRIPT, visit, type Told } from './captures.ts';

let writes = 0;

export function put(at: number, name: string, more: Record<string, unknown> = {}): Told {
  return {
    at,
    type: 'store',
    kind: 'indexedDB',
    action: 'set',
    operation: 'put',
    name,
    store: 's',
    key: null,
    value: null,
    write: ++writes,
    times: 1,
    since: null,
    initiator: SCRIPT,
    ...more,
  };
}

export const whole = { store: null };

export function ended(at: number, told: Told, refused: string | null = null): Told {
  return { at, type: 'store-settled', kind: told.kind, writes: [told.write], refused };
}

/** `asked` ten milliseconds before the answer. */
export function look(at: number, entries: Record<string, string>, more: Record<string, unknown> = {}): Told {
  const found = Object.entries(entries).map(([name, mark]) => ({ name, mark }));
  const asked = Date.parse('2026-11-02T10:00:00.000Z') + at - 10;
  return { at, type: 'store-snapshot', kind: 'indexedDB', asked, entries: found, skipped: 0, request: null, ...more };
}

export function seen(events: Told[], kind: StoreKind = 'indexedDB', ...more: ReturnType<typeof document>[]) {
  return acts(evidenceOf(visit(0), [document(events), ...more]), kind);
}
