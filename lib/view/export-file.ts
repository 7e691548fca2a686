/** An audit as a file to keep. */
import type { Audit } from '../model/audit.ts';
import { canonicalJson } from '../model/canonical-json.ts';

export interface ExportFile {
  name: string;
  type: string;
  text: string;
}

/** The audit as canonical JSON (RFC 8785), named after its site and its day (UTC). */
export function exportFile(audit: Audit): ExportFile {
  return { name: exportName(audit, 'json'), type: 'application/json', text: canonicalJson(audit) };
}

/** `consent-audit-<site>-<day>.<extension>` */
export function exportName(audit: Audit, extension: string): string {
  // An IPv6 host has colons, which no file system wants; nothing else in a host is special.
  const host = audit.site.host.replace(/[^\p{L}\p{N}.-]/gu, '_');
  return `consent-audit-${host}-${audit.run.endedAt.slice(0, 10)}.${extension}`;
}
