/** Finds the visits of the audited site, and to which of them everything belongs. */
import type { BrowserEvent, DocumentRef } from '../../model/capture.ts';
import type { Visit } from '../../model/evidence.ts';
import type { Placed } from './draft.ts';
import { lastUpTo, SKEW } from './in-time.ts';
import { findRoutes, routeLookup, type Moment } from './routes.ts';
import { findUnshown, type Journey } from './unshown.ts';

type Navigation = Extract<BrowserEvent, { type: 'navigation' }>;
type Request = Extract<BrowserEvent, { type: 'request' }>;
type Step = Extract<BrowserEvent, { type: 'step' }>;

export interface VisitSpan extends Visit {
  tab: number;
  /** Epoch milliseconds of its first request. */
  from: number;
  /** Epoch milliseconds at which its document began. */
  committed: number;
  /** Epoch milliseconds at which it took the place of the document before; null for a prerendered one that never did. */
  shown: number | null;
  documentId: string | null;
  /** The request that brought the document, as `webRequest` numbers it, with its start. */
  mainRequest: { requestId: string; time: number } | null;
  /** Of one that brought no document of the site. */
  unshown?: Unshown;
}

export interface Unshown {
  /** Origin of the other site that the answer led to, or null. */
  ledTo: string | null;
  /** A step of the scenario asked for a page of the site, and none came. */
  awaited: boolean;
}

export interface Visits {
  all: VisitSpan[];
  /** Of a document's event. */
  ofEvent(event: Placed): VisitSpan | null;
  /**
   * Of a request: by the asking document, else by tab and time. `moment` is when it was asked for; `asker` is the document that said so
   * where the browser names none.
   */
  ofRequest(request: Request, moment: Moment, asker: DocumentRef | null): VisitSpan | null;
  /** Of something that names no tab. */
  at(time: number, tab?: number | null): VisitSpan | null;
}

/**
 * @param browser the browser's events in order of time
 * @param placed the documents' events in order of time and of each document's sequence
 * @param journeys the site's own navigations with all their hops
 */
export function findVisits(browser: BrowserEvent[], placed: Placed[], journeys: Journey[]): Visits {
  const navigations = browser.filter(
    (event): event is Navigation => event.type === 'navigation' && (event.state === 'committed' || event.state === 'prerendered'),
  );
  const lives = spansOf(navigations, browser);

  // One document may be visited several times: it comes back whole from the back/forward cache.
  const byDocument = new Map<string, VisitSpan[]>();
  for (const visit of lives) {
    if (visit.documentId === null) continue;
    const known = byDocument.get(visit.documentId);
    if (known) known.push(visit);
    else byDocument.set(visit.documentId, [visit]);
  }
  for (const { documentId, parentDocumentId } of navigations) {
    const parent = parentDocumentId === null ? undefined : byDocument.get(parentDocumentId);
    if (documentId && parent && !byDocument.has(documentId)) byDocument.set(documentId, parent);
  }
  // Clocks differ, but not by so much that what a page did when it was left would count for its coming back a moment later.
  const since = new Map(
    lives.map((visit) => {
      const before = lives.findLast(({ tab, committed }) => tab === visit.tab && committed < visit.committed);
      return [visit, visit.committed - (before ? Math.min(SKEW, (visit.committed - before.committed) / 2) : SKEW)];
    }),
  );
  const inDocument = (documentId: string | null, time: number): VisitSpan | null => {
    const visits = documentId === null ? undefined : byDocument.get(documentId);
    return visits?.findLast((visit) => time >= (since.get(visit) as number)) ?? visits?.[0] ?? null;
  };

  const routes = findRoutes({
    placed,
    browser,
    lifeOf: ({ documentId, tab }, time) =>
      inDocument(documentId, time) ?? lives.findLast((one) => one.tab === tab && one.committed <= time) ?? null,
  });
  const all = numbered([
    ...lives,
    ...findUnshown(journeys, lives, browser),
    ...routes.values().flatMap((ofLife) => ofLife.map(({ visit }) => visit)),
  ]);
  const byId = new Map(all.map((visit) => [visit.id, visit]));
  const routeAt = new Map([...routes].map(([life, own]) => [life, routeLookup(own)]));
  const onRoute = (visit: VisitSpan | null, moment: Moment): VisitSpan | null => {
    const life = visit && (byId.get(visit.routeOf ?? visit.id) as VisitSpan);
    return life && (routeAt.get(life)?.(moment) ?? life);
  };

  // What was never shown has no part in what a tab or the browser as a whole did.
  const seen = all.filter(({ shown }) => shown !== null);
  const beginningOf = ({ shown, committed, from }: VisitSpan): number => (shown === null || shown === committed ? from : shown);
  const begunBy = lastUpTo(seen.length > 0 ? seen : all, beginningOf);
  const ofTab = new Map(
    [...Map.groupBy(seen, ({ tab }) => tab)].map(([tab, own]) => [
      tab,
      { first: own[0], shownBy: lastUpTo(own, ({ shown }) => shown as number) },
    ]),
  );
  const inTab = (time: number, tab: number | null): VisitSpan | null => {
    const own = tab === null || tab < 0 ? undefined : ofTab.get(tab);
    return own?.shownBy(time) ?? own?.first ?? null;
  };
  /** Of the tabs of pop-ups, the page that opened the first of a row of them. */
  const openedBy = new Map<number | null, VisitSpan | null>();
  for (const event of browser)
    if (event.type === 'pop-up') openedBy.set(event.tab, inTab(event.time, event.opener) ?? openedBy.get(event.opener) ?? null);
  const at = (time: number, tab: number | null = null): VisitSpan | null => {
    // A tab without a visit of its own is a pop-up of the page that opened it, wherever that tab has gone since.
    return inTab(time, tab) ?? openedBy.get(tab) ?? begunBy(time) ?? seen[0] ?? all[0] ?? null;
  };
  const byRequest = Map.groupBy(
    all.filter(({ mainRequest }) => mainRequest !== null),
    ({ mainRequest }) => mainRequest?.requestId,
  );
  return {
    all,
    at,
    ofEvent({ type, ref, time, seq }) {
      // That something was loaded is told afterwards: its place in the sequence says nothing of when it began.
      const place = type === 'resource' ? null : { document: ref.document, seq };
      return onRoute(inDocument(ref.documentId, time) ?? at(time, ref.tab), { time, place });
    },
    ofRequest(request, moment, asker) {
      const brought = byRequest
        .get(request.requestId)
        ?.find(({ tab, from, committed }) => tab === request.tab && request.time >= from && request.time <= committed);
      if (brought && request.resourceType === 'main_frame') return brought;
      const asked = asker && (inDocument(asker.documentId, moment.time) ?? at(moment.time, asker.tab));
      const documentId = request.documentId ?? request.parentDocumentId ?? null;
      const visit = inDocument(documentId, request.time) ?? onItsWay(request, lives) ?? asked ?? at(moment.time, request.tab);
      return onRoute(visit, moment);
    },
  };
}

/** https://html.spec.whatwg.org/#early-hints; what is sent with `keepalive` is of the page before, which may have the same address. */
const HINTED = new Set(['font', 'image', 'imageset', 'script', 'stylesheet']);

/** The visit whose document is asked for in the meantime. */
function onItsWay({ documentUrl, resourceType, tab, time }: Request, lives: VisitSpan[]): VisitSpan | null {
  if (documentUrl === undefined || !HINTED.has(resourceType)) return null;
  return lives.find((one) => one.tab === tab && one.url === documentUrl && one.from <= time && time < one.committed) ?? null;
}

/** In order of beginning, each with its number. */
function numbered(visits: VisitSpan[]): VisitSpan[] {
  const ordered = visits.sort((a, b) => a.committed - b.committed);
  const ids = new Map(ordered.map((visit, index) => [visit.id, `v${index + 1}`]));
  for (const visit of ordered) {
    visit.id = ids.get(visit.id) as string;
    if (visit.routeOf !== undefined) visit.routeOf = ids.get(visit.routeOf) as string;
  }
  return ordered;
}

function spansOf(navigations: Navigation[], browser: BrowserEvent[]): VisitSpan[] {
  const steps = browser.filter((event): event is Step => event.type === 'step');
  const mainRequests = browser.filter((event) => event.type === 'request').filter((event) => event.resourceType === 'main_frame');
  const documents = new Set(navigations.map(({ documentId }) => documentId));
  const prerendered = new Map<string, VisitSpan>();
  const used = new Set<Step>();
  const all: VisitSpan[] = [];
  for (const navigation of navigations) {
    if (!navigation.audited || (navigation.frame !== 0 && navigation.state !== 'prerendered')) continue;
    const { documentId, tab, frame, time } = navigation;
    const activated = documentId === null ? undefined : prerendered.get(documentId);
    if (activated && activated.shown === null) {
      activated.shown = time;
      continue;
    }
    const previous = navigations.findLast((other) => other.frame === frame && other.tab === tab && other.time < time);
    // A document asks for others beforehand (prefetch); that brings nothing yet.
    const brought = mainRequests.filter(
      (request) =>
        request.tab === tab &&
        request.frame === frame &&
        request.time <= time &&
        request.time > (previous?.time ?? 0) &&
        (request.documentId === null || request.documentId === documentId || !documents.has(request.documentId)),
    );
    const requestId = brought.at(-1)?.requestId;
    const first = brought.find((request) => request.requestId === requestId);
    const from = Math.min(first?.time ?? byWorker(navigation, browser)?.time ?? time, time);
    const step = steps.findLast((one) => one.time <= from) ?? null;
    const announced = step && !used.has(step) && step.reason !== 'other' ? step.reason : null;
    if (step) used.add(step);
    const visit: VisitSpan = {
      id: `v${all.length + 1}`,
      profile: 1,
      reason: announced ?? (navigation.transition === 'reload' ? 'reload' : 'visit'),
      step: step?.index ?? null,
      url: navigation.url,
      startedAt: new Date(from).toISOString(),
      tab,
      from,
      committed: time,
      shown: navigation.state === 'prerendered' ? null : time,
      documentId,
      mainRequest: first ? { requestId: first.requestId, time: first.time } : null,
    };
    all.push(visit);
    if (navigation.state === 'prerendered' && documentId !== null) prerendered.set(documentId, visit);
  }
  return all;
}

/** Where a service worker answers for the network, its own request for the page is the first of it. */
function byWorker({ tab, time, url }: Navigation, browser: BrowserEvent[]): BrowserEvent | undefined {
  const asked = browser.findLast(
    (event) => event.type === 'navigation' && event.state === 'before' && event.tab === tab && event.url === url && event.time <= time,
  );
  return (
    asked &&
    browser.find(
      (event) => event.type === 'request' && event.tab < 0 && event.url === url && event.time >= asked.time && event.time <= time,
    )
  );
}

/**
 * Navigations whose event died with a stopped background, told by the documents themselves.
 * @param first of each top document of the site, its first event
 */
export function recoveredNavigations(browser: BrowserEvent[], first: { ref: DocumentRef; time: number }[]): BrowserEvent[] {
  const known = new Set(browser.flatMap((event) => (event.type === 'navigation' && event.state !== 'history' ? [event.documentId] : [])));
  return first
    .filter(({ ref }) => ref.documentId !== null && !known.has(ref.documentId))
    .map(({ ref, time }) => ({
      type: 'navigation',
      state: ref.frame === 0 ? 'committed' : 'prerendered',
      time,
      tab: ref.tab,
      frame: ref.frame,
      documentId: ref.documentId,
      parentDocumentId: null,
      url: ref.url,
      transition: null,
      audited: true,
    }));
}
