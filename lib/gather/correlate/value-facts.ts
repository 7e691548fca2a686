/** What an observation tells of a value: never the value, nor the digests of its parts. */
import type { ValueCapture } from '../../model/capture.ts';
import type { GatheredObservation } from '../../model/observation.ts';

export function valueFacts(value: ValueCapture): NonNullable<GatheredObservation['value']> {
  return { length: value.length, digest: value.digest, born: value.born === null ? null : new Date(value.born).toISOString() };
}
