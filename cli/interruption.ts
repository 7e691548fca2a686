/** The person's wish to end, however many signals it comes in. */
import { EXIT } from './exit.ts';

const SAME_WISH = 1000; // milliseconds

/**
 * @returns aborted by the first SIGINT or SIGTERM; by a further wish everything ends at once
 * A terminal sends its signal to the command and to those that started it (cli/start.mjs, npm), which pass it on: what
 * comes within a moment of the first is the same wish.
 */
export function onInterruption(say: (text: string) => void): AbortSignal {
  const interruption = new AbortController();
  let firstAt = 0;
  const interrupt = (): void => {
    if (!interruption.signal.aborted) {
      firstAt = performance.now();
      say('Interrupted; writing what was observed so far … (interrupt again to end without it)');
      interruption.abort();
    } else if (performance.now() - firstAt > SAME_WISH) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return interruption.signal;
}
