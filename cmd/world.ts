import { randomBytes } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { firstUnsafe, systemClock, type Actor } from "../core/index.ts";
import type { Progress, World } from "../reconciler/types.ts";
import { configFolder } from "./config-folder.ts";
import { UsageError } from "./usage.ts";
import { packageVersion } from "./version.ts";

const MAX_ACTOR_CHARS = 200;

/** The world of this process: its clock, its randomness, its user, the kinds of this build. */
export async function processWorld(given: {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly progress: (event: Progress) => void;
}): Promise<World> {
  const { KINDS } = await import("../schemas/index.ts");
  return {
    clock: systemClock,
    ids: { next: () => randomBytes(16).toString("hex") },
    actor: given.actor,
    kinds: KINDS,
    version: packageVersion(),
    signal: given.signal,
    progress: given.progress,
    deviceKeys,
  };
}

/** Where device keys are: the file that `MOLTBOT_DEVICE_KEY` names, and the folder of those that were made here. */
export function deviceKeys(): { readonly named: string | undefined; readonly folder: string } {
  const named = process.env["MOLTBOT_DEVICE_KEY"];
  return { named: named === "" ? undefined : named, folder: path.join(configFolder(), "devices") };
}

/** What `--actor` says, else `user@host`. It ends up in the record, so it must be plain text. */
export function actorOf(given: string | undefined): Actor {
  const actor = given ?? `${userName()}@${os.hostname()}`;
  if (actor.trim() === "" || actor.length > MAX_ACTOR_CHARS || firstUnsafe(actor) !== undefined) {
    throw new UsageError(`--actor takes 1 to ${MAX_ACTOR_CHARS} visible characters.`);
  }
  return actor;
}

/** A user without an entry in the user database still has a number. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
}
