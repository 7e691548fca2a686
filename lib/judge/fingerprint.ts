/** What identifies a finding across runs. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Kind } from '../model/observation.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * The first 32 hexadecimal digits of the SHA-256 over the canonical JSON (RFC 8785) of rule, policy id, canonical site host, kind, host and
 * matched pattern or name. Times, pages and the policy's version are no part of it; a host that stands in for the site counts as the site.
 */
export function fingerprintOf(policy: Policy, about: { rule: string; kind: Kind | null; host: string | null; key: string | null }): string {
  const identity = {
    rule: about.rule,
    policy: policy.document.id,
    site: policy.canonicalHost,
    kind: about.kind,
    host: about.host === null ? null : canonicalHost(policy, about.host),
    key: about.key,
  };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(identity)))).slice(0, 32);
}

function canonicalHost(policy: Policy, host: string): string {
  const standIns = policy.sites.slice(policy.document.sites.length);
  const site = standIns.find((standIn) => host === standIn || host.endsWith(`.${standIn}`));
  return site === undefined ? host : host.slice(0, host.length - site.length) + policy.canonicalHost;
}
