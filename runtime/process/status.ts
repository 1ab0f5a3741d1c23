import { byCodeUnit, mapResult, type Diagnostic, type Result } from "../../core/index.ts";
import { undeliveredAnswers } from "../conversations/index.ts";
import type { HouseStatus, OwnerStatus } from "../gateway/index.ts";
import type { LiveOwner, LiveState } from "../live/index.ts";
import type { ApiParts } from "./api-routes.ts";

type StatusParts = Pick<
  ApiParts,
  "live" | "channels" | "plugins" | "gate" | "conversations" | "schedules" | "protection" | "records" | "log"
>;

/** What the running parts say of themselves. */
export async function houseStatus(parts: StatusParts): Promise<Result<HouseStatus>> {
  const state = parts.live().state();
  if (!state.ok) return state;
  const { by, why } = await parts.protection();
  const kept = undeliveredAnswers(parts.records());
  if (!kept.ok) return kept;
  return mapResult(parts.gate().approvals.list(), (waiting) => ({
    owners: ownersOf(state.value),
    channels: parts.channels(),
    plugins: parts.plugins(),
    approvalsWaiting: waiting.filter((each) => each.state === "asked").length,
    undeliveredAnswers: parts.conversations().undelivered(),
    keptAnswers: kept.value.length,
    schedules: parts
      .schedules()
      .list()
      .map(({ owner, agent, name, next }) => ({ owner, agent, name, next })),
    commands: { by, why },
    log: parts.log,
  }));
}

function ownersOf({ owners, broken }: LiveState): readonly OwnerStatus[] {
  const stopped = [...broken].map(([owner, problems]) => ({
    owner,
    generation: null,
    lacks: [],
    holds: [],
    remarks: problems.map(toldOf),
  }));
  return [...[...owners.values()].map(ownerOf), ...stopped].sort((a, b) => byCodeUnit(a.owner, b.owner));
}

function ownerOf({ owner, active, holds, remarks }: LiveOwner): OwnerStatus {
  return {
    owner,
    generation: active.generation.number,
    lacks: [...active.loaded.lacks].map(([address, lacks]) => ({ address, lacks })),
    holds: holds.map(({ id, selector, reason, until }) => ({ id, selector, reason, until: until ?? null })),
    remarks: remarks.map(toldOf),
  };
}

function toldOf({ code, detail }: Diagnostic): string {
  return `${code}: ${detail}`;
}
