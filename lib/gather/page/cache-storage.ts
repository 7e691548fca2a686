/** Hooks Cache Storage: https://w3c.github.io/ServiceWorker/#cache-interface. What is cached is not read, only where it came from. */
import { each, isText, ownValue, privateMap, reader } from './guarded.ts';
import * as natives from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { absolute } from './send.ts';
import { followMethod, tellWrite } from './store-writes.ts';

/** Requests of one `addAll` that are told one by one. */
const MOST_REQUESTS = 100;

export function hookCacheStorage(): void {
  const kind = 'cacheStorage';
  const requestUrl = reader<string>(Request, 'url');
  const nameOf = privateMap<object, string>();

  const urlOf = (request: unknown): string | null => absolute(request) || requestUrl(request) || null;
  const gone = (name: string, made: Stamp, key?: string): number =>
    tellWrite({ kind, action: 'delete', operation: 'delete', name, key }, done(made));

  followMethod(kind, CacheStorage, 'open', (name) => {
    if (!isText(name)) return;
    const write = tellWrite({ kind, action: 'open', operation: 'open', name });
    return { writes: [write], kept: (cache) => nameOf.set(cache as Cache, name) };
  });

  followMethod(kind, CacheStorage, 'delete', (name) => {
    const made = stamp();
    return { kept: (existed) => existed && isText(name) && gone(name, made) };
  });

  each(['put', 'add', 'addAll'], (operation) =>
    followMethod(kind, Cache, operation, (requests, self) => {
      const writes: number[] = [];
      const name = nameOf.get(self);
      const tell = (request: unknown): void => {
        const write = name === undefined ? 0 : tellWrite({ kind, action: 'set', operation, name, key: urlOf(request) });
        if (write > 0) writes[writes.length] = write;
      };
      if (operation !== 'addAll' || !natives.isArray(requests)) tell(requests);
      else for (let index = 0; index < requests.length && index < MOST_REQUESTS; index++) tell(ownValue(requests, index));
      return { writes };
    }),
  );

  followMethod(kind, Cache, 'delete', (request, self) => {
    const made = stamp();
    return {
      kept: (existed) => {
        const name = nameOf.get(self);
        if (existed && name !== undefined) gone(name, made, urlOf(request) ?? '');
      },
    };
  });
}
