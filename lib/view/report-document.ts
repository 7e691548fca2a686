/** Elements as DOM, for a page of the extension: the same tree as in the file, and never a text that is parsed. */
import { checkElement } from '../tell/report/html.ts';
import type { Element as ReportElement } from '../tell/report/element.ts';

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The node of an element and all below it.
 * @throws Error for an element or attribute that no report has
 */
export function nodeOf(document: Document, node: ReportElement | string, namespace = HTML): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  checkElement(node);
  const own = node.name === 'svg' ? SVG : namespace;
  const element = document.createElementNS(own, node.name);
  for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value);
  element.append(...node.children.map((child) => nodeOf(document, child, own)));
  return element;
}
