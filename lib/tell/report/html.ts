/** Elements as HTML text: https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments. */
import type { Element } from './element.ts';

const VOID = ['br', 'hr', 'meta', 'wbr'];
/** What would run, load or leave: the report has none of it, whatever an audit holds. */
const REFUSED = /^(script|iframe|object|embed|link|base|form|img)$/i;
const NAME = /^[a-zA-Z][a-zA-Z0-9-]*$/;

/**
 * The HTML of an element and all below it. SVG needs nothing of its own: the parser knows it by its element.
 * @throws Error for an element or attribute that no report has: a defect of the sections, never of an audit
 */
export function htmlOf(node: Element | string): string {
  if (typeof node === 'string') return escapeText(node);
  checkElement(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeText(value)}"`)
    .join('');
  if (VOID.includes(node.name)) return `<${node.name}${attributes}>`;
  return `<${node.name}${attributes}>${node.children.map(htmlOf).join('')}</${node.name}>`;
}

/** @throws Error for what may not be in a report, whoever renders it */
export function checkElement({ name, attributes }: Element): void {
  if (!NAME.test(name) || REFUSED.test(name)) throw new Error(`no element of a report: ${name}`);
  for (const [attribute, value] of Object.entries(attributes)) {
    const link = attribute === 'href' && !value.startsWith('#');
    if (!NAME.test(attribute) || /^(on|style$|src)/i.test(attribute) || link) throw new Error(`no attribute of a report: ${attribute}`);
  }
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
