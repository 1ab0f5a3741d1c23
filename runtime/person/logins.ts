import { ok, type JsonObject, type Result } from "../../core/index.ts";
import { loginsAmong, principalIdOf, readDevices, writeDevices, type DeviceRecord, type Identity } from "../auth/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Keeper, PersonIds } from "./types.ts";

/** By the id that audit and conversations know, or by what the provider or the key is called itself. */
function isTheirs(identity: Identity, ids: PersonIds): boolean {
  if (ids.has(principalIdOf(identity))) return identity.kind !== "local";
  if (identity.kind === "oidc") return ids.has(identity.subject);
  return identity.kind === "ssh" && ids.has(identity.key);
}

/** Logins: who it is, in which role, since when, and the refresh token that is good now. */
export const loginKeeper: Keeper = {
  name: "logins",
  find: (records, ids) => {
    const found = loginsAmong(records, (identity) => isTheirs(identity, ids));
    if (!found.ok) return found;
    return ok(
      found.value.map(({ login: { id, identity, role, createdAt, usedAt, expiresAt } }) => ({
        place: `login ${id}`,
        content: { identity, role, createdAt, usedAt, expiresAt },
      })),
    );
  },
  remove: (records, ids) => {
    const found = loginsAmong(records, (identity) => isTheirs(identity, ids));
    if (!found.ok) return found;
    for (const { slot } of found.value) {
      const removed = records.remove(slot);
      if (!removed.ok) return removed;
    }
    return ok(found.value.length);
  },
};

/** Device keys that somebody had made known, also by the name that their Team has for them. */
export const deviceKeeper: Keeper = {
  name: "devices",
  find: (records, ids) => {
    const parted = devicesOf(records, ids);
    if (!parted.ok) return parted;
    return ok(parted.value.theirs.map((device) => ({ place: `device ${device.name}`, content: device as unknown as JsonObject })));
  },
  remove: (records, ids) => {
    const parted = devicesOf(records, ids);
    if (!parted.ok || parted.value.theirs.length === 0) return parted.ok ? ok(0) : parted;
    const written = writeDevices(records, parted.value.others);
    return written.ok ? ok(parted.value.theirs.length) : written;
  },
};

/** Whose devices they are, told apart. */
export function devicesOf(
  records: SealedRecords,
  ids: PersonIds,
): Result<{ readonly theirs: readonly DeviceRecord[]; readonly others: readonly DeviceRecord[] }> {
  const all = readDevices(records);
  if (!all.ok) return all;
  const isOf = ({ name, identity, person }: DeviceRecord): boolean =>
    isTheirs(identity, ids) || ids.has(`device:${name}`) || (identity.kind !== "local" && ids.has(person));
  const devices = [...all.value.values()];
  return ok({ theirs: devices.filter(isOf), others: devices.filter((each) => !isOf(each)) });
}
