/** The world whose functions are hooked: this document's own, or one that this document made and that no hooks of its own reach. */
export type Realm = Window & typeof globalThis;
