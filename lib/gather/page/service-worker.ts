/**
 * Hooks the registration of service workers: https://w3c.github.io/ServiceWorker/. Registering what is registered already writes nothing,
 * so the next look decides. What a worker itself does is out of a page's sight: its requests are seen by the browser, its stores by looks.
 */
import { wrapped } from './clip.ts';
import { follow, natives, reader } from './natives.ts';
import { done, stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { wrapMethod } from './wrap.ts';

export function hookServiceWorkers(): void {
  if (typeof ServiceWorkerContainer === 'undefined') return;
  // Chromium's Trusted Types; other engines take strings and URLs.
  const Trusted = natives.getOwnPropertyDescriptor(window, 'TrustedScriptURL')?.value as (new () => object) | undefined;
  const scriptUrl = reader<string>(ServiceWorker.prototype, 'scriptURL');
  const workers = (['active', 'waiting', 'installing'] as const).map((state) =>
    reader<ServiceWorker | null>(ServiceWorkerRegistration.prototype, state),
  );

  /** The path of a worker's script, which is always of the same origin. */
  function pathOf(url: unknown): string | null {
    const path = wrapped(() => {
      const trusted = Trusted !== undefined && url instanceof Trusted;
      if (typeof url !== 'string' && !trusted && !(url instanceof natives.URL)) return null;
      return new natives.URL(natives.String(url), document.baseURI).pathname;
    });
    return path.threw ? null : path.value;
  }

  wrapMethod(ServiceWorkerContainer.prototype, 'register', (native, self, args) => {
    const name = pathOf(args[0]);
    const write =
      name === null ? 0 : tellWrite({ kind: 'serviceWorker', action: 'open', operation: 'register', name, store: null, key: null });
    return follow(
      natives.apply(native, self, args) as Promise<ServiceWorkerRegistration>,
      () => settled('serviceWorker', write, null),
      () => settled('serviceWorker', write, 'call-failed'),
    );
  });

  wrapMethod(ServiceWorkerRegistration.prototype, 'unregister', (native, self, args) => {
    const made = stamp();
    const name = wrapped(() => {
      for (const worker of workers) {
        const found = worker(self);
        if (found !== null) return pathOf(scriptUrl(found));
      }
      return null;
    });
    return follow(natives.apply(native, self, args) as Promise<boolean>, (existed) => {
      if (existed && !name.threw && name.value !== null)
        tellWrite(
          { kind: 'serviceWorker', action: 'delete', operation: 'unregister', name: name.value, store: null, key: null },
          done(made),
        );
    });
  });
}
