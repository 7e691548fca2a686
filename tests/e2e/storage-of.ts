/** Runs inside a page: writes one entry into each kind of storage, or tells what is there. Uses nothing from outside. */

export interface Held {
  cookies: string;
  localStorage: string[];
  sessionStorage: string[];
  databases: string[];
  caches: string[];
  files: string[];
  workers: number;
}

/** @param name of every entry */
export async function fill(name: string): Promise<void> {
  document.cookie = `${name}_cookie=1; Max-Age=1000; Secure; SameSite=None`;
  localStorage.setItem(`${name}_local`, '1');
  sessionStorage.setItem(`${name}_session`, '1');
  await new Promise<void>((resolve, reject) => {
    const open = indexedDB.open(`${name}_database`);
    open.onupgradeneeded = () => open.result.createObjectStore('s');
    open.onerror = () => reject(open.error ?? new Error('not opened'));
    open.onsuccess = () => {
      open.result.close();
      resolve();
    };
  });
  await (await caches.open(`${name}_cache`)).put('/x', new Response('x'));
  await (await navigator.storage.getDirectory()).getFileHandle(`${name}_file`, { create: true });
  await navigator.serviceWorker.register('/worker.js');
}

export async function heldBy(): Promise<Held> {
  const files: string[] = [];
  const root = (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> };
  for await (const name of root.keys()) files.push(name);
  return {
    cookies: document.cookie,
    localStorage: Object.keys(localStorage).sort(),
    sessionStorage: Object.keys(sessionStorage).sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name ?? '').sort(),
    caches: await caches.keys(),
    files,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}

export const NOTHING: Held = { cookies: '', localStorage: [], sessionStorage: [], databases: [], caches: [], files: [], workers: 0 };

/** What `fill('b')` leaves. */
export const EVERYTHING: Held = {
  cookies: 'b_cookie=1',
  localStorage: ['b_local'],
  sessionStorage: ['b_session'],
  databases: ['b_database'],
  caches: ['b_cache'],
  files: ['b_file'],
  workers: 1,
};
