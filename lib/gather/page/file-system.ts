/**
 * Hooks the origin's private file system: https://fs.spec.whatwg.org/. Only handles that come from `navigator.storage.getDirectory()`:
 * files that a person picked are that person's own. Files opened synchronously (in workers alone) are found by looks.
 */
import { follow, natives, ownValue, privateMap } from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { settled, tellWrite } from './store-writes.ts';
import { textIn, type FoundText } from './stored-text.ts';
import { wrapMethod } from './wrap.ts';

export function hookFileSystem(): void {
  if (typeof FileSystemDirectoryHandle === 'undefined') return;
  /** Paths of handles; directories end in `/`, the root is empty. */
  const pathOf = privateMap<object, string>();

  function tell(action: 'set' | 'delete' | 'open', operation: string, name: string, made?: Stamp, text?: () => FoundText | null): number {
    return tellWrite({ kind: 'opfs', action, operation, name, store: null, key: null, ...(text ? { text } : {}) }, made);
  }

  wrapMethod(StorageManager.prototype, 'getDirectory', (native, self, args) =>
    follow(natives.apply(native, self, args) as Promise<object>, (root) => pathOf.set(root, '')),
  );

  for (const [method, end] of [
    ['getFileHandle', ''],
    ['getDirectoryHandle', '/'],
  ] as const) {
    wrapMethod(FileSystemDirectoryHandle.prototype, method, (native, self, args) => {
      const base = pathOf.get(self as object);
      if (base === undefined || typeof args[0] !== 'string') return natives.apply(native, self, args);
      const path = `${base}${args[0]}${end}`;
      const write = creates(args[1]) ? tell('open', method, path) : 0;
      return follow(
        natives.apply(native, self, args) as Promise<object>,
        (handle) => pathOf.set(handle, path),
        () => settled('opfs', write, 'call-failed'),
      );
    });
  }

  wrapMethod(FileSystemDirectoryHandle.prototype, 'removeEntry', (native, self, args) => {
    const base = pathOf.get(self as object);
    if (base === undefined || typeof args[0] !== 'string') return natives.apply(native, self, args);
    const path = `${base}${args[0]}`;
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<void>, () => tell('delete', 'removeEntry', path, done(made)));
  });

  // Not in every engine, and not yet in the platform's types.
  wrapMethod(FileSystemHandle.prototype, 'remove', (native, self, args) => {
    const path = pathOf.get(self as object);
    if (path === undefined) return natives.apply(native, self, args);
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<void>, () => tell('delete', 'remove', path, done(made)));
  });

  wrapMethod(FileSystemFileHandle.prototype, 'move', (native, self, args) => {
    const path = pathOf.get(self as object);
    if (path === undefined) return natives.apply(native, self, args);
    const made = stamp();
    return follow(natives.apply(native, self, args) as Promise<void>, () => {
      tell('delete', 'move', path, done(made));
      const [first, second] = args;
      const named = typeof first === 'string' ? first : second;
      const base = typeof first === 'string' ? path.slice(0, path.lastIndexOf('/') + 1) : pathOf.get(first as object);
      if (base === undefined || typeof named !== 'string') return;
      pathOf.set(self as object, `${base}${named}`);
      tell('set', 'move', `${base}${named}`, done(made));
    });
  });

  // Opened for writing: whether anything comes of it decides the next look, unless a text is written through the hook.
  wrapMethod(FileSystemFileHandle.prototype, 'createWritable', (native, self, args) => {
    const path = pathOf.get(self as object);
    if (path === undefined) return natives.apply(native, self, args);
    const write = tell('open', 'createWritable', path);
    return follow(
      natives.apply(native, self, args) as Promise<object>,
      (writable) => pathOf.set(writable, path),
      () => settled('opfs', write, 'call-failed'),
    );
  });

  if (typeof FileSystemWritableFileStream === 'undefined') return;
  wrapMethod(FileSystemWritableFileStream.prototype, 'write', (native, self, args) => {
    const path = pathOf.get(self as object);
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
