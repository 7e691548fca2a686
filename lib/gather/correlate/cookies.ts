/**
 * Joins the sightings of each cookie write: the script's claim or the answer's header says what was asked, the jar
 * says what was granted. What no hook saw is reported with an unknown source; what the jar refused says why.
 */
import type { CookieCapture, DocumentEvent, JarCookie } from '../../model/capture.ts';
import type { CookieFacts } from '../../model/observation.ts';
import { isCredentialless } from '../partition.ts';
import { hostOf } from '../url.ts';
import { defaultPath, factsOf, isHostOnly, type Change, type Write } from './cookie-write.ts';
import { draft, frameOf, type Draft, type Placed } from './draft.ts';
import { joinDeletions } from './expired-at-once.ts';
import { matchChanges } from './jar-changes.ts';
import { confirmByLooks, findRefused, looksOf, type Snapshot } from './jar-looks.ts';
import { orderByJar } from './jar-order.ts';
import { confirmRenewals } from './renewals.ts';
import type { RequestDraft } from './requests.ts';
import { valueFacts } from './value-facts.ts';
import type { Visits } from './visits.ts';

type Claim = Placed<Extract<DocumentEvent, { type: 'cookie' }>>;

/** Where only the jar told of a write, its moment is no surer than this. */
const UNSURE = 100; // milliseconds

export interface CookieContext {
  visits: Visits;
  claims: Claim[];
  requests: RequestDraft[];
  changes: Change[];
  snapshots: Snapshot[];
  /** Frames without credentials, by tab and number: browsers never tell of their cookies. */
  credentialless: ReadonlySet<string>;
  ofOthers: OfOthers;
}

/** Whether a page that is not audited may have written what the jar held at this time (epoch milliseconds). */
type OfOthers = (held: JarCookie, time: number) => boolean;

export function observeCookies(context: CookieContext): Draft[] {
  const writes = [
    ...context.claims.map((claim) => writeOfClaim(claim, context.visits)),
    ...context.requests.flatMap((request) => writesOfResponse(request, context)),
  ].filter((write) => write !== null);
  const inTime = (a: Write, b: Write): number => a.draft.time - b.draft.time;
  writes.sort(inTime);
  const seen = writes.filter((write) => !write.untold);
  const changes = joinDeletions(context.changes, seen).filter((change) => !change.removed || change.cause !== 'overwrite');
  const unseen = matchChanges(seen, changes).map((change) => unseenChange(change, context));
  orderByJar(seen, changes);
  writes.sort(inTime);
  const looks = looksOf(context.snapshots);
  const changesOf = Map.groupBy(changes, ({ cookie }) => `${cookie.domain} ${cookie.name}`);
  // Writes of one cookie, each group in order of time.
  for (const [which, group] of Map.groupBy(writes, (one) => `${one.draft.host} ${one.cookie.name}`)) {
    const ofGroup = changesOf.get(which) ?? [];
    const looked = group.filter((one) => !one.untold);
    confirmByLooks(looked, looks);
    confirmRenewals(looked, ofGroup);
    findRefused(looked, looks, ofGroup);
    findRefused(
      group.filter((one) => one.untold),
      looks,
      [],
    );
    markTransient(group);
  }
  const foreign = new Set(context.requests.flatMap((request) => (request.foreign ? request.draft : [])));
  const told = writes.map((write) => write.draft).filter(({ cause }) => cause === null || !foreign.has(cause));
  return [...told, ...unseen.filter((one) => one.visit !== '')];
}

function writeOfClaim(claim: Claim, visits: Visits): Write | null {
  const visit = visits.ofEvent(claim);
  if (!visit) return null;
  const { ref } = claim;
  const frame = frameOf(ref, visit);
  return write(claim.cookie, {
    setter: hostOf(ref.origin) || hostOf(ref.url) || hostOf(visit.url),
    // Of its routes a frame does not tell.
    address: ref.top ? frame : null,
    byScript: true,
    untold: isCredentialless(ref.partition),
    task: `${ref.document} ${claim.task}`,
    where: {
      time: claim.time,
      place: { document: ref.document, seq: claim.seq },
      visit: visit.id,
      page: visit.url,
      frame,
      origin: ref.origin,
      mechanism: claim.mechanism,
      initiator: claim.initiator,
    },
  });
}

function writesOfResponse({ draft: request, hop, setCookies }: RequestDraft, { credentialless }: CookieContext): Write[] {
  if (!hop) return [];
  const { url, tab, frame } = hop.start;
  return setCookies.map((cookie) =>
    write(cookie, {
      setter: request.host,
      address: url,
      byScript: false,
      untold: credentialless.has(`${tab} ${frame}`),
      task: null,
      where: {
        // A hair after the request, in the order of the headers: the answer cannot be earlier.
        time: hop.response?.time ?? request.time,
        visit: request.visit,
        page: request.page,
        frame: request.frame,
        origin: new URL(url).origin,
        mechanism: 'http',
        confirmed: 'header',
        cause: request,
      },
    }),
  );
}

interface Circumstances extends Pick<Write, 'setter' | 'byScript' | 'untold' | 'task'> {
  /** Of its document or answer; null where that is not known. */
  address: string | null;
  where: Pick<Draft, 'time' | 'visit' | 'page' | 'mechanism'> & Partial<Draft>;
}

function write(cookie: CookieCapture, { address, where, ...circumstances }: Circumstances): Write {
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
    ...circumstances,
    cookie,
    hostOnly: isHostOnly(cookie),
    // What is set is known by its value.
    path: cookie.path ?? (deletes && address !== null ? defaultPath(address) : null),
    deletes,
    change: null,
    stored: null,
    draft: draft({
      ...where,
      kind: 'cookie',
      action: deletes ? 'delete' : 'set',
      name: cookie.name,
      host: cookie.domain ?? circumstances.setter,
      cookie: facts,
      value: deletes ? null : valueFacts(cookie.value),
      record: deletes ? null : cookie.value.record,
    }),
  };
}

const BY_ITSELF: Record<string, string> = { expired: 'expiry', evicted: 'eviction' };

function unseenChange(change: Change, { visits, ofOthers }: CookieContext): Draft {
  const visit = visits.at(change.time);
  return draft({
    time: change.time,
    visit: visit?.id ?? '',
    page: visit?.url ?? '',
    kind: 'cookie',
    action: change.removed ? 'delete' : 'set',
    name: change.cookie.name,
    host: change.cookie.domain,
    mechanism: BY_ITSELF[change.cause] ?? 'unknown',
    confirmed: 'jar',
    cookie: {
      ...factsOf(change.cookie, change.time),
      ...(change.removed && { asked: null, granted: null }),
      ...(BY_ITSELF[change.cause] === undefined && ofOthers(change.cookie, change.time) && { maybeElsewhere: true as const }),
    },
    value: change.removed ? null : valueFacts(change.cookie.value),
    record: change.removed ? null : change.cookie.value.record,
    uncertainty: UNSURE,
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
export function presentCookies(snapshots: Snapshot[], visits: Visits, ofOthers: OfOthers): Draft[] {
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
        cookie: { ...factsOf(cookie, snapshot.time), ...(ofOthers(cookie, snapshot.time) && { maybeElsewhere: true as const }) },
        value: valueFacts(cookie.value),
        record: cookie.value.record,
      }),
    );
  });
}
