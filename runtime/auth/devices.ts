import {
  fail,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  type Clock,
  type Json,
  type JsonObject,
  type Result,
} from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";
import { identityFrom } from "./identity.ts";
import { isRole } from "./roles.ts";
import { damaged, readSealed, writeSealed } from "./sealed.ts";
import type { Device, Identity } from "./types.ts";

export interface DeviceRecord extends Device {
  /** Of whoever minted it. */
  readonly identity: Identity;
}

export interface Devices {
  readonly all: () => readonly DeviceRecord[];
  readonly get: (name: string) => DeviceRecord | undefined;
  readonly add: (device: DeviceRecord) => Result<void>;
  readonly remove: (name: string) => Result<boolean>;
  /** Lets go of those that are not in the store any more. @returns their names */
  readonly lookAgain: () => Result<readonly string[]>;
}

const SLOT = "auth/devices";
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PUBLIC_KEY = /^[A-Za-z0-9_-]{43}$/;

export function openDevices(records: SealedRecords, clock: Clock): Result<Devices> {
  const kept = readDevices(records);
  if (!kept.ok) return kept;
  const known = kept.value;
  const write = (): Result<void> => writeDevices(records, [...known.values()]);
  const live = (name: string): DeviceRecord | undefined => {
    const device = known.get(name);
    return device && Date.parse(device.expiresAt) > clock.now().getTime() ? device : undefined;
  };
  return ok({
    all: () => [...known.values()].filter(({ name }) => live(name)),
    get: live,
    add: (device) => {
      const wrong = fault(device, known, live);
      if (wrong) return wrong;
      known.set(device.name, device);
      const written = write();
      if (!written.ok) known.delete(device.name);
      return written;
    },
    remove: (name) => {
      const was = known.delete(name);
      const written = was ? write() : ok(undefined);
      return written.ok ? ok(was) : written;
    },
    lookAgain: () => {
      const there = readDevices(records);
      if (!there.ok) return there;
      const gone = [...known.keys()].filter((name) => !there.value.has(name));
      for (const name of gone) known.delete(name);
      return ok(gone);
    },
  });
}

/** Every device in the store, by name. */
export function readDevices(records: SealedRecords): Result<Map<string, DeviceRecord>> {
  const kept = readSealed(records, SLOT);
  if (!kept.ok) return kept;
  const known = devicesFrom(kept.value);
  return known ? ok(known) : damaged("The list of devices");
}

export function writeDevices(records: SealedRecords, devices: readonly DeviceRecord[]): Result<void> {
  return writeSealed(records, SLOT, { formatVersion: "1.0", devices } as unknown as JsonObject);
}

function fault(
  { name, publicKey }: Device,
  known: Map<string, DeviceRecord>,
  live: (name: string) => DeviceRecord | undefined,
): Result<never> | undefined {
  for (const each of known.keys()) if (!live(each)) known.delete(each);
  if (!NAME.test(name))
    return fail(problem("AUTH_INVALID", { detail: `A device's name has lower-case letters, digits and dashes; found ${shown(name)}.` }));
  if (!PUBLIC_KEY.test(publicKey) || Buffer.from(publicKey, "base64url").length !== 32)
    return fail(problem("AUTH_INVALID", { detail: "A device's public key is the 32 bytes of an Ed25519 key, base64url." }));
  if (known.has(name) || [...known.values()].some((each) => each.publicKey === publicKey))
    return fail(
      problem("AUTH_INVALID", {
        detail: `There is a device of this name or with this key already: ${shown(name)}.`,
        remedy: `moltbot gateway devices revoke device:${name}`,
      }),
    );
  if (known.size >= LIMITS.devices)
    return fail(
      problem("AUTH_LIMIT", {
        detail: `There are ${known.size} devices; limits.devices is ${LIMITS.devices}.`,
        remedy: "Revoke those that nobody uses:\nmoltbot gateway devices",
      }),
    );
  return undefined;
}

function devicesFrom(value: Json | null): Map<string, DeviceRecord> | undefined {
  if (value === null) return new Map();
  const list = isObject(value) ? value["devices"] : undefined;
  const devices = isArray(list) ? list.map(deviceFrom) : [undefined];
  return devices.every((each) => each !== undefined) ? new Map(devices.map((each) => [each.name, each])) : undefined;
}

function deviceFrom(value: Json): DeviceRecord | undefined {
  if (!isObject(value)) return undefined;
  const { name, publicKey, person, role, createdAt, expiresAt } = value;
  const identity = identityFrom(value["identity"]);
  if (![name, publicKey, person, createdAt, expiresAt].every((each) => typeof each === "string") || !isRole(role) || !identity)
    return undefined;
  const texts = { name, publicKey, person, createdAt, expiresAt } as Readonly<
    Record<"name" | "publicKey" | "person" | "createdAt" | "expiresAt", string>
  >;
  return { ...texts, role, identity };
}
