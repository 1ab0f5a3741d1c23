import { ok, type Result, type Secret } from "../../core/index.ts";
import { recipientOf } from "./age-identity.ts";
import { fault, guard } from "./faults.ts";
import { loadKey } from "./keys.ts";
import { checkStateDir, storePresence } from "./state-dir.ts";
import type { KeyName } from "./types.ts";

/** The secret half of a key: an `AGE-SECRET-KEY-1...` line for `runtime.agekey`, base64 of 32 bytes for the others. */
export function readKey(dir: string, name: KeyName): Result<Secret<string>> {
  return guard(() => {
    const places = checkStateDir(dir);
    if (places && storePresence(places) === "present") return ok(loadKey(places.keys, name));
    throw fault("NO_RECORD", "There is no store here yet, so it has no keys.", {
      remedy: "Apply once, or name the right folder: --state DIR",
    });
  });
}

/** The runtime's public half, `age1...`; null where there is no store yet. */
export function runtimeRecipient(dir: string): Result<string | null> {
  return guard(() => {
    const places = checkStateDir(dir);
    if (!places || storePresence(places) !== "present") return ok(null);
    return ok(recipientOf(loadKey(places.keys, "runtime.agekey").open()) ?? null);
  });
}
