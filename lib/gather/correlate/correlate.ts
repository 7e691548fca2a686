/**
 * From captures to evidence: pure, and the same for the same captures. Sightings of one thing by hook, header, jar
 * and snapshot become one observation, and everything is put into the order of happening.
 */
import type { BrowserEvent, DocumentEvent, DocumentSegment, Segment, ValueCapture } from '../../model/capture.ts';
import type { Evidence, ProfileStart } from '../../model/evidence.ts';
import type { GatheredObservation, StoredReference } from '../../model/observation.ts';
import { catalogue } from '../../catalogue/index.ts';
import { isCredentialless } from '../partition.ts';
import { hostOf } from '../url.ts';
import { wellFormed } from '../well-formed.ts';
import { observeControls, observeMarks, observeSignals } from './acts.ts';
import { byContainer, type Part } from './containers.ts';
import { observeCookies, presentCookies } from './cookies.ts';
import { isType, type Draft, type Placed } from './draft.ts';
import { findGaps } from './gaps.ts';
import { withPlaces } from './places.ts';
import { findHops, observeHops } from './requests.ts';
import { nameInserters } from './inserters.ts';
import { joinEvidence } from './join.ts';
import { lossWindows } from './lost-requests.ts';
import { findOtherPages, seenWrites } from './other-pages.ts';
import { observeStorage, presentStorage } from './storage.ts';
import { presentStores } from './store-present.ts';
import { isStoreEvent, observeStores } from './stores.ts';
import { observeCalls, observeReads, type IsTracked } from './uses.ts';
import { journeysTo } from './unshown.ts';
import { findVisits, recoveredNavigations, type Visits } from './visits.ts';

interface Options {
  isSite(host: string): boolean;
  isTracked?: IsTracked;
}

/** Correlates one browser profile's captures. Each container that pages were open in is a profile of the evidence. */
export function correlate(segments: Segment[], options: Options): Evidence {
  const windows = lossWindows(segments.filter((segment) => segment.source === 'browser'));
  return joinEvidence(byContainer(segments).map((part) => correlatePart(part, windows, options)));
}

function correlatePart({ cookieStore, told, ...part }: Part, windows: ReturnType<typeof lossWindows>, options: Options): Evidence {
  const documents = withPlaces(
    part.documents.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    told,
  );
  const placed = nameInserters(
    withoutRepetition(documents).sort(
      (a, b) => a.time - b.time || (a.ref.document < b.ref.document ? -1 : a.ref.document > b.ref.document ? 1 : a.seq - b.seq),
    ),
  );
  const browser = [...told, ...recoveredNavigations(told, firstOfPages(placed, options.isSite))].sort((a, b) => a.time - b.time);

  const hops = findHops(browser);
  const visits = findVisits(browser, placed, journeysTo(hops, options.isSite));
  const documentUrls = new Map(documents.map(({ ref }) => [ref.documentId, ref.url]));
  const changes = browser.filter((event) => event.type === 'jar-change');
  const snapshots = browser.filter((event) => event.type === 'jar-snapshot');
  const controls = placed.filter(isType('control'));
  const cookieClaims = placed.filter(isType('cookie'));
  const otherPages = findOtherPages(browser, options.isSite);
  const credentialless = new Set(documents.flatMap(({ ref }) => (isCredentialless(ref.partition) ? [`${ref.tab} ${ref.frame}`] : [])));

  const requests = observeHops(hops, {
    visits,
    isSite: options.isSite,
    announcements: placed.filter(
      (event): event is Placed<Extract<DocumentEvent, { type: 'send' | 'inserted' }>> => event.type === 'send' || event.type === 'inserted',
    ),
    assigned: placed.filter(isType('assigned')),
    resources: placed.filter(isType('resource')),
    acts: controls.map(({ time }) => time),
    storedByPart: storedParts(placed, browser),
    lossWindows: windows,
    otherPages,
    // Of documents whose ids nobody knew, none is meant by a request without one.
    documentUrl: (id) => (id === null ? null : (documentUrls.get(id) ?? null)),
    canonicalNames: new Map(browser.flatMap((event) => (event.type === 'canonical-name' ? [[event.host, event.name]] : []))),
  });
  const own = requests.filter(({ foreign }) => !foreign);
  const isOwnWrite = seenWrites([...cookieClaims.map(({ cookie }) => cookie), ...own.flatMap(({ setCookies }) => setCookies)]);
  const isForeignWrite = seenWrites(requests.flatMap(({ foreign, setCookies }) => (foreign ? setCookies : [])));
  const storage = observeStorage(
    placed.filter(
      (event): event is Placed<Extract<DocumentEvent, { type: 'storage' | 'storage-snapshot' }>> =>
        event.type === 'storage' || event.type === 'storage-snapshot',
    ),
    visits,
  );
  const stores = observeStores(placed.filter(isStoreEvent), visits);
  const drafts = [
    ...own.map((request) => request.draft),
    ...observeCookies({ visits, claims: cookieClaims, requests, changes, snapshots, credentialless, ofOthers: otherPages.mayHaveWritten }),
    ...presentCookies(
      lastLooks(snapshots, browser, visits),
      visits,
      (held, time) => !isOwnWrite(held) && (isForeignWrite(held) || otherPages.mayHaveWritten(held, time)),
    ),
    ...storage.drafts,
    ...lastLooks(storage.looks, browser, visits).flatMap(presentStorage),
    ...stores.drafts,
    ...lastLooks(stores.looks, browser, visits).flatMap(presentStores),
    ...observeReads(placed.filter(isType('read')), visits, options.isTracked ?? isKnownKey),
    ...observeCalls(placed.filter(isType('api')), visits),
    ...observeControls(controls, visits),
    ...observeSignals(placed.filter(isType('signal')), visits),
    ...observeMarks(
      browser.filter((event) => event.type === 'mark'),
      visits,
    ),
  ];
  const { gaps, lost } = findGaps(documents, browser, visits.all);
  return {
    format: 'consent-evidence/1',
    profiles: [profileStart(browser)],
    visits: visits.all.map(({ id, profile, reason, step, url, startedAt, routeOf }) => ({
      id,
      profile,
      reason,
      step,
      url,
      startedAt,
      ...(routeOf !== undefined && { routeOf }),
      ...(cookieStore !== undefined && { cookieStore }),
    })),
    observations: number(drafts),
    gaps,
    lost,
  };
}

/** Without a policy at hand: what the catalogue knows whatever else is stored. */
const isKnownKey: IsTracked = (thing) => catalogue.isDistinctive(thing) !== null;

/** The first event of each top document of the site. */
function firstOfPages(placed: Placed[], isSite: (host: string) => boolean): Placed[] {
  const first = new Map<string, Placed>();
  for (const event of placed)
    if (event.ref.top && isSite(hostOf(event.ref.url)) && !first.has(event.ref.document)) first.set(event.ref.document, event);
  return [...first.values()];
}

/** A batch that was sent twice is stored once; one that was stored by two versions of the worker still counts once. */
function withoutRepetition(documents: DocumentSegment[]): Placed[] {
  const seen = new Set<string>();
  return documents.flatMap(({ ref, events }) =>
    events.flatMap((event) => {
      const key = `${ref.document} ${event.seq}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ ...event, ref }];
    }),
  );
}

/** Numbers the drafts in the order of happening. */
function number(drafts: Draft[]): GatheredObservation[] {
  const order = (a: Draft, b: Draft): number =>
    a.time - b.time ||
    (a.place && b.place
      ? a.place.document === b.place.document
        ? a.place.seq - b.place.seq
        : a.place.document < b.place.document
          ? -1
          : 1
      : Number(a.place === null) - Number(b.place === null));
  const sorted = [...drafts].sort(order);
  const ids = new Map(sorted.map((one, index) => [one, `o${index + 1}`]));
  return sorted.map(({ time, place: _place, cause, ...rest }, index) => ({
    // Function names, paths and labels are the page's own texts too.
    ...wellFormed(rest),
    id: `o${index + 1}`,
    seq: index + 1,
    at: new Date(time).toISOString(),
    cause: cause ? (ids.get(cause) ?? null) : null,
  }));
}

/** Every stored entry ever seen, by the digests of the parts of its value that identify. */
function storedParts(placed: Placed[], browser: BrowserEvent[]): Map<string, StoredReference[]> {
  const byPart = new Map<string, Map<string, StoredReference>>();
  const add = (reference: StoredReference, value: ValueCapture | null): void => {
    for (const part of value?.parts ?? []) {
      const entries = byPart.get(part) ?? new Map<string, StoredReference>();
      byPart.set(part, entries.set(`${reference.kind} ${reference.host} ${reference.name}`, reference));
    }
  };
  for (const event of placed) {
    const host = hostOf(event.ref.origin);
    if (event.type === 'cookie') add({ kind: 'cookie', name: event.cookie.name, host: event.cookie.domain ?? host }, event.cookie.value);
    else if (event.type === 'store') add({ kind: event.kind, name: event.name, host }, event.value);
    else if (event.type === 'storage') add({ kind: event.area, name: event.name, host }, event.value);
    else if (event.type === 'storage-snapshot') for (const { name, value } of event.changed) add({ kind: event.area, name, host }, value);
  }
  for (const event of browser) {
    if (event.type === 'jar-change') add({ kind: 'cookie', name: event.cookie.name, host: event.cookie.domain }, event.cookie.value);
    else if (event.type === 'jar-snapshot')
      for (const cookie of event.cookies) add({ kind: 'cookie', name: cookie.name, host: cookie.domain }, cookie.value);
  }
  return new Map([...byPart].map(([part, entries]) => [part, [...entries.values()]]));
}

/** Of several looks of one place, within one visit and step, only the last is told: the others are in the writes between them. */
function lastLooks<L extends { time: number; key?: string }>(looks: L[], browser: BrowserEvent[], visits: Visits): L[] {
  const steps = browser.filter((event) => event.type === 'step').map(({ time }) => time);
  const last = new Map<string, L>();
  for (const look of looks) {
    const step = steps.findLastIndex((time) => time <= look.time);
    last.set(`${visits.at(look.time)?.id} ${step} ${look.key}`, look);
  }
  return [...last.values()];
}

function profileStart(browser: BrowserEvent[]): ProfileStart {
  const told = browser.findLast((event) => event.type === 'profile');
  return { profile: 1, clean: told?.type === 'profile' ? told.clean : null };
}
