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

/** Bad usage or bad input: one line, whatever of the input it quotes. */
export function usageError(message: string): ExitError {
  return new ExitError(
    EXIT.usage,
    message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`),
  );
}

/** The audit could not be carried out. */
export function noVerdict(message: string): ExitError {
  return new ExitError(EXIT.noVerdict, message);
}
