/**
 * What an `EventSource` asks for is asked for again by the browser whenever it has ended, for as long as the page does not close it:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection
 */
import type { Sent } from './announced.ts';
import { chainLookup } from './chain.ts';
import type { Hop } from './requests.ts';

interface Stream {
  sent: Sent;
  last: Hop;
}

interface Streams {
  /** It was announced so. */
  open(hop: Hop, sent: Sent): void;
  /** Who opened the stream that this request opens anew, if it does. */
  reopen(hop: Hop, isOf: (sent: Sent) => boolean): Sent | null;
}

export function findStreams(hops: Hop[]): Streams {
  const chainOf = chainLookup(hops);
  const byAddress = new Map<string, Stream[]>();
  const hasEnded = ({ last }: Stream, time: number): boolean => {
    const end = chainOf(last).at(-1)?.end;
    return end ? end.time <= time : false;
  };
  return {
    open(hop, sent) {
      const { urlDigest } = hop.start;
      byAddress.set(urlDigest, [...(byAddress.get(urlDigest) ?? []), { sent, last: hop }]);
    },
    reopen(hop, isOf) {
      const { urlDigest, resourceType, time } = hop.start;
      const stream = byAddress
        .get(urlDigest)
        ?.find((one) => one.last.start.resourceType === resourceType && hasEnded(one, time) && isOf(one.sent));
      if (!stream) return null;
      stream.last = hop;
      return stream.sent;
    },
  };
}
