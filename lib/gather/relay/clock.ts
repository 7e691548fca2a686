/**
 * How far a document's clock is behind the system's. A document counts from its beginning (https://w3c.github.io/hr-time/): its clock
 * stands still while the machine sleeps, and nobody sets it when the system's is set. What the browser itself tells goes by the system's.
 */

/**
 * Two readings are never of one moment, and browsers round each as they like (Firefox to a tenth of a second, where it is told to resist
 * fingerprinting): less than this says nothing, and to follow it would put what a page does one after the other out of order.
 */
const NOTICED = 200; // milliseconds
const READINGS = 3;

/**
 * @param system and @param own read the two clocks, in epoch milliseconds
 * @returns reads them now, and gives how far the document's is behind, in milliseconds; negative where it is ahead
 */
export function clockBehind(
  system: () => number = Date.now,
  own: () => number = () => performance.timeOrigin + performance.now(),
): () => number {
  let known = 0;
  const read = (): number => {
    const before = own();
    return system() - before;
  };
  return () => {
    let found = read();
    // On a busy machine time passes between two readings: the least difference is the one.
    for (let more = 1; more < READINGS && Math.abs(found - known) > NOTICED; more++) found = Math.min(found, read());
    if (Math.abs(found - known) > NOTICED) known = Math.round(found);
    return known;
  };
}
