/**
 * Navigations to the site that no document of the site came of: the answer led to another site, was a download, or nothing to show.
 * What the site was sent and answered is a visit all the same.
 */
import type { BrowserEvent } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import { chainLookup } from './chain.ts';
import { isNewPage } from './endings.ts';
import { lastUpTo } from './in-time.ts';
import { leftTheBrowser, type Hop } from './requests.ts';
import type { VisitSpan } from './visits.ts';

type Step = Extract<BrowserEvent, { type: 'step' }>;

/** A main navigation that the site was asked for, whatever led to it and came of it. */
export interface Journey {
  /** The site's first hop. */
  start: Hop['start'];
  /** Epoch milliseconds of the first and the last hop, whoever's. */
  from: number;
  to: number;
  /** Origin of the last hop, where that is another site's. */
  ledTo: string | null;
}

/** @param hops in order of time */
export function journeysTo(hops: Hop[], isSite: (host: string) => boolean): Journey[] {
  const chainOf = chainLookup(hops);
  const isOfSite = ({ start }: Hop): boolean => isSite(hostOf(start.url));
  return hops
    .filter((hop) => !hop.before && hop.start.resourceType === 'main_frame' && hop.start.frame === 0 && !isAhead(hop))
    .flatMap((begin) => {
      const chain = chainOf(begin);
      const first = chain.find((hop) => isOfSite(hop) && leftTheBrowser(hop));
      const last = chain.at(-1) as Hop;
      if (!first) return [];
      const ledTo = isOfSite(last) ? null : new URL(last.start.url).origin;
      return { start: first.start, from: begin.start.time, to: last.start.time, ledTo };
    });
}

/** Asked for by a document that may never lead there. */
export function isAhead({ headers, start }: Hop): boolean {
  return headers?.prefetch === true || start.documentId !== null;
}

/** @param lives the visits with a document, in order of time */
export function findUnshown(journeys: Journey[], lives: VisitSpan[], browser: BrowserEvent[]): VisitSpan[] {
  const steps = browser.filter((event): event is Step => event.type === 'step');
  const stepUpTo = lastUpTo(steps, ({ time }) => time);
  const pages = browser.filter(isNewPage);
  const answered = new Set(lives.map(({ step }) => step));
  return journeys.flatMap(({ start, from, to, ledTo }) => {
    const { requestId, tab, time, url } = start;
    if (lives.some(({ mainRequest: main }) => main?.requestId === requestId && main.time >= from && main.time <= to)) return [];
    const page = pages.findLast((one) => one.tab === tab && one.time <= from);
    // What a page of the site asked for is that page's.
    if (page?.audited && start.initiatorOrigin !== null) return [];
    const step = stepUpTo(time);
    const wanted = step === null || step.reason === 'other' || answered.has(step.index) ? null : step.reason;
    if (step) answered.add(step.index);
    return {
      id: `unshown ${requestId} ${time}`,
      profile: 1,
      reason: wanted ?? 'visit',
      step: step?.index ?? null,
      url,
      startedAt: new Date(time).toISOString(),
      tab,
      from: time,
      committed: to,
      // Nothing of it was in the tab: what came before or after is another page's.
      shown: null,
      documentId: null,
      mainRequest: { requestId, time },
      unshown: { ledTo, awaited: wanted !== null },
    };
  });
}
