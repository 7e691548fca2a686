/** Which rows are shown: a text, and choices among phases, categories, services and visits. */
import { PHASES } from '../model/observation.ts';
import type { PanelRow } from './panel-rows.ts';

export const FACETS = ['phase', 'category', 'service'] as const;
export type Facet = (typeof FACETS)[number];

export interface PanelFilter {
  /** Words that must all be found; one that begins with `-` must not. */
  text: string;
  /** Nothing chosen: everything. */
  phase: string[];
  category: string[];
  service: string[];
  visit: string[];
}

export const NO_FILTER: PanelFilter = { text: '', phase: [], category: [], service: [], visit: [] };

export interface FacetOption {
  value: string;
  /** Rows that it would leave, beside everything else that is chosen. */
  count: number;
  chosen: boolean;
}

export function isFiltering(filter: PanelFilter): boolean {
  return filter.text.trim() !== '' || [...FACETS, 'visit' as const].some((facet) => filter[facet].length > 0);
}

/** The rows that fit, in their order. */
export function filtered(rows: readonly PanelRow[], filter: PanelFilter): PanelRow[] {
  const fits = fitter(filter, null);
  return rows.filter(fits);
}

/** What can be chosen of each facet; what is chosen is kept even where nothing of it is left. Phases in their own order, the rest by count. */
export function facetOptions(rows: readonly PanelRow[], filter: PanelFilter): Record<Facet, FacetOption[]> {
  const optionsOf = (facet: Facet): FacetOption[] => {
    const counts = new Map<string, number>(filter[facet].map((value) => [value, 0]));
    for (const row of rows) if (!counts.has(row[facet])) counts.set(row[facet], 0);
    const fits = fitter(filter, facet);
    for (const row of rows) if (fits(row)) counts.set(row[facet], (counts.get(row[facet]) ?? 0) + 1);
    const options = [...counts].map(([value, count]) => ({ value, count, chosen: filter[facet].includes(value) }));
    const place = (value: string): number => (PHASES as readonly string[]).indexOf(value);
    return options.sort((a, b) =>
      facet === 'phase' ? place(a.value) - place(b.value) : b.count - a.count || (a.value < b.value ? -1 : 1),
    );
  };
  return { phase: optionsOf('phase'), category: optionsOf('category'), service: optionsOf('service') };
}

/** Chosen, or no longer. */
export function toggled(filter: PanelFilter, facet: Facet | 'visit', value: string): PanelFilter {
  const chosen = filter[facet];
  return { ...filter, [facet]: chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value] };
}

function fitter(filter: PanelFilter, except: Facet | null): (row: PanelRow) => boolean {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-');
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unwanted = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  const chosen = FACETS.filter((facet) => facet !== except && filter[facet].length > 0).map(
    (facet) => [facet, new Set(filter[facet])] as const,
  );
  const visits = new Set(filter.visit);
  return (row) =>
    chosen.every(([facet, values]) => values.has(row[facet])) &&
    (visits.size === 0 || (row.visit !== null && visits.has(row.visit))) &&
    wanted.every((word) => row.text.includes(word)) &&
    !unwanted.some((word) => row.text.includes(word));
}
