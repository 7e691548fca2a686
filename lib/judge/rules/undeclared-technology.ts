import { storedWords } from '../accuse/words.ts';
import type { Kind } from '../../model/observation.ts';
import type { Rule, RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  id: 'undeclared-technology',
  clauses: ['6.1'],
  levels: ['warning'],
  failsWhen:
    'For a purpose that needs consent the site uses a technology of storing that the policy does not list. Where nobody knows the purpose, as of the cache of an offline page, it cannot be told.',
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

export const undeclaredTechnology: Rule = {
  meta,
  judge: (facts) => {
    const declared = facts.policy.document.technologies;
    if (declared === undefined) return [];
    return facts.writes
      .filter((o) => !facts.subject(o).exempt && !declared.includes(TECHNOLOGY[o.kind] ?? ''))
      .map((o) => ({
        outcome: facts.subject(o).known ? 'fail' : 'unsure',
        level: 'warning',
        evidence: [o],
        clauses: meta.clauses,
        messageId: `finding_undeclared_technology${facts.subject(o).known ? '' : '_unsure'}`,
        arguments: { ...storedWords(facts, o), technology: TECHNOLOGY[o.kind] ?? o.kind },
      }));
  },
};
