/**
 * Hears Klaro 0.7 through its own manager: `watch({ update(manager, name, data) })`, and reads which services it asks for.
 * https://github.com/klaro-org/klaro-js/blob/master/src/consent-manager.js
 */
import { clip, wrapped } from './clip.ts';
import { natives, privateMap } from './natives.ts';
import { report } from './report.ts';

type Manager = { watch?: unknown; confirmed?: unknown; consents?: unknown; config?: unknown };

const MOST_SERVICES = 200;
const watched = privateMap<object, true>();

export function lookForKlaro(): void {
  const klaro = natives.get(window, 'klaro') as { getManager?: unknown } | undefined;
  if (typeof klaro !== 'object' || klaro === null || typeof klaro.getManager !== 'function') return;
  const config = natives.get(window, 'klaroConfig') as { elementID?: unknown } | undefined;
  const element = typeof config?.elementID === 'string' ? config.elementID : 'klaro';
  // Asking for a manager makes one: only once Klaro itself has, which it does when it puts its element there.
  if (!natives.elementById(element)) return;
  const manager = natives.apply(klaro.getManager as () => unknown, klaro, []) as Manager | null;
  if (typeof manager !== 'object' || manager === null || watched.get(manager) || typeof manager.watch !== 'function') return;
  watched.set(manager, true);
  tell(manager, manager.confirmed === true ? 'confirmed' : 'unconfirmed', manager.consents);
  const watcher = {
    update: (_: unknown, name: unknown, data: unknown) => {
      if (name === 'saveConsents') wrapped(() => tell(manager, name, (data as { consents?: unknown }).consents));
    },
  };
  natives.apply(manager.watch as (...a: unknown[]) => void, manager, [watcher]);
}

/** The services that are not required, with their purposes and what was decided on them. */
function tell(manager: Manager, name: string, consents: unknown): void {
  const config = manager.config as { services?: unknown; required?: unknown };
  if (!natives.isArray(config.services) || typeof consents !== 'object' || consents === null) return;
  const categories: Record<string, boolean> = {};
  const services: Record<string, string[]> = {};
  for (let i = 0; i < config.services.length && i < MOST_SERVICES; i++) {
    const service = config.services[i] as { name?: unknown; purposes?: unknown; required?: unknown };
    if (typeof service.name !== 'string' || (service.required ?? config.required) === true) continue;
    const id = clip(service.name, 100);
    const purposes: string[] = [];
    if (natives.isArray(service.purposes))
      for (let p = 0; p < service.purposes.length && p < 20; p++) purposes[p] = clip(natives.String(service.purposes[p]), 100);
    services[id] = purposes;
    categories[id] = natives.get(consents, service.name) === true;
  }
  report({ type: 'signal', source: 'cmp:klaro', name, categories, more: { services } });
}
