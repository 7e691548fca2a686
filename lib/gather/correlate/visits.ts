/** Finds the visits of the audited site, and to which of them everything belongs. */
import type { BrowserEvent, DocumentRef } from '../../model/capture.ts';
import type { Visit } from '../../model/evidence.ts';

type Navigation = Extract<BrowserEvent, { type: 'navigation' }>;
type Step = Extract<BrowserEvent, { type: 'step' }>;

export interface VisitSpan extends Visit {
  tab: number;
  /** Epoch milliseconds of its first request. */
  from: number;
  /** Epoch milliseconds at which its document took the place of the one before. */
  committed: number;
  documentId: string | null;
  /** The request that brought the document, as `webRequest` numbers it, with its start. */
  mainRequest: { requestId: string; time: number } | null;
}

export interface Visits {
  all: VisitSpan[];
  /** Of a document's events. */
  ofDocument(ref: DocumentRef, time: number): VisitSpan | null;
  /** Of a request: by the asking document, else by tab and time. */
  ofRequest(request: Extract<BrowserEvent, { type: 'request' }>): VisitSpan | null;
  /** Of something that names no tab. */
  at(time: number, tab?: number | null): VisitSpan | null;
}

/** @param browser the browser's events in order of time */
export function findVisits(browser: BrowserEvent[]): Visits {
  const navigations = browser.filter((event): event is Navigation => event.type === 'navigation' && event.state === 'committed');
  const steps = browser.filter((event): event is Step => event.type === 'step');
  const mainRequests = browser.filter((event) => event.type === 'request').filter((event) => event.resourceType === 'main_frame');

  const used = new Set<Step>();
  const all = navigations
    .filter(({ frame, audited }) => frame === 0 && audited)
    .map((navigation, index): VisitSpan => {
      const previous = navigations.findLast(({ frame, tab, time }) => frame === 0 && tab === navigation.tab && time < navigation.time);
      const brought = mainRequests.filter(
        ({ tab, time }) => tab === navigation.tab && time <= navigation.time && time > (previous?.time ?? 0),
      );
      const requestId = brought.at(-1)?.requestId;
      const first = brought.find((request) => request.requestId === requestId);
      const from = Math.min(first?.time ?? navigation.time, navigation.time);
      const step = steps.findLast(({ time }) => time <= from) ?? null;
      const announced = step && !used.has(step) && step.reason !== 'other' ? step.reason : null;
      if (step) used.add(step);
      return {
        id: `v${index + 1}`,
        profile: 1,
        reason: announced ?? (navigation.transition === 'reload' ? 'reload' : 'visit'),
        step: step?.index ?? null,
        url: navigation.url,
        startedAt: new Date(from).toISOString(),
        tab: navigation.tab,
        from,
        committed: navigation.time,
        documentId: navigation.documentId,
        mainRequest: first ? { requestId: first.requestId, time: first.time } : null,
      };
    });

  const byDocument = new Map<string, VisitSpan>();
  for (const visit of all) if (visit.documentId) byDocument.set(visit.documentId, visit);
  for (const { documentId, parentDocumentId } of navigations) {
    const parent = parentDocumentId === null ? undefined : byDocument.get(parentDocumentId);
    if (documentId && parent && !byDocument.has(documentId)) byDocument.set(documentId, parent);
  }

  const at = (time: number, tab: number | null = null): VisitSpan | null => {
    const candidates = tab === null || tab < 0 ? all : all.filter((visit) => visit.tab === tab);
    const moment = tab === null || tab < 0 ? 'from' : 'committed';
    // A tab without a visit of its own is a pop-up that a visit opened.
    return (
      candidates.findLast((visit) => visit[moment] <= time) ?? candidates[0] ?? all.findLast(({ from }) => from <= time) ?? all[0] ?? null
    );
  };
  return {
    all,
    at,
    ofDocument: (ref, time) => (ref.documentId === null ? undefined : byDocument.get(ref.documentId)) ?? at(time, ref.tab),
    ofRequest(request) {
      if (request.resourceType === 'main_frame') {
        const brought = all.find(
          ({ mainRequest, tab, from, committed }) =>
            mainRequest?.requestId === request.requestId && tab === request.tab && request.time >= from && request.time <= committed,
        );
        if (brought) return brought;
      }
      return (request.documentId === null ? undefined : byDocument.get(request.documentId)) ?? at(request.time, request.tab);
    },
  };
}

/**
 * Navigations whose event died with a stopped background, told by the documents themselves.
 * @param first of each top document of the site, its first event
 */
export function recoveredNavigations(browser: BrowserEvent[], first: { ref: DocumentRef; time: number }[]): BrowserEvent[] {
  const known = new Set(browser.flatMap((event) => (event.type === 'navigation' && event.state === 'committed' ? [event.documentId] : [])));
  return first
    .filter(({ ref }) => ref.documentId !== null && !known.has(ref.documentId))
    .map(({ ref, time }) => ({
      type: 'navigation',
      state: 'committed',
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
