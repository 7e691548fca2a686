/** Which rows of a long list stand in the part that can be seen: rows of one height, the rest is empty space. */

export interface RowWindow {
  /** Index of the first row to make. */
  first: number;
  /** Index after the last. */
  end: number;
  /** Pixels of empty space before and after. */
  before: number;
  after: number;
}

/** @param overscan rows made beyond what can be seen, in each direction */
export function rowWindow(count: number, rowHeight: number, scrollTop: number, height: number, overscan = 8): RowWindow {
  const most = Math.max(0, count * rowHeight - height);
  const top = Math.min(Math.max(0, scrollTop), most);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + overscan);
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight };
}

/** Where to scroll so that a row can be seen whole; the same place if it can be already. */
export function scrolledTo(index: number, rowHeight: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? Math.max(0, top + rowHeight - height) : scrollTop;
}
