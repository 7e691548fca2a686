/** Hooks Cache Storage: https://w3c.github.io/ServiceWorker/#cache-interface. What is cached is not read, only where it came from. */
import { wrapped } from './clip.ts';
import { follow, natives, ownValue, privateMap, reader } from './natives.ts';
import { done, stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { wrapMethod } from './wrap.ts';

/** Requests of one `addAll` that are told one by one. */
const MOST_REQUESTS = 100;

export function hookCacheStorage(): void {
  if (typeof CacheStorage === 'undefined') return;
  const requestUrl = reader<string>(Request.prototype, 'url');
  const nameOf = privateMap<object, string>();

  /** Only strings, URLs and Requests are read: asking anything else could run the page's code twice. */
  function urlOf(request: unknown): string | null {
    const url = wrapped(() => {
      if (typeof request === 'string') return new natives.URL(request, document.baseURI).href;
      if (request instanceof natives.URL) return request.href;
      return request instanceof Request ? requestUrl(request) : null;
    });
    return url.threw ? null : url.value;
  }

  function tell(cache: unknown, operation: string, request: unknown): number {
    const name = nameOf.get(cache as object);
    if (name === undefined) return 0;
    return tellWrite({ kind: 'cacheStorage', action: 'set', operation, name, store: null, key: urlOf(request) });
  }

  wrapMethod(CacheStorage.prototype, 'open', (native, self, args) => {
    const name = typeof args[0] === 'string' ? args[0] : null;
    const write = name === null ? 0 : tellWrite({ kind: 'cacheStorage', action: 'open', operation: 'open', name, store: null, key: null });
    return follow(
      natives.apply(native, self, args) as Promise<Cache>,
      (cache) => name !== null && nameOf.set(cache, name),
      () => settled('cacheStorage', write, 'call-failed'),
    );
  });

  wrapMethod(CacheStorage.prototype, 'delete', (native, self, args) => {
    const made = stamp();
    const name = typeof args[0] === 'string' ? args[0] : null;
    return follow(natives.apply(native, self, args) as Promise<boolean>, (existed) => {
      if (existed && name !== null)
        tellWrite({ kind: 'cacheStorage', action: 'delete', operation: 'delete', name, store: null, key: null }, done(made));
    });
  });

  for (const operation of ['put', 'add', 'addAll'] as const) {
    wrapMethod(Cache.prototype, operation, (native, self, args) => {
      const writes: number[] = [];
      const tellOne = (request: unknown): void => {
        const write = tell(self, operation, request);
        if (write > 0) writes[writes.length] = write;
      };
      const requests = args[0];
      if (operation !== 'addAll' || !natives.isArray(requests)) tellOne(requests);
      else for (let index = 0; index < requests.length && index < MOST_REQUESTS; index++) tellOne(ownValue(requests, index));
      return follow(
        natives.apply(native, self, args) as Promise<void>,
        () => settled('cacheStorage', writes, null),
        () => settled('cacheStorage', writes, 'call-failed'),
      );
    });
  }

  wrapMethod(Cache.prototype, 'delete', (native, self, args) => {
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<boolean>, (existed) => {
      const name = nameOf.get(self as object);
      if (existed && name !== undefined)
        tellWrite(
          { kind: 'cacheStorage', action: 'delete', operation: 'delete', name, store: null, key: urlOf(args[0]) ?? '' },
          done(made),
        );
    });
  });
}
