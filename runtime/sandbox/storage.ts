import { createHash } from "node:crypto";
import { fail, isObject, LIMITS, ok, problem, type Json, type JsonObject, type Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** What one plugin keeps between calls: `{op: "get" | "set" | "delete" | "keys", key?, value?}` and the answer. */
export type PluginStorage = (request: JsonObject) => Result<Json>;

interface Kept {
  readonly slot: string;
  readonly bytes: number;
}

/**
 * What a plugin keeps, one sealed record a key, encrypted at rest. It counts keys and values in bytes of JSON;
 * what would pass the bound is refused and nothing is dropped for it.
 *
 * @param place - Whose: the owner and the plugin. Another owner's plugin of the same name has its own.
 */
export function sealedStorage(
  records: Pick<SealedRecords, "put" | "get" | "list" | "remove">,
  place: string,
  mostBytes: number,
): PluginStorage {
  const prefix = `plugin/${hashOf(place)}/`;
  let known: Map<string, Kept> | undefined;
  const index = (): Result<Map<string, Kept>> => {
    if (known) return ok(known);
    const slots = records.list(prefix);
    if (!slots.ok) return slots;
    known = new Map(
      slots.value.map(({ slot, head }) => {
        const { key } = JSON.parse(Buffer.from(head).toString("utf8")) as { readonly key: string };
        return [key, { slot, bytes: head.byteLength }] as const;
      }),
    );
    return ok(known);
  };
  const put = (kept: Map<string, Kept>, key: string, value: Json): Result<Json> => {
    const before = kept.get(key);
    const bytes = Buffer.from(JSON.stringify({ key, value }));
    const all = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0) - (before?.bytes ?? 0) + bytes.byteLength;
    if (all > mostBytes) return fail(full(`it would keep ${all} bytes; ${mostBytes} are allowed (limits.storage)`));
    if (!before && kept.size >= LIMITS.pluginStorageKeys) {
      return fail(full(`it keeps ${kept.size} keys; ${LIMITS.pluginStorageKeys} are allowed (limits.pluginStorageKeys)`));
    }
    const slot = before?.slot ?? `${prefix}${hashOf(key)}`;
    const done = records.put(slot, bytes);
    if (done.ok) kept.set(key, { slot, bytes: bytes.byteLength });
    return done.ok ? ok(null) : done;
  };
  return ({ op, key, value }) => {
    const found = index();
    if (!found.ok) return found;
    const kept = found.value;
    if (op === "keys") return ok([...kept.keys()].sort());
    if (typeof key !== "string" || key === "" || key.length > LIMITS.pluginStorageKeyChars) return fail(badKey());
    const before = kept.get(key);
    if (op === "get") return before ? valueIn(records.get(before.slot)) : ok(null);
    if (op === "delete") return before ? removed(records.remove(before.slot), kept, key) : ok(false);
    return op === "set" && value !== undefined ? put(kept, key, value) : fail(badKey());
  };
}

function removed(result: Result<unknown>, kept: Map<string, Kept>, key: string): Result<Json> {
  if (!result.ok) return result;
  kept.delete(key);
  return ok(true);
}

function valueIn(slot: ReturnType<SealedRecords["get"]>): Result<Json> {
  if (!slot.ok) return slot;
  const record: unknown = slot.value ? JSON.parse(Buffer.from(slot.value.head).toString("utf8")) : null;
  return ok(isObject(record) ? (record["value"] ?? null) : null);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function badKey(): ReturnType<typeof problem> {
  const detail = `What is kept has a key of 1 to ${LIMITS.pluginStorageKeyChars} characters (limits.pluginStorageKeyChars) and a value that is JSON.`;
  return problem("PLUGIN_LIMIT", { detail });
}

function full(why: string): ReturnType<typeof problem> {
  return problem("PLUGIN_LIMIT", { detail: `The plugin may not keep more: ${why}. Nothing was changed.` });
}
