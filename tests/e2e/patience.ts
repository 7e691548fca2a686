/** How long a test waits for a condition: it only ends a hang, before the runner's own limit does, and so names what did not come. */
export const PATIENCE = 250_000; // milliseconds
