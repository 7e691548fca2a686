/** From a checked document to the policy that judging asks. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../model/canonical-json.ts';
import type { PolicyCategory, PolicyDocument, PolicyService } from '../model/policy.ts';
import { remembered } from '../model/remembered.ts';
import { asciiHost, matchesHost, matchesName, specificity } from './pattern.ts';
import type { KeyMatch, Policy, StoredThing } from './policy.ts';

export interface NormaliseOptions {
  /** Hosts that stand in for the policy's site (staging, localhost), with their subdomains; a port is ignored. */
  sites?: readonly string[];
}

interface DeclaredKey {
  pattern: string;
  store: string | null;
  host: string | null;
  category: string;
  service: PolicyService | null;
  retention: string | null;
  clause: string | undefined;
}

/**
 * Makes the matchers of a document that `parsePolicy` accepted. A stand-in host counts as the policy's canonical host wherever hosts are
 * compared: in its sites, in its keys and in its services. The digest is SHA-256 over the canonical JSON (RFC 8785) of the document.
 */
export function normalisePolicy(document: PolicyDocument, options: NormaliseOptions = {}): Policy {
  const declaredSites = document.sites.map(asciiHost);
  const standIns = (options.sites ?? []).map((site) => asciiHost(site).replace(/^\*\./, ''));
  const canonicalHost = declaredSites.find((site) => !site.startsWith('*.')) ?? (declaredSites[0] ?? '').replace(/^\*\./, '');
  const categories = new Map(document.categories.map((category) => [category.id, category]));
  const services = new Map((document.services ?? []).map((service) => [service.id, service]));
  const keys = declaredKeys(document, services);
  const hosts = (document.services ?? [])
    .flatMap((service) => (service.hosts ?? []).map((host) => ({ pattern: asciiHost(host), service })))
    .sort((a, b) => specificity(b.pattern) - specificity(a.pattern));

  /** The host itself, then the names of the policy's site that it stands in for. */
  const aliases = remembered((host): string[] => {
    const own = asciiHost(host);
    const replaced = standIns
      .filter((site) => matchesHost(`*.${site}`, own))
      .map((site) => own.slice(0, own.length - site.length) + canonicalHost);
    return [own, ...replaced];
  }, 2000);

  return {
    document,
    sha256: `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(document))))}`,
    canonicalHost,
    sites: [...declaredSites, ...standIns],
    isSite: (host) => aliases(host).some((alias) => declaredSites.some((site) => matchesHost(site, alias))),
    category: (id) => categories.get(id) ?? null,
    isExempt: (id) => (categories.get(id)?.basis ?? 'consent') !== 'consent',
    consentCategories: document.categories.filter(({ basis }) => basis === 'consent').map(({ id }) => id),
    service: (id) => services.get(id) ?? null,
    matchHost: (host) => {
      const names = aliases(host);
      return hosts.find(({ pattern }) => names.some((name) => matchesHost(pattern, name)))?.service ?? null;
    },
    matchKey: (thing) => {
      const names = aliases(thing.host);
      const key = keys.find((candidate) => declares(candidate, thing, names));
      return key === undefined ? null : keyMatch(key, categories.get(key.category) ?? null);
    },
    stated: (service, category) => statedPeriod(null, service, categories.get(category) ?? null),
    isConsentRecord: (thing) => {
      const record = document.consent?.record;
      return record !== undefined && thing.kind === record.store && matchesName(record.key, thing.name);
    },
  };
}

/** All declarations, the one that wins first. Sorting is stable: what says equally much keeps the order of the document. */
function declaredKeys(document: PolicyDocument, services: ReadonlyMap<string, PolicyService>): DeclaredKey[] {
  const own = (document.keys ?? []).map((key): DeclaredKey => ({
    pattern: key.name,
    store: key.store ?? null,
    host: key.host === undefined ? null : asciiHost(key.host),
    category: key.category,
    service: services.get(key.service ?? '') ?? null,
    retention: key.retention ?? null,
    clause: key.clause,
  }));
  const ofServices = (document.services ?? []).flatMap((service) =>
    (service.keys ?? []).map((pattern): DeclaredKey => ({
      pattern,
      store: null,
      host: null,
      category: service.category,
      service,
      retention: null,
      clause: undefined,
    })),
  );
  return [...own, ...ofServices].sort(
    (a, b) =>
      specificity(b.pattern) - specificity(a.pattern) ||
      hostSpecificity(b) - hostSpecificity(a) ||
      Number(b.store !== null) - Number(a.store !== null),
  );
}

function hostSpecificity(key: DeclaredKey): number {
  return key.host === null ? -1 : specificity(key.host);
}

const STORED = new Set<string>(['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker']);

function declares({ host, ...key }: DeclaredKey, thing: StoredThing, hostNames: readonly string[]): boolean {
  return (
    STORED.has(thing.kind) &&
    (key.store === null || key.store === thing.kind) &&
    matchesName(key.pattern, thing.name) &&
    (host === null || hostNames.some((name) => matchesHost(host, name)))
  );
}

function keyMatch(key: DeclaredKey, category: PolicyCategory | null): KeyMatch {
  return { pattern: key.pattern, category: key.category, service: key.service, ...statedPeriod(key, key.service, category) };
}

/** The key's own period, else its service's, else its category's, and the clauses that declare the thing and its period. */
function statedPeriod(
  key: DeclaredKey | null,
  service: PolicyService | null,
  category: PolicyCategory | null,
): { stated: string | null; clauses: string[] } {
  const clauses = [key?.clause, service?.retentionClause, service?.clause, category?.retentionClause ?? category?.clause];
  return {
    stated: key?.retention ?? service?.retention ?? category?.retention ?? null,
    clauses: [...new Set(clauses.filter((clause) => clause !== undefined))],
  };
}
