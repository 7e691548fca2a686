/** The columns of the panel's tables: what stands in a cell, and what it is sorted by. */
import type { Level } from '../model/audit.ts';
import { visible } from '../tell/message.ts';
import { categoryText } from './consent-now.ts';
import { durationWords, offsetWords, periodWords } from './duration-words.ts';
import type { FindingRow, ObservationRow, PanelRow, PanelTab } from './panel-rows.ts';
import type { Say } from './say.ts';

export interface Column {
  id: string;
  /** CSS grid track. */
  width: string;
  /** A code-like text, whose direction may be anybody's: shown isolated. */
  code?: boolean;
  numeric?: boolean;
  text(row: PanelRow, say: Say): string;
  /** null sorts last in either direction. */
  order(row: PanelRow, say: Say): string | number | null;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

/** Names longer than this are cut in a cell; the detail shows them whole. */
const LONGEST_CELL = 200;
const GRAVITY: Record<Level, number> = { error: 0, warning: 1, note: 2 };

const clipped = (text: string): string => visible(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text);
const o = (row: PanelRow) => (row as ObservationRow).observation;
const f = (row: PanelRow) => (row as FindingRow).finding;
/** What a finding about the policy itself does not have is left empty: "unknown" is said of what was seen. */
const without = (row: PanelRow, fact: 'phase' | 'category'): boolean => row.is === 'finding' && f(row)[fact] === null;
const phaseText = (row: PanelRow, say: Say): string => (without(row, 'phase') ? '' : say(`popup_phase_${row.phase.replaceAll('-', '_')}`));

function column(id: string, width: string, value: (row: PanelRow, say: Say) => string, more: Partial<Column> = {}): Column {
  return { id, width, text: (row, say) => clipped(value(row, say)), order: (row, say) => value(row, say).toLowerCase() || null, ...more };
}

const time: Column = {
  id: 'time',
  width: '84px',
  numeric: true,
  text: (row, say) => (row.time === null ? '' : offsetWords(row.time.offset, say)),
  order: (row) => row.at,
};
const level: Column = {
  id: 'level',
  width: '26px',
  text: (row, say) => {
    const grave = levelOfRow(row);
    return grave === null ? '' : say(`panel_level_${grave}`);
  },
  order: (row) => {
    const grave = levelOfRow(row);
    return grave === null ? null : GRAVITY[grave];
  },
};
const action = column('action', '64px', (row, say) =>
  o(row).rejected === null ? say(`panel_action_${o(row).action}`) : say('panel_refused'),
);
const name = column('name', 'minmax(110px, 1.6fr)', (row) => (row.is === 'finding' ? (f(row).name ?? '') : (o(row).name ?? '')), {
  code: true,
});
const host = column('host', 'minmax(110px, 1.2fr)', (row) => (row.is === 'finding' ? (f(row).host ?? '') : o(row).host), { code: true });
const party = column('party', '58px', (row, say) => say(`panel_party_${o(row).party}`));
const service = column('service', 'minmax(90px, 1fr)', (row) => row.serviceName);
const category = column('category', '92px', (row, say) => (without(row, 'category') ? '' : categoryText(row.category, say)));
const phase = column('phase', '116px', phaseText);
const mechanism = column('mechanism', '104px', (row) => o(row).mechanism, { code: true });
const initiator = column('initiator', 'minmax(110px, 1fr)', (row) => initiatorText(o(row).initiator), { code: true });
const life = (id: 'asked' | 'granted'): Column => ({
  id,
  width: '84px',
  numeric: true,
  text: (row, say) => lifeText(row, id, say),
  order: (row) => secondsOf(row, id),
});

export const COLUMNS: Record<PanelTab, Column[]> = {
  findings: [
    level,
    column('rule', 'minmax(130px, 1.2fr)', (row) => (row as FindingRow).title),
    name,
    host,
    phase,
    category,
    column('clauses', '70px', (row) => f(row).clauses.join(', ')),
    time,
    {
      id: 'count',
      width: '50px',
      numeric: true,
      text: (row) => (f(row).count > 0 ? String(f(row).count) : ''),
      order: (row) => f(row).count,
    },
    life('asked'),
    life('granted'),
    {
      id: 'stated',
      width: '84px',
      numeric: true,
      text: (row, say) => (f(row).stated === null ? '' : periodWords(f(row).stated, say)),
      order: (row) => f(row).stated,
    },
  ],
  cookies: [level, time, action, name, host, party, service, category, phase, life('asked'), life('granted'), mechanism, initiator],
  storage: [
    level,
    time,
    action,
    column('store', '92px', (row) => o(row).kind, { code: true }),
    name,
    host,
    party,
    service,
    category,
    phase,
    mechanism,
    initiator,
  ],
  requests: [
    level,
    time,
    column('method', '52px', (row) => o(row).request?.method ?? '', { code: true }),
    host,
    column('path', 'minmax(120px, 1.6fr)', (row) => pathOf(o(row).request?.url ?? ''), { code: true }),
    column('type', '74px', (row) => o(row).request?.type ?? '', { code: true }),
    {
      id: 'status',
      width: '52px',
      numeric: true,
      text: (row) => String(o(row).request?.status ?? ''),
      order: (row) => o(row).request?.status ?? null,
    },
    column('hit', '72px', (row, say) => say(o(row).request?.hit ? 'panel_hit' : 'panel_download')),
    party,
    service,
    category,
    phase,
    initiator,
  ],
};

/** Rows in the order of a column; those that are equal there stay in the order they had. Without such a column as they are. */
export function sorted(rows: readonly PanelRow[], tab: PanelTab, { column: id, descending }: Sorting, say: Say): PanelRow[] {
  const by = COLUMNS[tab].find((one) => one.id === id);
  if (!by) return [...rows];
  const keyed = rows.map((row) => ({ row, value: by.order(row, say) }));
  const direction = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === b.value) return 0;
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    return a.value < b.value ? -direction : direction;
  });
  return keyed.map(({ row }) => row);
}

export function levelOfRow(row: PanelRow): Level | null {
  return row.is === 'finding' ? row.finding.level : row.level;
}

/** `tag.js:12`, or the whole of what is no address. */
export function initiatorText(initiator: { url: string; line: number | null } | null): string {
  if (initiator === null) return '';
  const file = pathOf(initiator.url).split('/').pop() || initiator.url;
  return initiator.line === null ? file : `${file}:${initiator.line}`;
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}

function secondsOf(row: PanelRow, which: 'asked' | 'granted'): number | null {
  if (row.is === 'finding') return row.finding[which];
  const { cookie } = row.observation;
  if (cookie === null) return null;
  return cookie.session === true && which === 'asked' ? -1 : cookie[which];
}

function lifeText(row: PanelRow, which: 'asked' | 'granted', say: Say): string {
  const seconds = secondsOf(row, which);
  if (seconds === null) return '';
  return seconds === -1 ? say('panel_session') : durationWords(seconds, say);
}

/** The least width at which every column of a table has its own, in pixels. */
export function tableWidth(tab: PanelTab): number {
  return COLUMNS[tab].reduce((total, { width }) => total + Number(/\d+/.exec(width)?.[0] ?? 0), 0);
}
