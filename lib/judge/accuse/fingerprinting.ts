/**
 * Whether scripts tell devices apart by their features. One feature is read for many honest reasons (a chart reads its canvas, a game
 * asks for the graphics card), so an accusation needs several of different kinds by one script of another party; anything less cannot be told.
 */
import type { Observation } from '../../model/observation.ts';
import type { Facts } from '../facts/facts.ts';
import { hostOf, partyLookup } from '../facts/party.ts';

/** Kinds of features by the beginning of the called API's name. The first five are read out in full; the others are a few bits each. */
const TELLING: [string, string][] = [
  ['canvas.', 'canvas'],
  ['webgl.unmasked', 'graphics-card'],
  ['webgl.readPixels', 'graphics-card'],
  ['audio.', 'audio'],
  ['fonts', 'fonts'],
];
const SUPPORTING: [string, string][] = [
  ['webgl.', 'graphics-card'],
  ['userAgentData.', 'client-hints'],
  ['navigator.getBattery', 'battery'],
  ['speechSynthesis.', 'voices'],
  ['mediaDevices.', 'media-devices'],
  ['RTCPeerConnection', 'network'],
  ['device', 'motion'],
];
const SEVERAL = 3;

export interface Fingerprinting {
  /** The calls, in `seq` order. */
  calls: Observation[];
  /** Kinds of features, sorted. */
  features: string[];
  host: string;
  party: 'first' | 'third';
  certain: boolean;
}

/** One for each host whose scripts read telling features in a profile, unless the policy counts its service as needing no consent. */
export function fingerprintingIn(facts: Facts): Fingerprinting[] {
  const partyOf = partyLookup(facts.policy);
  const groups = Map.groupBy(
    facts.observations.filter((o) => o.kind === 'api' && o.action === 'call' && hostOf(o.initiator?.url ?? null) !== null),
    (o) => `${facts.profileOf(o)} ${hostOf(o.initiator?.url ?? null)}`,
  );
  return [...groups.values()].flatMap((calls) => {
    const first = calls[0] as Observation;
    const host = hostOf(first.initiator?.url ?? null) ?? '';
    const service = facts.policy.matchHost(host);
    if (service !== null && facts.policy.isExempt(service.category)) return [];
    const telling = featuresOf(calls, TELLING);
    const features = [...new Set([...telling, ...featuresOf(calls, SUPPORTING)])].sort();
    const party = partyOf(host, first.page);
    if (telling.length === 0 || (party === 'first' && features.length < SEVERAL)) return [];
    return { calls, features, host, party, certain: party === 'third' && features.length >= SEVERAL };
  });
}

function featuresOf(calls: Observation[], table: [string, string][]): string[] {
  return calls.flatMap(({ name }) => table.filter(([beginning]) => name?.startsWith(beginning)).map(([, feature]) => feature));
}
