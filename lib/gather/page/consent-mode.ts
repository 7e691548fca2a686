/**
 * Hears the commands of Google Consent Mode: `gtag('consent', 'default' | 'update', {…})` pushes its `arguments` into the data layer.
 * The layer's own `push` is wrapped once the layer is there; the tag manager wraps it again, and calls what it found. What was pushed
 * before, or past the wrapped method, is read where it lies, before anything else of the page is reported: so it stands before every
 * request and write that came after it, though its own moment is not known.
 */
import { clip } from './clip.ts';
import { natives, privateMap } from './natives.ts';
import { report } from './report.ts';

const MOST_ITEMS = 500;
const MOST_SIGNALS = 20;
const MOST_REGIONS = 300;
const MOST_LAYERS = 10;

const names: string[] = ['dataLayer'];
const wrappedLayers = privateMap<object, true>();
const seenItems = privateMap<object, true>();
const lengths = privateMap<object, number>();
let scripts = 0;

/** Reads only; safe inside any call of the page. */
export function lookForConsentMode(): void {
  findNames();
  for (let i = 0; i < names.length; i++) {
    const layer = natives.get(window, names[i] as string) as unknown;
    if (!natives.isArray(layer)) continue;
    if (lengths.get(layer) !== layer.length) {
      // Only what is new: the tag manager drops the oldest, so a shorter layer is read anew.
      const from = (lengths.get(layer) ?? 0) < layer.length ? (lengths.get(layer) ?? 0) : 0;
      for (let at = from; at < layer.length && at < from + MOST_ITEMS; at++) read(natives.get(layer, at) as unknown, true);
      lengths.set(layer, layer.length);
    }
    wrapPush(layer);
  }
}

/** A tag may name its layer: `gtm.js?id=GTM-…&l=name`. */
function findNames(): void {
  const { scripts: all } = document;
  if (all.length === scripts) return;
  for (let i = 0; i < all.length; i++) {
    const source = all[i]?.src ?? '';
    const found =
      natives.match(/[?&]id=(?:GTM|G|GT|AW|DC|UA|MC)-.*[?&]l=([\w$]{1,60})/, source) ??
      natives.match(/[?&]l=([\w$]{1,60})&(?:.*&)?id=(?:GTM|G|GT|AW|DC|UA|MC)-/, source);
    const name = found?.[1];
    if (name && !has(name) && names.length < MOST_LAYERS) names[names.length] = name;
  }
  scripts = all.length;
}

function has(name: string): boolean {
  for (let i = 0; i < names.length; i++) if (names[i] === name) return true;
  return false;
}

function wrapPush(layer: unknown[]): void {
  if (wrappedLayers.get(layer)) return;
  wrappedLayers.set(layer, true);
  const push = natives.get(layer, 'push') as unknown;
  if (typeof push !== 'function') return;
  const own = natives.getOwnPropertyDescriptor(layer, 'push');
  const proxy: unknown = new natives.Proxy(push, {
    apply: (target, self, args: unknown[]): unknown => {
      for (let i = 0; i < args.length; i++) read(args[i], false);
      const result: unknown = natives.apply(target, self, args);
      lengths.set(layer, layer.length);
      return result;
    },
  });
  natives.defineProperty(layer, 'push', { writable: true, configurable: true, enumerable: own?.enumerable ?? false, value: proxy });
}

/** Only an `arguments` object is a command: Google's tags take an array for something else. */
function read(item: unknown, found: boolean): void {
  if (typeof item !== 'object' || item === null || seenItems.get(item)) return;
  seenItems.set(item, true);
  try {
    if (natives.kindOf(item) !== '[object Arguments]' || natives.get(item, 0) !== 'consent') return;
    const name = natives.get(item, 1) as unknown;
    const settings = natives.get(item, 2) as unknown;
    if ((name === 'default' || name === 'update') && typeof settings === 'object' && settings !== null) tell(name, settings, found);
  } catch {
    // A getter of the page's own threw; the tag will meet the same.
  }
}

function tell(name: 'default' | 'update', settings: object, found: boolean): void {
  const categories: Record<string, boolean> = {};
  const keys = natives.ownKeys(settings);
  for (let i = 0, signals = 0; i < keys.length && signals < MOST_SIGNALS; i++) {
    const key = keys[i];
    const value = typeof key === 'string' ? (natives.get(settings, key) as unknown) : null;
    if (typeof key !== 'string' || (value !== 'granted' && value !== 'denied')) continue;
    categories[clip(key, 60)] = value === 'granted';
    signals++;
  }
  const region = natives.get(settings, 'region') as unknown;
  const regions: string[] = [];
  if (typeof region === 'string') regions[0] = clip(region, 20);
  else if (natives.isArray(region))
    for (let i = 0; i < region.length && i < MOST_REGIONS; i++) regions[i] = clip(natives.String(natives.get(region, i)), 20);
  report({ type: 'signal', source: 'consent-mode', name, categories, more: { regions, found } });
}
