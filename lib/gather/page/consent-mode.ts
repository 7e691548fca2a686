/**
 * Hears the commands of Google Consent Mode: `gtag('consent', 'default' | 'update', {…})` pushes its `arguments` into the data layer.
 * The layer's own `push` is wrapped once the layer is there; the tag manager wraps it again, and calls what it found. What was pushed
 * before, or past the wrapped method, is read where it lies, before anything else of the page is reported: so it stands before every
 * request and write that came after it, though its own moment is not known.
 */
import { clip, textsOf } from './clip.ts';
import { dictionary, isObject, isText, match, privateMap } from './guarded.ts';
import * as natives from './natives.ts';
import { signal } from './report.ts';

const MOST_ITEMS = 500;
const MOST_SIGNALS = 20;
const MOST_REGIONS = 300;
const MOST_LAYERS = 10;

/** Names of data layers. */
const names = dictionary('dataLayer');
const wrappedLayers = privateMap<object, true>();
const seenItems = privateMap<object, true>();
const lengths = privateMap<object, number>();
let layers = 1;
let scripts = 0;

/** Reads only; safe inside any call of the page. */
export function lookForConsentMode(): void {
  findNames();
  for (const name in names) {
    const layer = (window as unknown as Record<string, unknown>)[name];
    if (!natives.isArray(layer)) continue;
    const length = lengths.get(layer) ?? 0;
    if (length !== layer.length) {
      // Only what is new: the tag manager drops the oldest, so a shorter layer is read anew.
      const from = length < layer.length ? length : 0;
      for (let at = from; at < layer.length && at < from + MOST_ITEMS; at++) read(layer[at], true);
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
      match(/[?&]id=(?:GTM|G|GT|AW|DC|UA|MC)-.*[?&]l=([\w$]{1,60})/, source) ??
      match(/[?&]l=([\w$]{1,60})&(?:.*&)?id=(?:GTM|G|GT|AW|DC|UA|MC)-/, source);
    const name = found?.[1];
    if (!name || names[name] || layers >= MOST_LAYERS) continue;
    names[name] = true;
    layers++;
  }
  scripts = all.length;
}

function wrapPush(layer: unknown[]): void {
  if (wrappedLayers.get(layer)) return;
  wrappedLayers.set(layer, true);
  const { push } = layer;
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
  if (!isObject(item) || seenItems.get(item)) return;
  seenItems.set(item, true);
  try {
    const command = item as Record<number, unknown>;
    if (natives.apply(natives.tagText, item, []) !== '[object Arguments]' || command[0] !== 'consent') return;
    const { 1: name, 2: settings } = command;
    if ((name === 'default' || name === 'update') && isObject(settings)) tell(name, settings as Record<string, unknown>, found);
  } catch {
    // A getter of the page's own threw; the tag will meet the same.
  }
}

function tell(name: 'default' | 'update', settings: Record<string, unknown>, found: boolean): void {
  const categories: Record<string, boolean> = {};
  const keys = natives.ownKeys(settings);
  for (let i = 0, signals = 0; i < keys.length && signals < MOST_SIGNALS; i++) {
    const key = keys[i];
    const value = isText(key) ? settings[key] : null;
    if (!isText(key) || (value !== 'granted' && value !== 'denied')) continue;
    categories[clip(key, 60)] = value === 'granted';
    signals++;
  }
  const { region } = settings;
  const regions = textsOf(isText(region) ? [region] : region, MOST_REGIONS, 20);
  signal('consent-mode', name, categories, { regions, found });
}
