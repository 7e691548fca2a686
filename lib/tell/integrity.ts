/** The chain over the observations and the digest over the whole audit (docs/audit-format.md). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Audit } from '../model/audit.ts';

/** SHA-256 of a text, `sha256:` and 64 hex digits. */
export function sha256Of(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/**
 * Running SHA-256 over the canonical observations in `seq` order, each after the hash before it; before the first stands
 * the hash of nothing. What a policy says of an observation is left out, so that the chain survives judging anew.
 */
export function chainOf(observations: Audit['observations']): string {
  return observations.reduce(
    (before, { phase: _phase, party: _party, service: _service, category: _category, ...gathered }) =>
      sha256Of(before + canonicalJson(gathered)),
    sha256Of(''),
  );
}

/** SHA-256 of the canonical audit without `integrity.digest` and `integrity.signature`. */
export function digestOf(audit: Audit): string {
  const { digest: _digest, signature: _signature, ...integrity } = audit.integrity;
  return sha256Of(canonicalJson({ ...audit, integrity }));
}
