/** The one matcher over the known recipients: protocols first, then hosts with their paths, then the company's name. */
import type { CatalogueCategory, KnownRecipient } from './catalogue.ts';
import { hostRows } from './known-trackers.ts';
import type { HostRow } from './known-trackers.ts';
import { anyHostPaths, moreHostRows } from './more.ts';
import { isDownload, isReporting, pathPattern } from './paths.ts';
import { knownService } from './services.ts';
import { companyOf } from './third-party-web.ts';

interface Request {
  host: string;
  path: string;
  protocol: string | null;
  tagId: string | null;
}

interface RecipientRow {
  matchesHost(host: string): boolean;
  paths: readonly RegExp[];
  /** The host serves other things too: only the listed paths count. */
  shared: boolean;
  /** Lower comes first. */
  rank: number;
  row: HostRow;
}

/** Hosts that the tables list for a few paths and that people use for much else. */
const SHARED_HOSTS = new Set([
  'www.google.com',
  'www.facebook.com',
  'connect.facebook.net',
  'vk.com',
  'cdn.jsdelivr.net',
  'www.youtube.com',
  'tildacdn.com',
  '*.bitrix24.*',
]);

/** Paths that the tables give for one locale only. */
const MORE_PATHS: Readonly<Record<string, readonly string[]>> = { 'connect.facebook.net': ['/*/fbevents.js'] };

const ROWS: readonly RecipientRow[] = [...hostRows, ...moreHostRows].map(recipientRow).sort((a, b) => a.rank - b.rank);

/** The known recipient of a request, or null. `host` and `path` as in its URL; `protocol` and `tagId` as `requestProtocol` gives them. */
export function knownRecipient(request: Request): KnownRecipient | null {
  const host = request.host.toLowerCase();
  const row = ROWS.find((candidate) => candidate.matchesHost(host) && (!candidate.shared || onListedPath(candidate, request.path)));
  const listed = row === undefined ? null : ofRow(row, request.path);
  // A protocol names its service on whatever host; only a host that stands for advertising says more than it.
  if (listed?.category === 'marketing') return listed;
  return ofProtocol(request) ?? ofGoogleTag(host, request) ?? listed ?? ofPath(request.path) ?? ofCompany(host, request.path);
}

function recipientRow(row: HostRow): RecipientRow {
  const wildcards = row.host.includes('*');
  return {
    matchesHost: hostMatcher(row.host),
    paths: [...(row.paths ?? []), ...(MORE_PATHS[row.host] ?? [])].map(pathPattern),
    shared: SHARED_HOSTS.has(row.host),
    rank: (wildcards ? 1000 : 0) - row.host.length,
    row,
  };
}

/** Exact; `*.` with the bare domain; `region*.` within a label; a final `.*` for any country's domain. */
function hostMatcher(pattern: string): (host: string) => boolean {
  if (!pattern.includes('*')) return (host) => host === pattern;
  const source = pattern
    .replace(/^\*\./, '\u0001')
    .replace(/\.\*$/, '\u0002')
    .replace(/[.\\+?^${}()|[\]]/g, '\\$&')
    .replaceAll('*', '[^.]*')
    .replace('\u0001', '(?:.+\\.)?')
    .replace('\u0002', '\\.(?:com?\\.)?[a-z]{2,4}');
  const test = new RegExp(`^${source}$`);
  return (host) => test.test(host);
}

function onListedPath(row: RecipientRow, path: string): boolean {
  return row.paths.some((pattern) => pattern.test(path));
}

function ofRow(row: RecipientRow, path: string): KnownRecipient {
  const { service, vendor, category, source } = row.row;
  const basis = source.includes('third-party-web') ? 'third-party-web' : source.startsWith('background') ? 'background' : 'host-list';
  return {
    service: knownService(service, vendor, category),
    category,
    hit: !isDownload(path) && (isReporting(path) || onListedPath(row, path)),
    basis,
    confirmed: true,
  };
}

const ANALYTICS = (name: string, vendor: string, hit: boolean, basis: string): KnownRecipient => ({
  service: knownService(name, vendor, 'analytical'),
  category: 'analytical',
  hit,
  basis,
  confirmed: true,
});

function ofProtocol({ protocol }: Request): KnownRecipient | null {
  if (protocol === 'ga4' || protocol === 'ua') return ANALYTICS('Google Analytics', 'Google', true, 'protocol');
  return protocol === 'metrica' ? ANALYTICS('Yandex.Metrica', 'Yandex', true, 'protocol') : null;
}

/** Google's loader sets nothing itself: it belongs to Analytics only where it is asked for an Analytics tag. */
function ofGoogleTag(host: string, { path, tagId }: Request): KnownRecipient | null {
  const loads = path.endsWith('/gtag/js') || (host === 'www.googletagmanager.com' && path === '/gtag/destination');
  return loads && tagId?.startsWith('G-') === true ? ANALYTICS('Google Analytics', 'Google', false, 'tag-id') : null;
}

function ofPath(path: string): KnownRecipient | null {
  const known = anyHostPaths.find(({ pattern }) => pattern.test(path));
  if (known === undefined) return null;
  const { service, vendor, category, basis } = known.row;
  return { service: knownService(service, vendor, category), category, hit: known.hit, basis, confirmed: true };
}

function ofCompany(host: string, path: string): KnownRecipient | null {
  const company = companyOf(host);
  if (company === null) return null;
  const category: CatalogueCategory | null = company.category;
  return { ...company, hit: category !== null && isReporting(path), basis: 'third-party-web', confirmed: true };
}
