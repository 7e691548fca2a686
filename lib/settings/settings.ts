/** What persists between browser starts: the policy in force, sites added by hand, and the audit's secret key. */
import type { Browser } from 'webextension-polyfill';
import type { PolicyDocument } from '../model/policy.ts';

export interface Settings {
  /** null: the bundled policy. */
  policy: PolicyDocument | null;
  /** Hosts that stand in for the policy's sites. */
  sites: string[];
  /** 64 hex digits: the HMAC key of this audit. It is never exported. */
  key: string;
  /** Epoch milliseconds of the last clearing: documents that began before it are no longer listened to. 0: never cleared. */
  since: number;
  /** The browser runs for the audit alone (command line): frames need not wait for an audited page to be open. */
  dedicated: boolean;
}

const NAME = 'settings';

/** Reads the settings; makes and keeps a key where there is none yet. */
export async function loadSettings(browser: Browser): Promise<Settings> {
  const stored = (await browser.storage.local.get(NAME))[NAME] as Partial<Settings> | undefined;
  const settings: Settings = {
    policy: stored?.policy ?? null,
    sites: stored?.sites ?? [],
    key: stored?.key ?? newKey(),
    since: stored?.since ?? 0,
    dedicated: stored?.dedicated ?? false,
  };
  if (!stored?.key) await saveSettings(browser, settings);
  return settings;
}

export async function saveSettings(browser: Browser, settings: Settings): Promise<void> {
  await browser.storage.local.set({ [NAME]: settings });
}

/** 32 random bytes in hex. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param key as `newKey` makes it */
export function keyBytes(key: string): Uint8Array {
  return Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
