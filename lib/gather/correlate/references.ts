/** Which stored entries a text refers to, by the digests of its identifying parts. */
import type { StoredReference } from '../../model/observation.ts';

/** @returns each entry once, in a fixed order */
export function referencesIn(parts: string[], storedByPart: ReadonlyMap<string, StoredReference[]>): StoredReference[] {
  const found = new Map<string, StoredReference>();
  for (const part of parts) for (const entry of storedByPart.get(part) ?? []) found.set(`${entry.kind} ${entry.host} ${entry.name}`, entry);
  return [...found.keys()].sort().map((key) => found.get(key) as StoredReference);
}
