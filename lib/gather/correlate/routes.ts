/**
 * The routes of pages: another address without a new document. The document's own relay tells of them in its sequence; the browser tells
 * later and by its own clock, and is heard only of documents that nobody speaks for.
 */
import type { BrowserEvent } from '../../model/capture.ts';
import { hostOf } from '../url.ts';
import type { Draft, Placed } from './draft.ts';
import { lastUpTo } from './in-time.ts';
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
  const stepAt = lastUpTo(
    browser.filter((event) => event.type === 'step'),
    (step) => step.time,
  );
  const routes = new Map<VisitSpan, Route[]>();
  const spokenFor = new Set<VisitSpan>();
  const add = (life: VisitSpan, url: string, { time, place }: Moment): void => {
    const own = routes.get(life) ?? [];
    if (url === (own.at(-1)?.visit ?? life).url || hostOf(url) !== hostOf(life.url)) return;
    const visit: VisitSpan = {
      ...life,
      id: `${life.id} route ${own.length + 1}`,
      reason: 'route',
      routeOf: life.id,
      step: stepAt(time)?.index ?? null,
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

/** @returns what gives the last of a life's routes before a moment: by the sequence of a document that told of routes itself, else by the clock */
export function routeLookup(routes: Route[]): (moment: Moment) => VisitSpan | null {
  const byTime = lastUpTo(routes, ({ time }) => time);
  const byDocument = Map.groupBy(routes, ({ place }) => place?.document);
  const bySequence = new Map([...byDocument].map(([document, own]) => [document, lastUpTo(own, ({ place }) => place?.seq ?? 0)]));
  return ({ time, place }) => {
    const own = place && bySequence.get(place.document);
    return (own ? own(place.seq - 1) : byTime(time))?.visit ?? null;
  };
}
