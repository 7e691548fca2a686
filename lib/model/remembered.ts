/** Pages do the same again and again: what was worked out of a short text is remembered, in memory only. */

const LONGEST = 512; // characters

/**
 * The same function, which works out each text once while there is room; then it forgets all and begins anew.
 * @param most texts that are remembered at once
 */
export function remembered<T>(compute: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return compute(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = compute(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
