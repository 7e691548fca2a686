/** Storage in which trackers keep hits that wait to be sent: what lies there is sent on a later page, whatever was chosen meanwhile. */
import type { Kind } from '../model/observation.ts';

interface HitQueue {
  kind: Kind;
  name: RegExp;
  /** Where the name comes from. */
  source: string;
}

const QUEUES: readonly HitQueue[] = [
  { kind: 'localStorage', name: /^_ym_retryReqs$/, source: 'https://github.com/yandex/metrica-tag, src/middleware/retransmit' },
  { kind: 'localStorage', name: /^__mpq_/, source: 'npm mixpanel-browser 2.83.0, RequestQueue' },
  {
    kind: 'localStorage',
    name: /^snowplowOutQueue_/,
    source: 'https://docs.snowplow.io/docs/sources/web-trackers/cookies-and-local-storage/',
  },
  { kind: 'localStorage', name: /^(?:AMP|amplitude)_unsent_/, source: 'https://github.com/amplitude/Amplitude-TypeScript' },
  { kind: 'localStorage', name: /^persisted-queue:v1:/, source: 'https://github.com/segmentio/analytics-next' },
];

/** Lists in JSON are at least that long where they hold anything: `[]`, `{}` and `""` hold nothing. */
const EMPTY = 2; // characters

/** Whether a stored entry is such a queue, and holds something as far as its length (UTF-16 code units; null where nobody knows it) tells. */
export function isHitQueue(entry: { kind: Kind; name: string; length: number | null }): boolean {
  return QUEUES.some(({ kind, name }) => kind === entry.kind && name.test(entry.name)) && (entry.length === null || entry.length > EMPTY);
}
