import { isSameOwner, ownerOf, receiverOf, type Owner } from '../accuse/owners.ts';
import type { Facts } from '../facts/facts.ts';
import { isSameEntry } from '../facts/entry.ts';
import type { Observation } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'cookie-sync',
  clauses: ['3'],
  levels: ['warning'],
  failsWhen:
    'A request to one recipient carries in its address or body a value that another one set: with it the two can join what they know of the visitor. Services of one company are one recipient. Where the entry may only hold a copy of what the receiver set itself it cannot be told.',
};

export const cookieSync: Rule = {
  meta,
  judge: (facts) => facts.observations.flatMap((o) => judgeRequest(facts, o)),
};

function judgeRequest(facts: Facts, o: Observation): Accusation[] {
  if (o.request === null || o.request.internal || o.party !== 'third' || facts.subject(o).exempt) return [];
  const { sentIdentifiers, sentCookies } = o.request;
  const told = sentIdentifiers.filter(({ kind, name }) => kind !== 'cookie' || !sentCookies.includes(name));
  if (told.length === 0) return [];
  const receiver = receiverOf(o);
  const carried = facts.carried(o).filter((entry) => told.some((reference) => isSameEntry(reference, entry)));
  const owned = carried.flatMap((entry) => {
    const owner = facts.subject(entry).exempt ? null : ownerOf(facts, entry);
    return owner === null ? [] : [{ entry, owner }];
  });
  const own = owned.filter(({ owner }) => isSameOwner(owner, receiver));
  return owned
    .filter(({ owner }) => !isSameOwner(owner, receiver))
    .map(({ entry, owner }) => {
      const copied = own.some((one) => lengthOf(one.entry) < lengthOf(entry));
      return accuse(facts, o, entry, owner, receiver, copied);
    });
}

function lengthOf({ value }: Observation): number {
  return value?.length ?? 0;
}

/** @param copied a longer entry may hold a copy of what the receiver set itself, and that alone have been sent */
function accuse(facts: Facts, o: Observation, entry: Observation, owner: Owner, receiver: Owner, copied: boolean): Accusation {
  return {
    outcome: copied ? 'unsure' : 'fail',
    level: 'warning',
    evidence: [o, entry],
    clauses: meta.clauses,
    messageId: `finding_cookie_sync${copied ? '_unsure' : ''}`,
    arguments: { recipient: receiver.name, host: o.host, store: entry.kind, name: entry.name ?? '', owner: owner.name },
    about: { name: entry.name },
    fingerprintKey: facts.subject(entry).pattern,
  };
}
