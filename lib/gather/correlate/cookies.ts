/**
 * Joins the sightings of each cookie write: the script's claim or the answer's header says what was asked, the jar
 * says what was granted. What no hook saw is reported with an unknown source; what the jar refused says why.
 */
import type { BrowserEvent, CookieCapture, DocumentEvent, JarCookie } from '../../model/capture.ts';
import type { CookieFacts } from '../../model/observation.ts';
import { refusalReason } from '../refusal.ts';
import { hostOf } from '../url.ts';
import { confirm, factsOf, sameCookie, type Write } from './cookie-write.ts';
import { draft, frameOf, type Draft, type Placed } from './draft.ts';
import { firstLater } from './in-time.ts';
import { confirmRenewals } from './renewals.ts';
import type { RequestDraft } from './requests.ts';
import { valueFacts } from './value-facts.ts';
import type { Visits } from './visits.ts';

type Claim = Placed<Extract<DocumentEvent, { type: 'cookie' }>>;
type Change = Extract<BrowserEvent, { type: 'jar-change' }>;
type Snapshot = Extract<BrowserEvent, { type: 'jar-snapshot' }>;

/** The jar's change reaches the background within this time of the write, on a busy machine. */
const LATE = 10_000; // milliseconds
/** Clocks of page and browser may differ by this much. */
const SKEW = 50; // milliseconds
/** Where only the jar told of a write, its moment is no surer than this. */
const UNSURE = 100; // milliseconds

export interface CookieContext {
  visits: Visits;
  claims: Claim[];
  requests: RequestDraft[];
  changes: Change[];
  snapshots: Snapshot[];
}

export function observeCookies(context: CookieContext): Draft[] {
  const writes = [
    ...context.claims.map((claim) => writeOfClaim(claim, context.visits)),
    ...context.requests.flatMap(writesOfResponse),
  ].filter((write) => write !== null);
  writes.sort((a, b) => a.draft.time - b.draft.time);
  const unseen = matchChanges(writes, context);
  const removals = context.changes.filter((change) => change.removed && change.cause !== 'overwrite');
  const byAsked = context.snapshots.map((look) => ({ time: look.asked, look })).sort((a, b) => a.time - b.time);
  // Writes of one cookie, each group in order of time.
  for (const group of Map.groupBy(writes, (one) => `${one.draft.host} ${one.cookie.name}`).values()) {
    confirmBySnapshot(group, context.snapshots, byAsked);
    confirmRenewals(group, removals);
    markTransient(group);
  }
  return [...writes.map((write) => write.draft), ...unseen];
}

function writeOfClaim(claim: Claim, visits: Visits): Write | null {
  const visit = visits.ofEvent(claim);
  if (!visit) return null;
  const setter = hostOf(claim.ref.origin) || hostOf(claim.ref.url) || hostOf(visit.url);
  return write(claim.cookie, setter, claim.ref.origin.startsWith('https:'), true, `${claim.ref.document} ${claim.task}`, {
    time: claim.time,
    place: { document: claim.ref.document, seq: claim.seq },
    visit: visit.id,
    page: visit.url,
    frame: frameOf(claim.ref, visit),
    origin: claim.ref.origin,
    mechanism: claim.mechanism,
    initiator: claim.initiator,
  });
}

function writesOfResponse({ draft: request, hop, setCookies }: RequestDraft): Write[] {
  if (!hop) return [];
  return setCookies.map((cookie) =>
    write(cookie, request.host, /^(https|wss):/.test(hop.start.url), false, null, {
      // A hair after the request, in the order of the headers: the answer cannot be earlier.
      time: hop.response?.time ?? request.time,
      visit: request.visit,
      page: request.page,
      frame: request.frame,
      origin: new URL(hop.start.url).origin,
      mechanism: 'http',
      confirmed: 'header',
      cause: request,
    }),
  );
}

function write(
  cookie: CookieCapture,
  setter: string,
  secureOrigin: boolean,
  byScript: boolean,
  task: string | null,
  where: Pick<Draft, 'time' | 'visit' | 'page' | 'mechanism'> & Partial<Draft>,
): Write {
  const deletes = cookie.asked !== null && cookie.asked <= 0;
  const facts: CookieFacts = {
    domain: cookie.domain,
    path: cookie.path,
    asked: cookie.asked,
    granted: null,
    session: cookie.session,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite,
    partitioned: cookie.partitioned,
  };
  return {
    cookie,
    setter,
    deletes,
    secureOrigin,
    byScript,
    matched: false,
    stored: null,
    task,
    draft: draft({
      ...where,
      kind: 'cookie',
      action: deletes ? 'delete' : 'set',
      name: cookie.name,
      host: cookie.domain ?? setter,
      cookie: facts,
      value: deletes ? null : valueFacts(cookie.value),
      record: deletes ? null : cookie.value.record,
    }),
  };
}

/** Gives each change of the jar to the write that caused it; @returns observations of those that nobody was seen causing. */
function matchChanges(writes: Write[], { changes, visits }: CookieContext): Draft[] {
  const byName = new Map([...Map.groupBy(writes, (one) => one.cookie.name)].map(([name, named]) => [name, { named, from: 0 }]));
  const unseen: Draft[] = [];
  for (const change of changes) {
    // An overwrite is told twice, as a removal and as what took its place.
    if (change.removed && change.cause === 'overwrite') continue;
    const candidates = candidatesFor(change, byName.get(change.cookie.name));
    const match = change.removed
      ? candidates[0]
      : (candidates.find((one) => one.cookie.value.digest === change.cookie.value.digest) ??
        (candidates.length === 1 ? candidates[0] : undefined));
    if (match) {
      match.matched = true;
      confirm(match, change.removed ? null : change.cookie);
    } else unseen.push(unseenChange(change, visits));
  }
  return unseen.filter((one) => one.visit !== '');
}

/**
 * The writes of one name that may have caused a change. Writes and changes come in order of time, so what is settled or too old for
 * this change is so for all later ones and is not looked at again.
 */
function candidatesFor(change: Change, writes: { named: Write[]; from: number } | undefined): Write[] {
  if (!writes) return [];
  const { named } = writes;
  const isPast = (one: Write): boolean => one.matched || one.draft.time < change.time - LATE;
  while (writes.from < named.length && isPast(named[writes.from] as Write)) writes.from++;
  const candidates: Write[] = [];
  for (let at = writes.from; at < named.length; at++) {
    const one = named[at] as Write;
    if (one.draft.time > change.time + SKEW) break;
    if (!isPast(one) && one.deletes === change.removed && sameCookie(one, change.cookie)) candidates.push(one);
  }
  return candidates;
}

function unseenChange(change: Change, visits: Visits): Draft {
  const visit = visits.at(change.time);
  return draft({
    time: change.time,
    visit: visit?.id ?? '',
    page: visit?.url ?? '',
    kind: 'cookie',
    action: change.removed ? 'delete' : 'set',
    name: change.cookie.name,
    host: change.cookie.domain,
    mechanism: change.cause === 'expired' ? 'expiry' : 'unknown',
    confirmed: 'jar',
    cookie: { ...factsOf(change.cookie, change.time), ...(change.removed ? { asked: null, granted: null } : {}) },
    value: change.removed ? null : valueFacts(change.cookie.value),
    record: change.removed ? null : change.cookie.value.record,
    uncertainty: UNSURE,
  });
}

/** A jar that was looked into after the write, before anybody wrote the name again, shows whether it was stored. */
function confirmBySnapshot(group: Write[], snapshots: Snapshot[], byAsked: { time: number; look: Snapshot }[]): void {
  group.forEach((one, index) => {
    if (one.matched || one.deletes) return;
    const { time } = one.draft;
    const next = group[index + 1]?.draft.time ?? Infinity;
    const ends = one.cookie.asked === null ? Infinity : time + one.cookie.asked * 1000;
    const within = (look: Snapshot | undefined): Snapshot | null => (look && look.time < next && look.time < ends ? look : null);
    const storedIn = (look: Snapshot | null): JarCookie | undefined =>
      look?.cookies.find((cookie) => cookie.name === one.cookie.name && sameCookie(one, cookie));
    // A look that was asked for before the write may show it; that it does not show it says nothing.
    const answered = within(firstLater(snapshots, time + SKEW));
    const asked = within(firstLater(byAsked, time + SKEW)?.look);
    const stored = storedIn(answered) ?? storedIn(asked);
    const refused = refusalReason(one.cookie, one.setter, one.secureOrigin, one.byScript);
    if (stored && stored.value.digest === one.cookie.value.digest) confirm(one, stored);
    else if (refused) one.draft.rejected = refused;
    else if (asked && !stored) one.draft.rejected = 'not-stored';
  });
}

/** Set and deleted again by the same task of the same document: no snapshot will ever see it. */
function markTransient(group: Write[]): void {
  // From the end, so that each write knows what its task did afterwards.
  const deletedLater = new Set<string>();
  for (const one of group.toReversed()) {
    if (one.task === null) continue;
    if (one.deletes) deletedLater.add(one.task);
    else if (deletedLater.has(one.task)) {
      one.draft.transient = true;
      if (one.draft.rejected === 'not-stored') one.draft.rejected = null;
    }
  }
}

/** What the jar holds at the last look of each visit and step. */
export function presentCookies(snapshots: Snapshot[], visits: Visits): Draft[] {
  return snapshots.flatMap((snapshot) => {
    const visit = visits.at(snapshot.time);
    if (!visit) return [];
    return snapshot.cookies.map((cookie) =>
      draft({
        time: snapshot.time,
        visit: visit.id,
        page: visit.url,
        kind: 'cookie',
        action: 'present',
        name: cookie.name,
        host: cookie.domain,
        mechanism: 'snapshot',
        confirmed: 'snapshot',
        cookie: factsOf(cookie, snapshot.time),
        value: valueFacts(cookie.value),
        record: cookie.value.record,
      }),
    );
  });
}
