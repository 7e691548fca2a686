/** The document that passes from gathering to judging. Plain JSON; holds no value in clear and no verdict. */
import type { GatheredObservation } from './observation.ts';

export const VISIT_REASONS = ['visit', 'reload', 'fresh', 'restart', 'route'] as const;
export type VisitReason = (typeof VISIT_REASONS)[number];

/** One life of a page: of its top document, or, within that, from a `route` (another address without a new document) on. */
export interface Visit {
  id: string;
  /** 1 for the first profile; each `fresh` begins the next, and each of Firefox's containers is one. */
  profile: number;
  reason: VisitReason;
  /** Index of the scenario step that led here; null when a person browsed. */
  step: number | null;
  url: string;
  /** ISO 8601 UTC with milliseconds. */
  startedAt: string;
  /** Of a `route`: id of the visit with which its document began. */
  routeOf?: string;
  /** Firefox's id of the container that the page was opened in; left out where it was in none. */
  cookieStore?: string;
}

/** A stretch of time in which the tool's sight was impaired. */
export interface Gap {
  from: string;
  to: string;
  reason: string;
}

/** What is known of a browser profile when its recording began. */
export interface ProfileStart {
  profile: number;
  /** true: nothing of the site was stored; false: something was; null: nobody looked. */
  clean: boolean | null;
}

export interface Evidence {
  format: 'consent-evidence/1';
  profiles: ProfileStart[];
  visits: Visit[];
  /** In the order of happening; `seq` counts from 1. */
  observations: GatheredObservation[];
  gaps: Gap[];
  /** Events known to be missing (sequence holes, caps). */
  lost: number;
}
