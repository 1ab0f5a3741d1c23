import { ok, type Owner, type Result } from "../core/index.ts";
import type { IncidentWorld } from "../runtime/gate/index.ts";
import type { Session } from "./session.ts";

/** Where a command acts that needs no repository: on the whole store that `--state` names, else for the Project here. */
export async function incidentWorld(session: Session): Promise<Result<IncidentWorld>> {
  const world = await session.world();
  const { stateOf } = await import("./state-of.ts");
  const state = await stateOf(session);
  if (!state.ok) return state;
  const owner = await ownerOf(session);
  if (!owner.ok) return owner;
  return ok({ dir: state.value, owner: owner.value, actor: world.actor, clock: world.clock, ids: world.ids });
}

async function ownerOf(session: Session): Promise<Result<Owner | null>> {
  if (session.query.state !== undefined) return ok(null);
  const { place } = await import("../reconciler/engine.ts");
  const found = await place(session.query, await session.world());
  return found.ok ? ok(found.value.owner) : found;
}
