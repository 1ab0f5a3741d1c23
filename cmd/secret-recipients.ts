import { place, type Place } from "../reconciler/engine.ts";
import { ok, type Result } from "../core/index.ts";
import type { Session } from "./session.ts";

/**
 * The recipients beside those of the Project: those of the command line, else, where the Project names
 * no target recipient, the runtime of this machine if it has been started once.
 */
export async function ownRecipients(session: Session, given: readonly string[]): Promise<Result<readonly string[]>> {
  const found = await place(session.query, await session.world());
  if (!found.ok) return found;
  const { target, state, recipient }: Place = found.value;
  if (target !== "embedded" || recipient !== null) return ok(given);
  const { runtimeRecipient } = await import("../runtime/store/index.ts");
  const own = runtimeRecipient(state);
  if (!own.ok) return own;
  return ok(own.value === null ? given : [...given, own.value]);
}
