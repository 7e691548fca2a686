/** What a browser's processes cost, from Linux' /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields count from the end of the command's name. */
const PARENT = 1;
const UTIME = 11;
/** Ticks per second: 100 on every Linux that runs browsers. */
const TICK = 10; // milliseconds

export const HAS_PROC = process.platform === 'linux';

function fields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended between listing and reading.
    return null;
  }
}

/** The process and all that descend from it. */
export function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? fields(pid)?.[PARENT] : undefined;
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** User and system time of a process tree so far, with the children it has waited for, in milliseconds. */
export function cpuTime(root: number): number {
  return tree(root).reduce((sum, pid) => {
    const all = fields(pid);
    return all ? sum + [0, 1, 2, 3].reduce((ticks, offset) => ticks + Number(all[UTIME + offset]), 0) * TICK : sum;
  }, 0);
}

/** Proportional set size of processes, in megabytes; memory that several share counts in parts. */
export function memory(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      return sum + Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      // It ended in the meantime, or is not ours to look into.
      return sum;
    }
  }, 0);
}

/** Those of a tree whose command line has this in it. */
export function withArgument(pids: number[], argument: string): number[] {
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(argument);
    } catch {
      // It ended in the meantime.
      return false;
    }
  });
}
