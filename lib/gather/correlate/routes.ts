/**
 * The routes of pages: another address without a new document. The document's own relay tells of them in its sequence; the browser tells
 * later and by its own clock, and is heard only of documents that nobody speaks for.
 */
import type { BrowserEvent } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import type { Draft, Placed } from './draft.ts';
import type { VisitSpan } from './visits.ts';

/** When something happened, and where in the sequence of which document; null for what has no place in one. */
export type Moment = Pick<Draft, 'time' | 'place'>;

export interface Route extends Moment {
  visit: VisitSpan;
}

interface Sources {
  placed: Placed[];
  /** In order of time. */
  browser: BrowserEvent[];
  /** The visit with which a document began, or came back. */
  lifeOf(document: { documentId: string | null; tab: number }, time: number): VisitSpan | null;
}

/**
 * Each life's routes, in order. Two addresses that read alike without query and fragment are one page: an audit could not tell them
 * apart, and a fragment is a place within its page.
 */
export function findRoutes({ placed, browser, lifeOf }: Sources): Map<VisitSpan, Route[]> {
  const steps = browser.filter((event) => event.type === 'step');
  const routes = new Map<VisitSpan, Route[]>();
  const spokenFor = new Set<VisitSpan>();
  const add = (life: VisitSpan, url: string, { time, place }: Moment): void => {
    const own = routes.get(life) ?? [];
    if (url === (own.at(-1)?.visit ?? life).url || hostOf(url) !== hostOf(life.url)) return;
    const step = steps.findLast((one) => one.time <= time)?.index ?? null;
    const visit: VisitSpan = {
      ...life,
      id: `${life.id} route ${own.length + 1}`,
      reason: 'route',
      routeOf: life.id,
      step,
      url,
      startedAt: new Date(time).toISOString(),
      from: time,
      committed: time,
      shown: life.shown === null ? null : Math.max(time, life.shown),
      mainRequest: null,
    };
    own.push({ time, place, visit });
    routes.set(life, own);
  };
  for (const { ref, time, seq, ...event } of placed) {
    const life = ref.top ? lifeOf(ref, time) : null;
    if (life) spokenFor.add(life);
    if (life && event.type === 'route') add(life, event.url, { time, place: { document: ref.document, seq } });
  }
  for (const event of browser) {
    if (event.type !== 'navigation' || event.state !== 'history' || event.frame !== 0) continue;
    const life = lifeOf(event, event.time);
    if (life && !spokenFor.has(life)) add(life, event.url, { time: event.time, place: null });
  }
  return routes;
}

/** The last route before a moment: by the sequence of the document itself, else by the clock. */
export function routeAt(routes: Route[] | undefined, { time, place }: Moment): VisitSpan | null {
  const isBefore = (route: Route): boolean =>
    route.place && place?.document === route.place.document ? route.place.seq < place.seq : route.time <= time;
  return routes?.findLast(isBefore)?.visit ?? null;
}
