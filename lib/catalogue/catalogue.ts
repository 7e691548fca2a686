/** Known services, keys and hosts: what the field knows, whatever a policy says. */
import type { Kind } from '../model/observation.ts';

/** The categories in which the catalogue thinks; a policy may use other ids. */
export type CatalogueCategory = 'mandatory' | 'functional' | 'analytical' | 'marketing';

export interface KnownService {
  /** Stable id, e.g. `google-analytics`. */
  id: string;
  name: string;
  vendor: string | null;
}

export interface KnownKey {
  service: KnownService;
  category: CatalogueCategory;
  /** The row's pattern, for fingerprints. */
  pattern: string;
  /** How the row is known (`vendor-source`, `OCD`, …). */
  basis: string;
  /** false where neither meaning nor lifetime is confirmed: the name may be shown, an accusation may not rest on it. */
  confirmed: boolean;
}

export interface KnownRecipient {
  service: KnownService;
  /** null where only the name of the company is known. */
  category: CatalogueCategory | null;
  /** Whether this path is one that reports a visit (a hit), not a script or style. */
  hit: boolean;
  basis: string;
  confirmed: boolean;
}

export interface Catalogue {
  /**
   * The known service behind a stored key. A generic name (`i`, `bh`, `_ct`, …) counts only on its stated domain
   * or when `serviceHasSibling(serviceId)` says that another, distinctive key of the same service was seen.
   */
  key(thing: { kind: Kind; name: string; host: string }, serviceHasSibling: (serviceId: string) => boolean): KnownKey | null;
  /** Whether the key identifies its service by itself (not generic). */
  isDistinctive(thing: { kind: Kind; name: string; host: string }): KnownKey | null;
  /** The known service behind a request; `protocol` and `tagId` as derived while gathering. */
  recipient(request: { host: string; path: string; protocol: string | null; tagId: string | null }): KnownRecipient | null;
}
