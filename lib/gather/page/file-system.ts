/**
 * Hooks the origin's private file system: https://fs.spec.whatwg.org/. Only handles that come from `navigator.storage.getDirectory()`:
 * files that a person picked are that person's own. Files opened synchronously (in workers alone) are found by looks.
 */
import { argument, each, isObject, isText, ownValue, privateMap } from './guarded.ts';
import * as natives from './natives.ts';
import { done, stamp, type Stamp } from './report.ts';
import { followMethod, settled, tellWrite } from './store-writes.ts';
import { textIn } from './stored-text.ts';

/** Where a handle leads: within which directory, by which name, and the `/` that directories end in. All of the root is empty. */
interface Place {
  directory: string;
  name: string;
  end: '' | '/';
}

const pathTo = ({ directory, name, end }: Place): string => directory + name + end;

export function hookFileSystem(): void {
  const kind = 'opfs';
  const placeOf = privateMap<object, Place>();
  const pathOf = (handle: unknown): string | undefined => {
    const place = placeOf.get(handle as object);
    return place && pathTo(place);
  };
  const tell = (action: 'set' | 'delete' | 'open', operation: string, name: string, made?: Stamp): number =>
    tellWrite({ kind, action, operation, name }, made);

  followMethod(kind, StorageManager, 'getDirectory', () => ({
    kept: (root) => placeOf.set(root as object, { directory: '', name: '', end: '' }),
  }));

  each(['getFileHandle', 'getDirectoryHandle'], (method) =>
    followMethod(kind, FileSystemDirectoryHandle, method, (name, self, args) => {
      const directory = pathOf(self);
      if (directory === undefined || !isText(name)) return;
      const place: Place = { directory, name, end: method === 'getFileHandle' ? '' : '/' };
      const writes = creates(argument(args, 1)) ? tell('open', method, pathTo(place)) : 0;
      return { writes, kept: (handle) => placeOf.set(handle as object, place) };
    }),
  );

  followMethod(kind, FileSystemDirectoryHandle, 'removeEntry', (name, self) => {
    const directory = pathOf(self);
    if (directory === undefined || !isText(name)) return;
    const made = stamp();
    return { kept: () => tell('delete', 'removeEntry', directory + name, done(made)) };
  });

  // Not in every engine, and not yet in the platform's types.
  followMethod(kind, FileSystemHandle, 'remove', (_, self) => {
    const path = pathOf(self);
    if (path === undefined) return;
    const made = stamp();
    return { kept: () => tell('delete', 'remove', path, done(made)) };
  });

  // Of files alone in one engine, of directories too in another.
  each([FileSystemFileHandle, FileSystemHandle], (owner) =>
    followMethod(kind, owner, 'move', (first, self, args) => {
      const place = placeOf.get(self);
      if (place === undefined) return;
      const made = stamp();
      return {
        kept: () => {
          tell('delete', 'move', place.directory + place.name, done(made));
          const here = isText(first);
          const name = here ? first : (argument(args, 1) ?? place.name);
          const directory = here ? place.directory : pathOf(first);
          if (directory === undefined || !isText(name)) return;
          const moved: Place = { directory, name, end: place.end };
          placeOf.set(self, moved);
          settled(kind, tell('set', 'move', pathTo(moved), done(made)), null);
        },
      };
    }),
  );

  // Opened for writing: whether anything comes of it decides the next look, unless a text is written through the hook.
  followMethod(kind, FileSystemFileHandle, 'createWritable', (_, self) => {
    const place = placeOf.get(self);
    if (place === undefined) return;
    const writes = tell('open', 'createWritable', pathTo(place));
    return { writes, kept: (writable) => placeOf.set(writable as object, place) };
  });

  followMethod(kind, FileSystemWritableFileStream, 'write', (first, self) => {
    const name = pathOf(self);
    if (name === undefined) return;
    const data = isText(first) ? first : ownValue(first, 'data');
    const text = () => (isText(data) ? textIn(data) : null);
    return { writes: tellWrite({ kind, action: 'set', operation: 'write', name, text }) };
  });
}

/** `{ create: true }`; where only running the page's code could tell, it may. */
function creates(options: unknown): boolean {
  const create = isObject(options) && natives.getOwnPropertyDescriptor(options, 'create');
  return Boolean(create && (!('value' in create) || create.value));
}
