/** The one matcher over the known keys: exact before prefix before regex, the longest prefix first. */
import type { Kind } from '../model/observation.ts';
import type { KnownKey } from './catalogue.ts';
import { hostRows, storageRows } from './known-trackers.ts';
import type { StorageRow } from './known-trackers.ts';
import { moreStorageRows } from './more.ts';
import { knownService } from './services.ts';

interface Thing {
  kind: Kind;
  name: string;
  host: string;
}

interface KeyRow {
  matches(name: string): boolean;
  storage: string;
  /** null: any host. */
  hosts: readonly string[] | null;
  generic: boolean;
  /** Lower comes first. */
  rank: number;
  known: KnownKey;
}

/**
 * Names that anybody's code may use and that have no domain to hold them to: they count only beside a distinctive key of the same service.
 * `jv_` is the short prefix behind JivoSite's longer, distinctive ones.
 */
export const GENERIC_NAMES: ReadonlySet<string> = new Set([
  'zz',
  'metrika_enabled',
  'previousUrl',
  '_ct',
  'cted',
  'call_s',
  'jv_',
  'sessionid',
]);

/** A prefix that also begins other people's names (`_gatsby`) needs its own end. */
const BOUNDED_PREFIXES: Readonly<Record<string, RegExp>> = { _gat: /^_gat(?:_.*)?$/s };

/** The country domains of Yandex, from the hosts of its counter. */
const YANDEX_DOMAINS = hostRows.filter(({ host }) => host.startsWith('mc.yandex.')).map(({ host }) => host.slice('mc.'.length));

const RANK = { exact: 0, prefix: 10_000, regex: 20_000 } as const;

function keyRow(row: StorageRow): KeyRow {
  return {
    matches: matcher(row),
    storage: row.storage,
    hosts: row.domain === undefined ? null : hostFamily(row.domain),
    generic: row.domain === undefined && GENERIC_NAMES.has(row.pattern),
    rank: RANK[row.match] - (row.match === 'prefix' ? row.pattern.length : 0),
    known: {
      service: knownService(row.service, row.vendor, row.category),
      category: row.category,
      pattern: row.match === 'prefix' ? `${row.pattern}*` : row.pattern,
      basis: row.basis,
      confirmed: row.basis !== 'unverified',
    },
  };
}

function matcher(row: StorageRow): (name: string) => boolean {
  if (row.match === 'exact') return (name) => name === row.pattern;
  if (row.match === 'prefix') {
    const bounded = BOUNDED_PREFIXES[row.pattern];
    return bounded === undefined ? (name) => name.startsWith(row.pattern) : (name) => bounded.test(name);
  }
  const pattern = new RegExp(row.pattern);
  return (name) => pattern.test(name);
}

/** `.a.com, .b.com` and Yandex's `.yandex.(ru|com|…)`: the domains, each with all its subdomains. */
function hostFamily(domain: string): string[] {
  if (domain.includes('yandex')) return YANDEX_DOMAINS;
  return domain.split(',').map((host) => host.trim().replace(/^\./, ''));
}

const ROWS: readonly KeyRow[] = [...storageRows, ...moreStorageRows].map(keyRow).sort((a, b) => a.rank - b.rank);
const STORED = new Set<Kind>(['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker']);

function isOn(row: KeyRow, host: string): boolean {
  return row.hosts === null || row.hosts.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function candidates(thing: Thing): KeyRow[] {
  if (!STORED.has(thing.kind)) return [];
  const host = thing.host.toLowerCase();
  const named = ROWS.filter((row) => row.matches(thing.name) && isOn(row, host));
  // A library may keep in one store what it mostly keeps in another; a generic or host-bound name proves nothing there.
  return [
    ...named.filter((row) => row.storage === thing.kind),
    ...named.filter((row) => row.storage !== thing.kind && !row.generic && row.hosts === null),
  ];
}

/** The key's service where the name, with its host, is enough to tell; else null. */
export function distinctiveKey(thing: Thing): KnownKey | null {
  return candidates(thing).find((row) => !row.generic)?.known ?? null;
}

/** The key's service; a generic name counts only where `serviceHasSibling` says that a distinctive key of its service was seen. */
export function knownKey(thing: Thing, serviceHasSibling: (serviceId: string) => boolean): KnownKey | null {
  return candidates(thing).find((row) => !row.generic || serviceHasSibling(row.known.service.id))?.known ?? null;
}
