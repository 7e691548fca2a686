/** The capture matrix: every way, in the order of the pages on which it is tried. */
import { answerWays } from './answers.ts';
import { cookieWays } from './cookies.ts';
import { frameWays } from './frames.ts';
import { leavingWays } from './leaving.ts';
import { loaderWays } from './loaders.ts';
import { requestWays } from './requests.ts';
import { realmWays, storageWays } from './storage.ts';
import { storeWays } from './stores.ts';
import { useWays } from './uses.ts';
import type { Way } from './way.ts';
import { workerWays } from './workers.ts';

export const WAYS: Way[] = [
  ...cookieWays,
  ...answerWays,
  ...frameWays,
  ...storageWays,
  ...realmWays,
  ...requestWays,
  ...workerWays,
  ...loaderWays,
  ...useWays,
  ...storeWays,
  ...leavingWays,
];
