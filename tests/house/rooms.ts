/** The plan of the house as data: which room may import which. Lint and the structure test both read it. */

export interface Room {
  /** Path from the project's root. */
  folder: string;
  /** What may be imported from elsewhere in the project: rooms, or single files of them. */
  imports: string[];
  /** Packages, by the beginning of their specifier. `*`: any. */
  packages: string[];
  /** Touches no browser, reads no clock, is not async, does not log. */
  pure: boolean;
  /** Why, in one sentence: what lint says to whoever reaches round. */
  because: string;
}

export const ROOMS: Room[] = [
  {
    folder: 'lib/model',
    imports: [],
    packages: ['valibot'],
    pure: true,
    because: 'The model is the vocabulary that all rooms share, so it imports nothing but the schema library.',
  },
  {
    folder: 'lib/policy',
    imports: ['lib/model'],
    packages: ['valibot', '@noble/hashes'],
    pure: true,
    because: 'The policy is text made into data: it knows the model and nothing of what is gathered or judged.',
  },
  {
    folder: 'lib/catalogue',
    imports: ['lib/model'],
    packages: ['tldts', 'third-party-web'],
    pure: true,
    because: 'The catalogue is tables and the matchers over them: it knows the model and no policy.',
  },
  {
    folder: 'lib/gather',
    imports: ['lib/model', 'lib/catalogue', 'lib/messaging'],
    packages: ['valibot', 'tldts', 'fflate', '@noble/hashes', 'webextension-polyfill'],
    pure: false,
    because: 'What gathers never judges: it may use the model, the catalogue and the message protocols.',
  },
  {
    folder: 'lib/judge',
    imports: ['lib/model', 'lib/policy', 'lib/catalogue'],
    packages: ['tldts', '@noble/hashes'],
    pure: true,
    because: 'What judges never looks at a browser: it may use the model, the policy and the catalogue.',
  },
  {
    folder: 'lib/tell',
    imports: ['lib/model', 'lib/policy/duration.ts', 'public/_locales'],
    packages: ['@noble/hashes', 'intl-messageformat'],
    pure: true,
    because: 'What tells only reads the report: it may use the model, the messages and the calendar of periods.',
  },
  {
    folder: 'lib/store',
    imports: ['lib/model'],
    packages: ['dexie'],
    pure: false,
    because: 'The store is the only room that knows Dexie, and it knows nothing but the model.',
  },
  {
    folder: 'lib/settings',
    imports: ['lib/model'],
    packages: ['valibot', 'webextension-polyfill'],
    pure: false,
    because: 'Settings are single stored values: they know nothing but the model.',
  },
  {
    folder: 'lib/messaging',
    imports: ['lib/model', 'lib/gather/channel.ts'],
    packages: ['valibot', 'webextension-polyfill'],
    pure: false,
    because: 'A border is described by shapes alone: the protocols know the model and the shapes of the page channel.',
  },
  {
    folder: 'lib/session',
    imports: [
      'lib/model',
      'lib/policy',
      'lib/catalogue',
      'lib/gather',
      'lib/judge',
      'lib/tell',
      'lib/store',
      'lib/settings',
      'lib/messaging',
    ],
    packages: ['webextension-polyfill'],
    pure: false,
    because: 'The session wires the rooms of lib together and knows no interface.',
  },
  {
    folder: 'lib/view',
    imports: ['lib/model', 'lib/policy', 'lib/messaging', 'lib/tell', 'lib/settings'],
    packages: ['svelte', 'webextension-polyfill'],
    pure: false,
    because: 'The view asks the background, reads what the policy states, and tells: it opens no store and judges nothing.',
  },
  {
    folder: 'components',
    imports: ['lib/view', 'lib/tell', 'lib/model'],
    packages: ['svelte'],
    pure: false,
    because: 'A component gets props and gives callbacks: it knows no browser, no store and no border.',
  },
  {
    folder: 'entrypoints',
    imports: [
      'components',
      'lib/session',
      'lib/view',
      'lib/tell',
      'lib/messaging',
      'lib/settings',
      'lib/model',
      'lib/gather/page',
      'lib/gather/relay',
    ],
    packages: ['svelte', 'webextension-polyfill', 'wxt'],
    pure: false,
    because: 'An entrypoint wires what others made; what it would need beyond that belongs into a room.',
  },
  {
    folder: 'cli',
    imports: ['lib', 'public', 'tests/site', 'tests/bench'],
    packages: ['*'],
    pure: false,
    because: 'The command line drives a browser and uses what lib offers; it is no part of the extension.',
  },
];

/** The folders that nobody imports from. */
export const ROOTS = ['entrypoints', 'cli', 'tests'];

/** The room a path belongs to, or null. */
export function roomOf(path: string): Room | null {
  return ROOMS.find(({ folder }) => path.startsWith(`${folder}/`)) ?? null;
}

/** Whether a file of the room may import this path of the project. */
export function mayImport(room: Room, path: string): boolean {
  return [room.folder, ...room.imports].some((allowed) => path === allowed || path.startsWith(`${allowed}/`));
}

export function mayUsePackage(room: Room, name: string): boolean {
  return room.packages.some((allowed) => allowed === '*' || name === allowed || name.startsWith(`${allowed}/`));
}
