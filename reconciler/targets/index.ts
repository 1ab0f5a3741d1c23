/**
 * targets: the systems that plans are applied to. `embedded` is our runtime's store on this machine.
 */
import { resolve as resolvePath } from "node:path";
import { fail, ok, problem, type Result } from "../../core/index.ts";
import type { TargetFacts } from "../project.ts";
import type { World } from "../types.ts";
import { deviceKeyFor, readDeviceKey } from "../../runtime/client/index.ts";
import { tlsExceptionsOf } from "../../runtime/load/index.ts";
import { embeddedTarget } from "./embedded/index.ts";
import { gatewayTarget } from "./gateway/index.ts";
import type { Target } from "./types.ts";

export type { CommitFacts, Lock, Observation, Step, StepResult, Target, Values } from "./types.ts";

/** The state folder where none is named. */
export const DEFAULT_STATE_FOLDER = ".moltbot";

/** Where a target's record is looked for: `--state`, else the Project's `target.state`, else `.moltbot` beside moltbot.yaml. */
export function stateFolder(target: TargetFacts, folder: string, state: string | undefined): string {
  return state !== undefined ? resolvePath(state) : resolvePath(folder, target.state ?? DEFAULT_STATE_FOLDER);
}

/** The target that a Project names. */
export function openTarget(target: TargetFacts, folder: string, state: string | undefined, world: World): Result<Target> {
  const dir = stateFolder(target, folder, state);
  const other = world.targets?.[target.type];
  if (other) return ok(other(dir));
  if (target.type === "embedded") {
    const { version, kinds, clock, ids } = world;
    // A runtime that is to be among recipients of one type needs a key of that type.
    const storeKeys = { ...(target.recipientType && { runtime: target.recipientType }), ...world.storeKeys };
    return ok(embeddedTarget({ dir, version, schema: kinds.digest, clock, ids, storeKeys }));
  }
  if (target.type === "gateway") return openGateway(target, world);
  return fail(
    problem("KIND_NOT_YET", {
      detail: `The target type "${target.type}" cannot be applied to by this version; "embedded" and "gateway" can.`,
      remedy: "Use target: {type: embedded} in moltbot.yaml.",
      context: { target: target.type },
    }),
  );
}

function openGateway({ url, policies }: TargetFacts, { version, kinds, clock, signal, deviceKeys }: World): Result<Target> {
  if (url === null)
    return fail(
      problem("GATEWAY_ADDRESS", {
        detail: "The target gateway has no address.",
        remedy: "Say it in moltbot.yaml:\ntarget: {type: gateway, url: https://bots.acme.example}",
      }),
    );
  const key = (): ReturnType<typeof readDeviceKey> => {
    const kept = deviceKeys?.();
    return readDeviceKey(kept?.named ?? (kept && deviceKeyFor(kept.folder, new URL(url).origin)) ?? "(none)");
  };
  return ok(gatewayTarget({ url, key, version, schema: kinds.digest, clock, signal, tls: tlsExceptionsOf({ policies }) }));
}
