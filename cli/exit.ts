/** The exit codes of docs/commands.md and the errors that lead to them. */

export const EXIT = { ok: 0, findings: 1, usage: 2, noVerdict: 3, interrupted: 130 } as const;

/** Ends the command with a code and one clear line. */
export class ExitError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Bad usage or bad input. */
export function usageError(message: string): ExitError {
  return new ExitError(EXIT.usage, message);
}

/** The audit could not be carried out. */
export function noVerdict(message: string): ExitError {
  return new ExitError(EXIT.noVerdict, message);
}
