/**
 * Hooks the origin's private file system: https://fs.spec.whatwg.org/. Only handles that come from `navigator.storage.getDirectory()`:
 * files that a person picked are that person's own. Files opened synchronously (in workers alone) are found by looks.
 */
import { follow, natives, ownValue, privateMap } from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { textIn, type FoundText } from './stored-text.ts';
import { wrapMethod } from './wrap.ts';

/** Where a handle leads: within which directory, by which name, and the `/` that directories end in. All of the root is empty. */
interface Place {
  directory: string;
  name: string;
  end: '' | '/';
}

const pathTo = ({ directory, name, end }: Place): string => `${directory}${name}${end}`;

export function hookFileSystem(): void {
  if (typeof FileSystemDirectoryHandle === 'undefined') return;
  const placeOf = privateMap<object, Place>();
  const pathOf = (handle: unknown): string | undefined => {
    const place = placeOf.get(handle as object);
    return place && pathTo(place);
  };

  function tell(action: 'set' | 'delete' | 'open', operation: string, name: string, made?: Stamp, text?: () => FoundText | null): number {
    return tellWrite({ kind: 'opfs', action, operation, name, store: null, key: null, ...(text ? { text } : {}) }, made);
  }

  wrapMethod(StorageManager.prototype, 'getDirectory', (native, self, args) =>
    follow(natives.apply(native, self, args) as Promise<object>, (root) => placeOf.set(root, { directory: '', name: '', end: '' })),
  );

  for (const [method, end] of [
    ['getFileHandle', ''],
    ['getDirectoryHandle', '/'],
  ] as const) {
    wrapMethod(FileSystemDirectoryHandle.prototype, method, (native, self, args) => {
      const directory = pathOf(self);
      if (directory === undefined || typeof args[0] !== 'string') return natives.apply(native, self, args);
      const place: Place = { directory, name: args[0], end };
      const write = creates(args[1]) ? tell('open', method, pathTo(place)) : 0;
      return follow(
        natives.apply(native, self, args) as Promise<object>,
        (handle) => placeOf.set(handle, place),
        () => settled('opfs', write, 'call-failed'),
      );
    });
  }

  wrapMethod(FileSystemDirectoryHandle.prototype, 'removeEntry', (native, self, args) => {
    const directory = pathOf(self);
    if (directory === undefined || typeof args[0] !== 'string') return natives.apply(native, self, args);
    const path = `${directory}${args[0]}`;
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<void>, () => tell('delete', 'removeEntry', path, done(made)));
  });

  // Not in every engine, and not yet in the platform's types.
  wrapMethod(FileSystemHandle.prototype, 'remove', (native, self, args) => {
    const path = pathOf(self);
    if (path === undefined) return natives.apply(native, self, args);
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<void>, () => tell('delete', 'remove', path, done(made)));
  });

  // Of files alone in one engine, of directories too in another.
  for (const { prototype } of [FileSystemFileHandle, FileSystemHandle]) {
    wrapMethod(prototype, 'move', (native, self, args) => {
      const place = placeOf.get(self as object);
      if (place === undefined) return natives.apply(native, self, args);
      const made = stamp();
      return follow(natives.apply(native, self, args) as Promise<void>, () => {
        tell('delete', 'move', `${place.directory}${place.name}`, done(made));
        const [first, second] = args;
        const name = typeof first === 'string' ? first : (second ?? place.name);
        const directory = typeof first === 'string' ? place.directory : pathOf(first);
        if (directory === undefined || typeof name !== 'string') return;
        const moved: Place = { directory, name, end: place.end };
        placeOf.set(self as object, moved);
        settled('opfs', tell('set', 'move', pathTo(moved), done(made)), null);
      });
    });
  }

  // Opened for writing: whether anything comes of it decides the next look, unless a text is written through the hook.
  wrapMethod(FileSystemFileHandle.prototype, 'createWritable', (native, self, args) => {
    const place = placeOf.get(self as object);
    if (place === undefined) return natives.apply(native, self, args);
    const write = tell('open', 'createWritable', pathTo(place));
    return follow(
      natives.apply(native, self, args) as Promise<object>,
      (writable) => placeOf.set(writable, place),
      () => settled('opfs', write, 'call-failed'),
    );
  });

  if (typeof FileSystemWritableFileStream === 'undefined') return;
  wrapMethod(FileSystemWritableFileStream.prototype, 'write', (native, self, args) => {
    const path = pathOf(self);
    if (path === undefined) return natives.apply(native, self, args);
    const data = typeof args[0] === 'string' ? args[0] : ownValue(args[0], 'data');
    const write = tell('set', 'write', path, undefined, () => (typeof data === 'string' ? textIn(data) : null));
    return follow(
      natives.apply(native, self, args) as Promise<void>,
      () => settled('opfs', write, null),
      () => settled('opfs', write, 'call-failed'),
    );
  });
}

/** `{ create: true }`; where only running the page's code could tell, it may. */
function creates(options: unknown): boolean {
  if (typeof options !== 'object' || options === null) return false;
  const create = natives.getOwnPropertyDescriptor(options, 'create');
  return create !== undefined && (!('value' in create) || Boolean(create.value));
}
