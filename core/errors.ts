/**
 * A broken invariant: our bug, never the user's mistake. It ends the command with exit code 70 and
 * asks for a report. What a user can cause is a {@link Diagnostic}, not this.
 */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** Ends a switch over a closed union: a new member becomes a compile error at every use. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable value ${JSON.stringify(value)}`);
}
