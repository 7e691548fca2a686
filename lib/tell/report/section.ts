/** The pieces that sections are made of. */
import { h, type Content, type Element } from './element.ts';

export interface Section {
  /** Unique in the document; links lead to it. */
  id: string;
  title: string;
  content: Content[];
  /** What the contents list below it. */
  parts?: { id: string; title: string }[];
}

/** A table with its caption and its headings; a heading before each row where `rowHeadings` says so. */
export function table(
  caption: string,
  headings: string[],
  rows: Content[][],
  options: { rowHeadings?: boolean; kind?: string } = {},
): Element {
  const cell = (content: Content, index: number): Element =>
    index === 0 && options.rowHeadings !== false ? h('th', { scope: 'row' }, content) : h('td', {}, content);
  return h(
    'table',
    options.kind === undefined ? {} : { class: options.kind },
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...headings.map((heading) => h('th', { scope: 'col' }, heading)))),
    h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map(cell)))),
  );
}

/** Names and what is to be said of them. */
export function facts(rows: [string, Content][]): Element {
  return h('dl', { class: 'facts' }, ...rows.map(([name, content]) => h('div', {}, h('dt', {}, name), h('dd', {}, content))));
}

export function paragraph(text: Content, kind?: string): Element {
  return h('p', kind === undefined ? {} : { class: kind }, text);
}

export function list(items: Content[], kind?: string): Element {
  return h('ul', kind === undefined ? {} : { class: kind }, ...items.map((item) => h('li', {}, item)));
}

/** Names, addresses and hashes: wrapped anywhere, and never translated. */
export function code(text: string): Element {
  return h('code', { translate: 'no' }, text);
}

/** Long evidence: closed on the screen, open on paper. */
export function folded(summary: string, ...content: Content[]): Element {
  return h('details', {}, h('summary', {}, summary), ...content);
}
