/** Which recording lies in the database, and since when: tells one that was lost from one that never was. */
import type { Browser } from 'webextension-polyfill';

export interface RecordingMark {
  /** Of the database, see store/database.ts. */
  identity: string;
  /** Epoch milliseconds of its beginning, or of the last clearing. */
  since: number;
}

const NAME = 'recording';

export async function loadRecording(browser: Browser): Promise<RecordingMark | null> {
  return ((await browser.storage.local.get(NAME))[NAME] as RecordingMark | undefined) ?? null;
}

export async function saveRecording(browser: Browser, mark: RecordingMark): Promise<void> {
  await browser.storage.local.set({ [NAME]: mark });
}
