/** The person's wishes, fulfilled one after the other; none of them throws. */

export interface WishState<Done> {
  /** Something was asked and is not answered yet. */
  busy: boolean;
  /** Why the last wish could not be fulfilled; in the background's words. */
  failure: string | null;
  done: Done | null;
}

export interface Wishes<Done> {
  /** Queues one wish; what went wrong is shown until the next one. */
  wish(fulfil: () => Promise<Done | null>): Promise<void>;
  /** Queues what nobody asked for: shows neither that it is under way nor that it is done. */
  quietly(act: () => Promise<void>): Promise<void>;
}

export function createWishes<Done>(change: (part: Partial<WishState<Done>>) => void): Wishes<Done> {
  let pending = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    wish(fulfil) {
      pending += 1;
      change({ busy: true });
      last = last.then(async () => {
        change({ failure: null, done: null });
        try {
          change({ done: await fulfil() });
        } catch (error) {
          change({ failure: messageOf(error) });
        }
        pending -= 1;
        change({ busy: pending > 0 });
      });
      return last;
    },
    quietly(act) {
      last = last.then(act).catch((error: unknown) => change({ failure: messageOf(error) }));
      return last;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
