import { text, whole, type HostBuiltin, type HostValue } from "./values.ts";

const MS = 1_000_000n;
const SECOND = 1_000_000_000n;
const DAY_MS = 86_400_000n;

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3])(:[0-5]\d:[0-5]\d)(?:\.(\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339 to nanoseconds since 1970. */
export const parseRfc3339: HostBuiltin = (value) => {
  const [, day = "", hour = "", rest = "", fraction = "", zone = "Z"] = INSTANT.exec(text(value)) ?? [];
  const local = Date.parse(`${day}T${hour}${rest}Z`);
  // A day that its month does not have turns into one of the next month.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(day)) throw new Error("an argument is not an RFC 3339 instant");
  const nanoseconds = BigInt(fraction.padEnd(9, "0").slice(0, 9));
  return inRange(BigInt(local - offsetMs(zone)) * MS + nanoseconds);
};

/** Of `Z` or `+02:00`. */
function offsetMs(zone: string): number {
  const [hours = 0, minutes = 0] = zone === "Z" ? [] : zone.slice(1).split(":").map(Number);
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: MS,
  s: SECOND,
  m: 60n * SECOND,
  h: 3_600n * SECOND,
};

const PARTS = /(?=\.?\d)(\d*)(?:\.(\d{0,18}))?(ns|us|µs|μs|ms|s|m|h)/g;

/** `1h30m` to nanoseconds. */
export const parseDuration: HostBuiltin = (value) => {
  const given = text(value);
  const rest = given.replace(/^[+-]/, "");
  if (rest === "0") return 0;
  const parts = [...rest.matchAll(PARTS)];
  if (rest === "" || parts.map(([part]) => part).join("") !== rest) throw new Error("an argument is not a duration");
  const total = parts.reduce((sum, [, units, fraction, unit = ""]) => sum + amountOf(units, fraction, UNITS[unit] ?? 0n), 0n);
  return inRange(given.startsWith("-") ? -total : total);
};

function amountOf(units: string | undefined, fraction: string | undefined, size: bigint): bigint {
  const digits = fraction ?? "";
  return BigInt(units || 0) * size + (BigInt(digits || 0) * size) / 10n ** BigInt(digits.length);
}

export const date: HostBuiltin = (value) => {
  const at = dateOf(value);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
};

export const clock: HostBuiltin = (value) => {
  const at = dateOf(value);
  return [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
};

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export const weekday: HostBuiltin = (value) => DAYS[dateOf(value).getUTCDay()] ?? "";

export const addDate: HostBuiltin = (value, years, months, days) => {
  const at = whole(value);
  const day = new Date(Number(floorDiv(at, MS * DAY_MS) * DAY_MS));
  const [y, m, d] = [years, months, days].map((each) => Number(whole(each)));
  day.setUTCFullYear(day.getUTCFullYear() + (y ?? 0), day.getUTCMonth() + (m ?? 0), day.getUTCDate() + (d ?? 0));
  if (Number.isNaN(day.getTime())) throw new Error("the instant is out of range");
  return inRange(BigInt(day.getTime()) * MS + (at - floorDiv(at, MS * DAY_MS) * DAY_MS * MS));
};

/** Nanoseconds, or `[nanoseconds, "UTC"]`: other time zones depend on the machine's table of them. */
function dateOf(value: HostValue | undefined): Date {
  const [ns, zone = "UTC"] = (Array.isArray(value) ? value : [value]) as readonly HostValue[];
  if (zone !== "UTC" && zone !== "") throw new Error("the only time zone is UTC");
  return new Date(Number(floorDiv(whole(ns), MS)));
}

function floorDiv(a: bigint, b: bigint): bigint {
  return a >= 0n || a % b === 0n ? a / b : a / b - 1n;
}

function inRange(ns: bigint): HostValue {
  if (BigInt.asIntN(64, ns) !== ns) throw new Error("the time is out of range");
  return Number.isSafeInteger(Number(ns)) ? Number(ns) : ns;
}
