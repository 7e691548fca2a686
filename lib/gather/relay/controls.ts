/** Notes the person's own acts: trusted pointer, click and key events, with the words of the control. */
import type { RelayEvent } from '../../messaging/relay-protocol.ts';

type ControlEvent = Extract<RelayEvent, { type: 'control' }>;

const EVENTS = ['pointerdown', 'click', 'keydown'] as const;
const CONTROLS =
  'button, a, summary, label, input, select, [role="button"], [role="link"], [role="switch"], [role="checkbox"], [role="tab"], [role="menuitem"], [onclick]';
const MOST_LABEL = 200;
/** Nodes: what holds more is no control but an area. */
const MOST_PARTS = 300;
/** What is in a control and no part of its words. */
const UNSAID = 'script, style, template, noscript, [aria-hidden="true"]';

/**
 * Listens in the capture phase of the window, before any listener of the page, on every frame's own window.
 * @param look is called before the act gets its time: what is there by then was not done by it
 * @returns what listens again, where `document.open` removed the listeners; without effect where they are there
 */
export function watchControls(look: () => void, onControl: (control: ControlEvent) => void): () => void {
  const heard = (event: Event): void => {
    if (!event.isTrusted) return;
    // Letters typed are nobody's business; Enter, Space and Escape operate controls.
    if (event instanceof KeyboardEvent && !['Enter', ' ', 'Escape'].includes(event.key)) return;
    look();
    onControl(describe(event));
  };
  const listen = (): void => {
    for (const type of EVENTS) window.addEventListener(type, heard, { capture: true, passive: true });
  };
  listen();
  return listen;
}

function describe(event: Event): ControlEvent {
  const time = performance.timeOrigin + performance.now();
  const path = event.composedPath().filter((node): node is Element => node instanceof Element);
  const control = path.find((element) => element.matches(CONTROLS));
  const target = control ?? path[0];
  // A click between several controls is a click on none of them.
  const area = !control && (target?.querySelectorAll(CONTROLS).length ?? 0) > 1;
  return {
    type: 'control',
    event: event.type,
    time,
    trusted: event.isTrusted,
    label: target && !area ? label(target) : '',
    element: target ? (target.localName + (target.id ? `#${target.id}` : '')).slice(0, MOST_LABEL) : '',
  };
}

/** The accessible name, near enough: https://www.w3.org/TR/accname-1.2/ */
function label(control: Element): string {
  const referenced = (control.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 5)
    .map((id) => (control.getRootNode() as Document | ShadowRoot).getElementById(id)?.textContent ?? '')
    .join(' ');
  const input = control instanceof HTMLInputElement && ['button', 'submit', 'reset', 'image'].includes(control.type) ? control.value : '';
  const text =
    referenced.trim() ||
    control.getAttribute('aria-label') ||
    input ||
    control.getAttribute('alt') ||
    shownText(control).trim() ||
    control.getAttribute('title') ||
    '';
  return text.replace(/\s+/g, ' ').trim().slice(0, MOST_LABEL);
}

/** The words in a control, with the names of its pictures. A click on a large area (a card, the body) has no words of its own. */
function shownText(control: Element): string {
  let left = MOST_PARTS;

  const wordsIn = (element: Element): string => {
    const given = element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : [];
    return Array.from(given.length > 0 ? given : (element.shadowRoot ?? element).childNodes, wordsOf).join('');
  };
  const wordsOf = (node: Node): string => {
    left -= 1;
    if (left < 0) return '';
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
    if (!(node instanceof Element) || node.matches(UNSAID)) return '';
    const title = node.localName === 'svg' ? node.querySelector('title')?.textContent : null;
    const name = node.getAttribute('aria-label') || node.getAttribute('alt') || title;
    if (name) return ` ${name} `;
    const { display } = getComputedStyle(node);
    if (display === 'none') return '';
    const within = wordsIn(node);
    const words = within.trim() === '' ? (node.getAttribute('title') ?? within) : within;
    return display === 'inline' || display === 'contents' ? words : ` ${words} `;
  };

  const text = wordsIn(control);
  return left < 0 || text.length > 4 * MOST_LABEL ? '' : text;
}
