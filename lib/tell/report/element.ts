/** A document as data: elements and texts, before anybody has decided whether they become HTML or DOM. */
import { withoutHidden } from '../message.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** What may be put into an element; null leaves nothing. */
export type Content = Element | string | null | readonly Content[];

/**
 * An element. Texts come from pages and policies: characters that hide or reorder text become their code points here, so that no renderer
 * can forget it; what has a meaning in HTML is the renderer's to escape.
 */
export function h(name: string, attributes: Readonly<Record<string, string>> = {}, ...children: Content[]): Element {
  const shown = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, withoutHidden(value)]));
  return { name, attributes: shown, children: flat(children) };
}

function flat(children: readonly Content[]): (Element | string)[] {
  return children.flatMap((child): (Element | string)[] => {
    if (child === null || child === '') return [];
    if (typeof child === 'string') return [withoutHidden(child)];
    return isList(child) ? flat(child) : [child];
  });
}

function isList(child: Element | readonly Content[]): child is readonly Content[] {
  return Array.isArray(child);
}

/** All text below an element, in order. */
export function textOf(element: Element | string): string {
  return typeof element === 'string' ? element : element.children.map(textOf).join('');
}
