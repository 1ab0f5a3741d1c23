import { ok, type Hold, type Owner, type Result } from "../core/index.ts";
import type { FreezeWish, Frozen, IncidentWorld } from "../runtime/gate/index.ts";
import { askAs } from "./gateway-access.ts";
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

/** A hold at a gateway elsewhere. */
export async function freezeAt(session: Session, url: string, { selector, reason, tools, until }: FreezeWish): Promise<Result<Frozen>> {
  const body = { selector, reason, ...(tools.length === 0 ? {} : { tools: [...tools] }), ...(until === null ? {} : { until }) };
  const made = await askAs(session, url, "POST", "/v2/holds", body);
  if (!made.ok) return made;
  const all = await holdsAt(session, url);
  if (!all.ok) return all;
  const ids = new Set((made.value["holds"] as unknown as readonly { readonly id: string }[]).map(({ id }) => id));
  return ok({ holds: all.value.filter(({ id }) => ids.has(id)), isRunning: true });
}

/** @param id - Or how it begins. */
export async function unfreezeAt(session: Session, url: string, id: string, reason: string): Promise<Result<Frozen>> {
  const all = await holdsAt(session, url);
  if (!all.ok) return all;
  const found = all.value.filter((each) => each.id.startsWith(id));
  const [hold] = found.length === 1 ? found : [];
  const path = `/v2/holds/${encodeURIComponent(hold?.id ?? id)}?reason=${encodeURIComponent(reason)}`;
  const lifted = await askAs(session, url, "DELETE", hold ? `${path}&owner=${encodeURIComponent(hold.owner)}` : path);
  return lifted.ok ? ok({ holds: hold ? [hold] : [], isRunning: true }) : lifted;
}

async function holdsAt(session: Session, url: string): Promise<Result<readonly Hold[]>> {
  const status = await askAs(session, url, "GET", "/v2/status");
  if (!status.ok) return status;
  const holds: Hold[] = [];
  for (const { owner } of status.value["owners"] as unknown as readonly { readonly owner: Owner }[]) {
    const listed = await askAs(session, url, "GET", `/v2/holds?limit=200&owner=${encodeURIComponent(owner)}`);
    if (!listed.ok) return listed;
    holds.push(...(listed.value["items"] as unknown as readonly Hold[]));
  }
  return ok(holds);
}
