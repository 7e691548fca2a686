/**
 * Hears the IAB's consent API of the top document. A stub keeps the listener until the real platform replaces it; where the function is
 * another one than before, it is asked again. The API of frames is a messenger to this one.
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md
 */
import { MOST_VALUE } from '../channel.ts';
import { clip, wrapped } from './clip.ts';
import { natives } from './natives.ts';
import { report } from './report.ts';

const PURPOSES = 11;
/** A page that replaces its API more often is no consent platform. */
const MOST_APIS = 10;

let asked: unknown = null;
let apis = 0;
let last = '';

export function lookForTcf(): void {
  const api = natives.get(window, '__tcfapi') as unknown;
  if (typeof api !== 'function' || api === asked || apis >= MOST_APIS) return;
  asked = api;
  apis++;
  natives.apply(api as (...a: unknown[]) => void, window, ['addEventListener', 2, heard]);
}

function heard(data: unknown, success: unknown): void {
  if (success !== true || typeof data !== 'object' || data === null) return;
  const told = wrapped(() => stateOf(data));
  // A stub that was replaced and the platform itself may both tell of one event.
  if (told.threw || told.value.key === last) return;
  last = told.value.key;
  report(told.value.claim);
}

function stateOf(data: object) {
  const field = (name: string): unknown => natives.get(data, name);
  const text = (value: unknown): string | null => (typeof value === 'string' ? clip(value, MOST_VALUE) : null);
  const plain = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? value : null);
  const name = text(field('eventStatus')) ?? '';
  const tcString = text(field('tcString'));
  const purpose = field('purpose');
  const consents = typeof purpose === 'object' && purpose !== null ? (natives.get(purpose, 'consents') as unknown) : null;
  const categories: Record<string, boolean> = {};
  if (typeof consents === 'object' && consents !== null)
    for (let id = 1; id <= PURPOSES; id++) {
      const granted = natives.get(consents, id) as unknown;
      if (typeof granted === 'boolean') categories[`purpose-${id}`] = granted;
    }
  const more = {
    tcString,
    cmpId: plain(field('cmpId')),
    policyVersion: plain(field('tcfPolicyVersion')),
    gdprApplies: plain(field('gdprApplies')),
  };
  return {
    key: natives.stringify([name, categories, tcString]),
    claim: { type: 'signal' as const, source: 'tcf', name: clip(name, 40), categories, more },
  };
}
