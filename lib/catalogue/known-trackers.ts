/** The table of known trackers, typed: of its columns only those that matching reads. Lifetimes are left where they are. */
import table from './known-trackers.json' with { type: 'json' };
import type { CatalogueCategory } from './catalogue.ts';

export interface StorageRow {
  pattern: string;
  match: 'exact' | 'prefix' | 'regex';
  service: string;
  vendor: string | null;
  category: CatalogueCategory;
  storage: 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage' | 'opfs' | 'serviceWorker';
  /** The host families on which the row counts; absent: any host. */
  domain?: string;
  basis: string;
  source: string;
}

export interface HostRow {
  /** Exact, `*.` with the bare domain, or with `*` within a label or for the last one. */
  host: string;
  service: string;
  vendor: string | null;
  category: CatalogueCategory;
  /** Known paths; on hosts with other uses the only ones that count. */
  paths?: readonly string[];
  source: string;
}

export const storageRows: readonly StorageRow[] = table.storage as StorageRow[];

/** Without the row for first parties, which is no host: protocol.ts knows those requests by what they carry. */
export const hostRows: readonly HostRow[] = (table.hosts as HostRow[]).filter((row) => !row.host.startsWith('<'));
