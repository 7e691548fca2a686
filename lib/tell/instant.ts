/** Moments as people read them. */

/**
 * Local date and time to the second, `2025-11-02 14:03:05`: the same in every language, for not every browser knows Kazakh month names.
 * @param iso ISO 8601; a text that is none comes back as it is
 * @param timeZone IANA name; default: the browser's
 */
export function instantText(iso: string, timeZone?: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : local(at, timeZone);
}

/** The same to the millisecond, `2025-11-02 14:03:05.120`. */
export function exactInstantText(iso: string, timeZone?: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : `${local(at, timeZone)}.${String(new Date(at).getUTCMilliseconds()).padStart(3, '0')}`;
}

/** The local date of a moment in epoch milliseconds, `2025-11-02`; null beyond what a date can hold. */
export function dateText(at: number, timeZone?: string): string | null {
  return Number.isNaN(new Date(at).getTime()) ? null : local(at, timeZone).replace(/ .*$/, '');
}

function local(at: number, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
}
