import path from "node:path";
import { ok, type Result } from "../core/index.ts";
import { place } from "../reconciler/engine.ts";
import type { Session } from "./session.ts";

/**
 * The state folder that a command about the running gateway means: what `--state` says, as it stands, since
 * a gateway needs no repository; else that of the Project.
 */
export async function stateOf(session: Session): Promise<Result<string>> {
  const { state } = session.query;
  if (state !== undefined) return ok(path.resolve(state));
  const found = await place(session.query, await session.world());
  return found.ok ? ok(found.value.state) : found;
}
