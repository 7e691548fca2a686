/** The audit itself: canonical JSON (RFC 8785), the same in every language. */
import type { Audit } from '../../model/audit.ts';
import { canonicalJson } from '../../model/canonical-json.ts';

export function jsonReport(audit: Audit): string {
  return canonicalJson(audit);
}
