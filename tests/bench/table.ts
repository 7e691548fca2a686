/** The measures as a table for the terminal. */
import { judgement, ratio, type Measure } from './result.ts';

const HEAD = ['', 'value', '95 %', 'goal', 'peer of the same run', 'ratio', ''];

export function table(measures: Measure[]): string {
  const rows = [HEAD, ...measures.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 || column >= 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const reasons = measures.flatMap(({ name, void: nothing, noisy }) =>
    (nothing ?? noisy) === null ? [] : [`${name}: ${nothing ?? noisy}`],
  );
  return [...lines, ...(reasons.length > 0 ? ['', ...reasons] : [])].join('\n');
}

function row(one: Measure): string[] {
  const { interval, peer, goal, unit } = one;
  const times = ratio(one);
  return [
    one.name,
    `${figure(one.value)} ${unit}`,
    interval ? `${figure(interval.low)} … ${figure(interval.high)}` : '',
    goal ? `${goal.kind === 'most' ? '≤' : '≥'} ${figure(goal.value)}` : '',
    peer ? `${peer.name} ${figure(peer.value)}` : '',
    times === null ? '' : `${times.toFixed(2)}×`,
    judgement(one),
  ];
}

/** Three significant digits, or whole numbers with thin spaces between thousands. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
  return String(Number(value.toPrecision(3)));
}
