import type { Audit, ConsentEntry, Finding } from '../../../lib/model/audit.ts';

const HASH = `sha256:${'0'.repeat(64)}`;

/** An audit in which nothing happened, with whatever a test is about. */
export function auditOf(part: Partial<Audit> = {}): Audit {
  return {
    format: 'consent-audit/1',
    complete: true,
    tool: { name: 'consent-audit', version: '0.1.0', build: HASH, ruleset: HASH, browser: { name: 'chromium', version: '156' } },
    conditions: {
      operator: null,
      purpose: null,
      commandLine: [],
      timeZone: 'Asia/Almaty',
      locale: 'kk',
      viewport: null,
      userAgent: '',
      webdriver: null,
      thirdPartyCookies: null,
    },
    policy: {
      id: 'send-box.com',
      version: '2025-10-08',
      sha256: HASH,
      document: { categories: [{ id: 'mandatory' }, { id: 'functional' }, { id: 'analytical' }, { id: 'marketing' }] },
    },
    site: { host: 'send-box.com', pages: [] },
    run: { startedAt: '2025-11-02T09:00:00.000Z', endedAt: '2025-11-02T09:05:00.000Z', scenario: null, visits: [] },
    consent: [],
    observations: [],
    findings: [],
    services: [],
    gaps: [],
    history: [],
    summary: { verdict: 'pass', errors: 0, warnings: 0, notes: 0, observations: 0, lost: 0 },
    integrity: { chain: HASH, digest: HASH, publicKey: null, signature: null },
    ...part,
  };
}

export function entryOf(part: Partial<ConsentEntry>): ConsentEntry {
  return {
    at: '2025-11-02T09:03:05.000Z',
    visit: 'v1',
    state: 'before-choice',
    categories: {},
    source: 'start',
    byUser: false,
    observations: [],
    ...part,
  };
}

export function findingOf(part: Partial<Finding>): Finding {
  return {
    id: 'f1',
    rule: 'insecure-cookie',
    outcome: 'fail',
    level: 'error',
    clauses: ['6.2'],
    kind: 'cookie',
    name: '_ga',
    host: 'send-box.com',
    party: 'first',
    service: null,
    category: 'analytical',
    phase: 'before-choice',
    profile: 1,
    firstAt: '2025-11-02T09:00:01.000Z',
    lastAt: '2025-11-02T09:00:01.000Z',
    count: 1,
    asked: null,
    granted: null,
    stated: null,
    messageId: 'no_such_message',
    arguments: {},
    message: 'What is the matter.',
    observations: ['o1'],
    fingerprint: 'f',
    suppressed: null,
    ...part,
  };
}
