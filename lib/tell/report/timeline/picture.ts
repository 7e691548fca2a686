/** The picture of one profile: services below each other, time to the right, choices as lines, findings by shape and colour. */
import type { ServiceActivity } from '../../activity.ts';
import { countedAs } from '../../activity.ts';
import { visible } from '../../message.ts';
import { h, type Content, type Element } from '../element.ts';
import { actText, durationText } from '../moments.ts';
import type { Act, Report } from '../report.ts';
import { axisOf, bandsOf, placeActs, type Axis, type PlacedAct } from './axis.ts';
import { marksOf, type Grave, type Mark } from './marks.ts';

const WIDTH = 1000;
const LEFT = 190; // for the services' names
const RIGHT = 92; // for their counts
const AXIS = WIDTH - LEFT - RIGHT;
const ROW = 27;
const WORDS = 14; // height of a line of words
const WORD_ROWS = 3;
const LETTER = 6.1; // mean width of a letter of the size used, so that words do not cover each other
const MOST_NAME = 27;
const MOST_WORDS = 46;

/**
 * @param rows services of this profile; the caller cuts long lists into several pictures
 * @param title also the accessible name; `described` is the id of the table that says the same in words
 */
export function picture(
  report: Report,
  profile: number,
  rows: readonly ServiceActivity[],
  graves: ReadonlyMap<string, Grave>,
  title: string,
  described: string,
): Element {
  const axis = axisOf(report, profile, AXIS);
  const acts = placeActs(
    report.acts.filter((act) => act.profile === profile),
    axis,
    AXIS,
    (act) => actLabel(report, act, 0).length * LETTER + 8,
    WORD_ROWS,
  );
  const used = Math.max(0, ...acts.map(({ row }) => (row ?? 0) + 1));
  const head = used * WORDS + 22;
  const foot = head + rows.length * ROW;
  return h(
    'svg',
    { class: 'picture', viewBox: `0 0 ${WIDTH} ${foot + 6}`, role: 'img', 'aria-label': title, 'aria-describedby': described },
    h(
      'g',
      { transform: `translate(${LEFT} 0)` },
      bands(report, profile, axis, head, foot),
      visits(report, axis, head, foot),
      rows.map((row, index) => markRow(report, row, profile, axis, graves, head + index * ROW)),
      acts.map((placed) => actLine(report, placed, foot)),
    ),
    h('text', { x: String(WIDTH), y: String(head - 6), class: 'small end' }, report.say('report_picture_counts')),
    rows.map((row, index) => rowHead(report, row, profile, head + index * ROW)),
  );
}

function bands(report: Report, profile: number, axis: Axis, head: number, foot: number): Content {
  return bandsOf(report, profile, axis, AXIS).map(({ state, x, width }) =>
    h('rect', { class: `band ${state}`, x: round(x), y: String(head), width: round(width), height: String(foot - head) }),
  );
}

function visits(report: Report, axis: Axis, head: number, foot: number): Content {
  return axis.stretches.map(({ first, last, x, width, from, to }) => {
    const numbers = { first: String(first), last: String(last) };
    const name = report.say(first === last ? 'report_picture_visit' : 'report_picture_visits', numbers);
    const long = `${name}, ${durationText(report, to - from)}`;
    const label = long.length * LETTER < width ? long : name;
    return [
      h('line', { class: 'visit', x1: round(x), x2: round(x), y1: String(head - 16), y2: String(foot) }),
      h('text', { x: round(x + 4), y: String(head - 6), class: 'small' }, label.length * LETTER < width ? label : String(first)),
    ];
  });
}

function markRow(
  report: Report,
  row: ServiceActivity,
  profile: number,
  axis: Axis,
  graves: ReadonlyMap<string, Grave>,
  y: number,
): Content {
  const own = row.observations.filter(({ visit }) => report.profileOf(visit) === profile);
  return [
    h('line', { class: 'rule', x1: String(-LEFT), x2: String(AXIS + RIGHT), y1: String(y), y2: String(y) }),
    marksOf(own, axis, graves).map((mark) => markShape(mark, y + (mark.kind === 'stored' ? 8 : 19))),
  ];
}

/** Writes are squares, requests are circles; what a finding cites is a triangle, a hollow triangle or a diamond. Size says how many. */
export function markShape({ kind, x, count, grave }: Pick<Mark, 'kind' | 'x' | 'count' | 'grave'>, y: number): Element {
  const r = count === 1 ? 3 : count < 10 ? 4 : 5;
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  if (grave === 'warning')
    return h('path', { class: 'mark warning', d: `M${at(0, -r - 0.5)} L${at(r + 0.5, 0)} L${at(0, r + 0.5)} L${at(-r - 0.5, 0)} Z` });
  if (grave !== null) return h('path', { class: `mark ${grave}`, d: `M${at(0, -r - 0.5)} L${at(r + 0.5, r)} L${at(-r - 0.5, r)} Z` });
  if (kind === 'stored')
    return h('rect', {
      class: 'mark stored',
      x: round(x - r + 0.5),
      y: round(y - r + 0.5),
      width: String(2 * r - 1),
      height: String(2 * r - 1),
    });
  return h('circle', { class: 'mark requests', cx: round(x), cy: round(y), r: round(r - 0.5) });
}

function rowHead(report: Report, row: ServiceActivity, profile: number, y: number): Content {
  const own = row.observations.filter(({ visit }) => report.profileOf(visit) === profile);
  const stored = own.filter((o) => countedAs(o) === 'stored').length;
  return [
    h('text', { x: '0', y: String(y + 17), class: row.declared ? 'name' : 'name undeclared' }, clip(visible(row.name), MOST_NAME)),
    h('text', { x: String(WIDTH), y: String(y + 17), class: 'count end' }, `${stored} / ${own.length - stored}`),
  ];
}

function actLine(report: Report, { act, number, x, row, left }: PlacedAct, foot: number): Content {
  const y = (row ?? 0) * WORDS + 11;
  const words = row === null ? String(number) : actLabel(report, act, number);
  return [
    h('line', { class: 'act', x1: round(x), x2: round(x), y1: String(row === null ? 2 : y - 9), y2: String(foot) }),
    h('text', { x: round(left ? x - 4 : x + 4), y: String(y), class: left ? 'words end' : 'words' }, words),
  ];
}

function actLabel(report: Report, act: Act, number: number): string {
  return `${number}. ${clip(actText(report, act), MOST_WORDS)}`;
}

function clip(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
