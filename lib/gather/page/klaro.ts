/**
 * Hears Klaro 0.7 through its own manager: `watch({ update(manager, name, data) })`, and reads which services it asks for.
 * https://github.com/klaro-org/klaro-js/blob/master/src/consent-manager.js
 */
import { attempt, clip, textsOf } from './clip.ts';
import { isObject, isText, privateMap } from './guarded.ts';
import * as natives from './natives.ts';
import { signal } from './report.ts';

interface Page {
  klaro?: { getManager?: unknown };
  klaroConfig?: { elementID?: unknown };
}
type Manager = { watch?: unknown; confirmed?: unknown; consents?: unknown; config?: unknown };

const MOST_SERVICES = 200;
const watched = privateMap<object, true>();

export function lookForKlaro(): void {
  const { klaro, klaroConfig: config } = window as unknown as Page;
  if (!isObject(klaro) || typeof klaro.getManager !== 'function') return;
  const element = typeof config?.elementID === 'string' ? config.elementID : 'klaro';
  // Asking for a manager makes one: only once Klaro itself has, which it does when it puts its element there.
  if (!natives.apply(natives.getElementById, document, [element])) return;
  const manager = natives.apply(klaro.getManager as () => unknown, klaro, []) as Manager | null;
  if (!isObject(manager) || watched.get(manager) || typeof manager.watch !== 'function') return;
  watched.set(manager, true);
  tell(manager, manager.confirmed === true ? 'confirmed' : 'unconfirmed', manager.consents);
  const watcher = {
    update: (_: unknown, name: unknown, data: unknown) => {
      if (name === 'saveConsents') attempt(() => tell(manager, name, (data as { consents?: unknown }).consents));
    },
  };
  natives.apply(manager.watch as (...a: unknown[]) => void, manager, [watcher]);
}

/** The services that are not required, with their purposes and what was decided on them. */
function tell(manager: Manager, name: string, consents: unknown): void {
  const config = manager.config as { services?: unknown; required?: unknown };
  if (!natives.isArray(config.services) || !isObject(consents)) return;
  const categories: Record<string, boolean> = {};
  const services: Record<string, string[]> = {};
  for (let i = 0; i < config.services.length && i < MOST_SERVICES; i++) {
    const service = config.services[i] as { name?: unknown; purposes?: unknown; required?: unknown };
    if (!isText(service.name) || (service.required ?? config.required) === true) continue;
    const id = clip(service.name, 100);
    services[id] = textsOf(service.purposes, 20, 100);
    categories[id] = (consents as Record<string, unknown>)[service.name] === true;
  }
  signal('cmp:klaro', name, categories, { services });
}
