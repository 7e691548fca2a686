/**
 * Hooks the origin's private file system: https://fs.spec.whatwg.org/. Only handles that come from `navigator.storage.getDirectory()`:
 * files that a person picked are that person's own. Files opened synchronously (in workers alone) are found by looks.
 */
import { argument, each, isObject, isText, match, ownValue, privateMap } from './guarded.ts';
import * as natives from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { followMethod, settled, tellWrite } from './store-writes.ts';
import { textIn } from './stored-text.ts';

/** Of a path: the directory before it, its name, and the `/` that directories end in. Names hold none. */
const PATH = /^(.*\/)?([^/]+)(\/?)$/s;

export function hookFileSystem(): void {
  const kind = 'opfs';
  /** Where handles and streams lead; '' is the root, and every other directory ends in `/`. */
  const pathOf = privateMap<object, string>();
  const tell = (action: 'set' | 'delete' | 'open', operation: string, name: string, made?: Stamp): number =>
    tellWrite({ kind, action, operation, name }, made);

  followMethod(kind, StorageManager, 'getDirectory', () => ({
    kept: (root) => pathOf.set(root as object, ''),
  }));

  each(['getFileHandle', 'getDirectoryHandle'], (method) =>
    followMethod(kind, FileSystemDirectoryHandle, method, (name, self, args) => {
      const directory = pathOf.get(self);
      if (directory === undefined || !isText(name)) return;
      const path = directory + name + (method === 'getFileHandle' ? '' : '/');
      const write = creates(argument(args, 1)) ? tell('open', method, path) : 0;
      return { writes: [write], kept: (handle) => pathOf.set(handle as object, path) };
    }),
  );

  followMethod(kind, FileSystemDirectoryHandle, 'removeEntry', (name, self) => {
    const directory = pathOf.get(self);
    if (directory === undefined || !isText(name)) return;
    const made = stamp();
    return { kept: () => tell('delete', 'removeEntry', directory + name, done(made)) };
  });

  // Not in every engine, and not yet in the platform's types.
  followMethod(kind, FileSystemHandle, 'remove', (_, self) => {
    const path = pathOf.get(self);
    if (path === undefined) return;
    const made = stamp();
    return { kept: () => tell('delete', 'remove', path, done(made)) };
  });

  // Of files alone in one engine, of directories too in another.
  each([FileSystemFileHandle, FileSystemHandle], (owner) =>
    followMethod(kind, owner, 'move', (first, self, args) => {
      const path = pathOf.get(self);
      if (path === undefined) return;
      const made = stamp();
      return {
        kept: () => {
          const before = match(PATH, path);
          tell('delete', 'move', path, done(made));
          const here = isText(first);
          const name = here ? first : (argument(args, 1) ?? before?.[2]);
          const directory = here ? (before?.[1] ?? '') : pathOf.get(first as object);
          if (directory === undefined || !isText(name)) return;
          const moved = directory + name + (before?.[3] ?? '');
          pathOf.set(self, moved);
          settled(kind, [tell('set', 'move', moved, done(made))], null);
        },
      };
    }),
  );

  // Opened for writing: whether anything comes of it decides the next look, unless a text is written through the hook.
  followMethod(kind, FileSystemFileHandle, 'createWritable', (_, self) => {
    const path = pathOf.get(self);
    if (path === undefined) return;
    const write = tell('open', 'createWritable', path);
    return { writes: [write], kept: (writable) => pathOf.set(writable as object, path) };
  });

  followMethod(kind, FileSystemWritableFileStream, 'write', (first, self) => {
    const name = pathOf.get(self);
    if (name === undefined) return;
    const data = isText(first) ? first : ownValue(first, 'data');
    const text = () => (isText(data) ? textIn(data) : null);
    return { writes: [tellWrite({ kind, action: 'set', operation: 'write', name, text })] };
  });
}

/** `{ create: true }`; where only running the page's code could tell, it may. */
function creates(options: unknown): boolean {
  const create = isObject(options) && natives.getOwnPropertyDescriptor(options, 'create');
  return Boolean(create && (!('value' in create) || create.value));
}
