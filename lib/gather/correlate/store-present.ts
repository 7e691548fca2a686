/** What databases, caches, files and worker registrations there are at a look. */
import type { StoreKind } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import { draft, type Draft } from './draft.ts';

export interface StorePresent {
  /** Of its area. */
  key: string;
  origin: string;
  kind: StoreKind;
  time: number;
  visit: string;
  page: string;
  /** By name; what no look found yet has no mark. */
  entries: Map<string, { rawName?: string; mark: string | null }>;
}

/** What a store holds at a look. */
export function presentStores({ origin, kind, time, visit, page, entries }: StorePresent): Draft[] {
  return [...entries]
    .filter(([, { mark }]) => mark !== null)
    .map(([name, { rawName }]) =>
      draft({
        time,
        visit,
        page,
        kind,
        action: 'present',
        name,
        ...(rawName === undefined ? {} : { rawName }),
        host: hostOf(origin),
        origin,
        mechanism: 'snapshot',
        confirmed: 'snapshot',
      }),
    );
}
