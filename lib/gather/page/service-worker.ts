/**
 * Hooks the registration of service workers: https://w3c.github.io/ServiceWorker/. Registering what is registered already writes nothing,
 * so the next look decides. What a worker itself does is out of a page's sight: its requests are seen by the browser, its stores by looks.
 */
import { attempt } from './clip.ts';
import { textIn, trustedUrl } from './elements.ts';
import { privateMap, reader } from './guarded.ts';
import * as natives from './natives.ts';
import { done, stamp } from './report.ts';
import { absolute } from './send.ts';
import { followMethod, tellWrite } from './store-writes.ts';

export function hookServiceWorkers(): void {
  const kind = 'serviceWorker';
  const scriptUrl = reader<string>(ServiceWorker, 'scriptURL');
  const workerOf = (state: string) => reader<ServiceWorker | null>(ServiceWorkerRegistration, state);
  const active = workerOf('active');
  const waiting = workerOf('waiting');
  const installing = workerOf('installing');

  /** The path of a worker's script, which is always of the same origin. */
  const pathOf = (url: unknown): string | undefined => attempt(() => new natives.URL(absolute(textIn(url, trustedUrl) || url)).pathname);

  /** A registration that is new may show no worker yet. */
  const nameOf = privateMap<object, string>();

  followMethod(kind, ServiceWorkerContainer, 'register', (url) => {
    const name = pathOf(url);
    if (name === undefined) return;
    const write = tellWrite({ kind, action: 'open', operation: 'register', name });
    return { writes: [write], kept: (registration) => nameOf.set(registration as object, name) };
  });

  followMethod(kind, ServiceWorkerRegistration, 'unregister', (_, self) => {
    const made = stamp();
    const name = pathOf(scriptUrl(active(self) ?? waiting(self) ?? installing(self))) ?? nameOf.get(self);
    return {
      kept: (existed) => existed && name !== undefined && tellWrite({ kind, action: 'delete', operation: 'unregister', name }, done(made)),
    };
  });
}
