/** The names of companies behind hosts, from the npm package third-party-web (MIT): what is left where no row of ours knows a host. */
import table from 'third-party-web/dist/entities-nostats.json' with { type: 'json' };
import type { CatalogueCategory, KnownService } from './catalogue.ts';
import { knownService } from './services.ts';

interface Entity {
  name: string;
  company?: string;
  category: string;
  /** Exact hosts, and `*.` patterns that include the bare domain. */
  domains: readonly string[];
}

/** What the package's purposes say about consent; all others leave it open. */
const CATEGORIES: Readonly<Record<string, CatalogueCategory>> = { ad: 'marketing', analytics: 'analytical' };

const entities: readonly Entity[] = table as readonly Entity[];
const byDomain = new Map(entities.flatMap((entity) => entity.domains.map((domain) => [domain.toLowerCase(), entity] as const)));

/** The company that a host belongs to and, for advertising and analytics companies, the category; null for unknown hosts. */
export function companyOf(host: string): { service: KnownService; category: CatalogueCategory | null } | null {
  const entity = byDomain.get(host) ?? wildcardEntity(host);
  if (entity === undefined) return null;
  const category = Object.hasOwn(CATEGORIES, entity.category) ? (CATEGORIES[entity.category] ?? null) : null;
  return { service: knownService(entity.name, entity.company ?? null, category), category };
}

function wildcardEntity(host: string): Entity | undefined {
  const labels = host.split('.');
  for (let first = 0; first < labels.length - 1; first += 1) {
    const entity = byDomain.get(`*.${labels.slice(first).join('.')}`);
    if (entity !== undefined) return entity;
  }
  return undefined;
}
