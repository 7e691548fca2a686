import { tagIdentifiers, type TagIdentifier } from '../accuse/etags.ts';
import { fingerprintingIn, type Fingerprinting } from '../accuse/fingerprinting.ts';
import { storedWords } from '../accuse/words.ts';
import type { Kind } from '../../model/observation.ts';
import type { Accusation, Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-technology',
  clauses: ['6.1'],
  levels: ['warning'],
  failsWhen:
    'For a purpose that needs consent the site uses a technology of storing that the policy does not list, or a script of another party reads several features that tell devices apart, or a server knows the browser again by an ETag. Where nobody knows the purpose, as of the cache of an offline page, it cannot be told. Nearly every ETag is made of a content or a file and the same for everybody: one is held against its server only after it came back, and never if two profiles were given it. It identifies where it carries the value of a cookie of that server, or where another profile was given another one at the same address for an answer that is empty or one pixel, of no dated file. What a known service does short of that cannot be told.',
};

/** The policy's names for the kinds of storage. */
const TECHNOLOGY: Partial<Record<Kind, string>> = {
  cookie: 'http-cookies',
  localStorage: 'local-storage',
  sessionStorage: 'session-storage',
  indexedDB: 'indexed-db',
  cacheStorage: 'cache-storage',
  opfs: 'opfs',
  serviceWorker: 'service-worker',
};

function accuseFingerprinting({ calls, features, host, party, certain }: Fingerprinting): Accusation {
  return {
    outcome: certain ? 'fail' : 'unsure',
    level: 'warning',
    evidence: calls,
    clauses: meta.clauses,
    messageId: `finding_undeclared_technology_fingerprinting${certain ? '' : '_unsure'}`,
    arguments: { host, count: features.length, features: features.join(', ') },
    about: { kind: 'api', name: 'fingerprinting', host, party },
  };
}

function accuseTag({ evidence, cookie, doubt }: TagIdentifier): Accusation {
  return {
    outcome: doubt === null ? 'fail' : 'unsure',
    level: 'warning',
    evidence,
    clauses: meta.clauses,
    messageId: `finding_undeclared_technology_etag${doubt !== null ? `_unsure_${doubt}` : cookie !== null ? '_cookie' : ''}`,
    arguments: { host: evidence[0]?.host ?? '', name: cookie?.name ?? '' },
  };
}

export const undeclaredTechnology: Rule = {
  meta,
  judge: (facts) => {
    const declared = facts.policy.document.technologies;
    if (declared === undefined) return [];
    const stored: Accusation[] = facts.writes
      .filter((o) => !facts.subject(o).exempt && !declared.includes(TECHNOLOGY[o.kind] ?? ''))
      .map((o) => ({
        outcome: facts.subject(o).known ? 'fail' : 'unsure',
        level: 'warning',
        evidence: [o],
        clauses: meta.clauses,
        messageId: `finding_undeclared_technology${facts.subject(o).known ? '' : '_unsure'}`,
        arguments: { ...storedWords(facts, o), technology: TECHNOLOGY[o.kind] ?? o.kind },
      }));
    return [
      ...stored,
      ...(declared.includes('fingerprinting') ? [] : fingerprintingIn(facts).map(accuseFingerprinting)),
      ...(declared.includes('etag') ? [] : tagIdentifiers(facts).map(accuseTag)),
    ];
  },
};
