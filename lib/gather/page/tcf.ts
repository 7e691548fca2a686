/**
 * Hears the IAB's consent API of the top document. A stub keeps the listener until the real platform replaces it; where the function is
 * another one than before, it is asked again. The API of frames is a messenger to this one.
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md
 */
import { MOST_VALUE } from '../channel.ts';
import { attempt, clip } from './clip.ts';
import { isObject, isText } from './guarded.ts';
import * as natives from './natives.ts';
import { signal } from './report.ts';

const PURPOSES = 11;
/** A page that replaces its API more often is no consent platform. */
const MOST_APIS = 10;

let asked: unknown = null;
let apis = 0;
let last = '';

export function lookForTcf(): void {
  const { __tcfapi: api } = window as { __tcfapi?: unknown };
  if (typeof api !== 'function' || api === asked || apis >= MOST_APIS) return;
  asked = api;
  apis++;
  natives.apply(api as (...a: unknown[]) => void, window, ['addEventListener', 2, heard]);
}

function heard(data: unknown, success: unknown): void {
  if (success === true && isObject(data)) attempt(() => tell(data as Record<string, unknown>));
}

function tell(data: Record<string, unknown>): void {
  const text = (value: unknown): string | null => (isText(value) ? clip(value, MOST_VALUE) : null);
  const plain = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? value : null);
  const name = text(data.eventStatus) ?? '';
  const tcString = text(data.tcString);
  const { purpose } = data;
  const consents = isObject(purpose) && (purpose as { consents?: unknown }).consents;
  const categories: Record<string, boolean> = {};
  if (isObject(consents))
    for (let id = 1; id <= PURPOSES; id++) {
      const granted = (consents as Record<number, unknown>)[id];
      if (typeof granted === 'boolean') categories[`purpose-${id}`] = granted;
    }
  const cmpId = plain(data.cmpId);
  const policyVersion = plain(data.tcfPolicyVersion);
  const gdprApplies = plain(data.gdprApplies);
  // A stub that was replaced and the platform itself may both tell of one event.
  const state = natives.stringify([name, categories, tcString]);
  if (state === last) return;
  last = state;
  signal('tcf', clip(name, 40), categories, { tcString, cmpId, policyVersion, gdprApplies });
}
