/** Adds to a set that keeps its newest members only. */
export function addNewest<T>(set: Set<T>, one: T, most: number): void {
  set.add(one);
  if (set.size > most) set.delete(set.values().next().value as T);
}
