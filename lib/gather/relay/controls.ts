/** Notes the person's own acts: trusted pointer, click and key events, with the words of the control. */
import type { RelayEvent } from '../../messaging/relay-protocol.ts';

type ControlEvent = Extract<RelayEvent, { type: 'control' }>;

const EVENTS = ['pointerdown', 'click', 'keydown'] as const;
const CONTROLS =
  'button, a, summary, label, input, select, [role="button"], [role="link"], [role="switch"], [role="checkbox"], [role="tab"], [role="menuitem"], [onclick]';
const MOST_LABEL = 200;

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
  const control = path.find((element) => element.matches(CONTROLS)) ?? path[0];
  return {
    type: 'control',
    event: event.type,
    time,
    trusted: event.isTrusted,
    label: control ? label(control) : '',
    element: control ? (control.localName + (control.id ? `#${control.id}` : '')).slice(0, MOST_LABEL) : '',
  };
}

/** The accessible name, near enough: https://www.w3.org/TR/accname-1.2/ without styles and references to hidden text. */
function label(control: Element): string {
  const referenced = (control.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 5)
    .map((id) => (control.getRootNode() as Document | ShadowRoot).getElementById(id)?.textContent ?? '')
    .join(' ');
  const input =
    control instanceof HTMLInputElement && ['button', 'submit', 'reset', 'image'].includes(control.type)
      ? control.value || control.alt
      : '';
  const text =
    referenced.trim() || control.getAttribute('aria-label') || input || shownText(control) || control.getAttribute('title') || '';
  return text.replace(/\s+/g, ' ').trim().slice(0, MOST_LABEL);
}

function shownText(control: Element): string {
  const text = control.textContent ?? '';
  // A click on a large area (a card, the body) has no words of its own.
  return text.length > 4 * MOST_LABEL ? '' : text;
}
