/** The world whose functions are hooked: this document's own, or one that this document made and that no hooks of its own reach. */
export type Realm = Window & typeof globalThis;

/** An interface by its name; undefined where the engine has none. */
export function interfaceOf(realm: Realm, name: string): object | undefined {
  return (realm as unknown as Record<string, object | undefined>)[name];
}
