import {
  addressOf,
  isArray,
  isObject,
  parseDuration,
  shown,
  valueAt,
  type Address,
  type Instant,
  type JsonObject,
  type Resource,
} from "../../core/index.ts";

/** Something that people owe a value: nothing is refused because of it, and nothing is changed by itself. */
export interface SecretObligation {
  readonly code: "SECRET_ROTATION_DUE" | "SECRET_ROTATE_UPSTREAM" | "SECRET_AGE_UNKNOWN";
  readonly address: Address;
  readonly key: string;
  /** Since when it is owed; null where nobody can tell. */
  readonly since: Instant | null;
  readonly message: string;
}

export interface SecretObligations {
  /** By address, then key. */
  readonly open: readonly SecretObligation[];
  /** The earliest instant after `now` at which another one opens; null when none does. */
  readonly opensAt: Instant | null;
}

/**
 * What is owed to the values of some Secrets: a change that is due by `rotation.every`, counted from the
 * declared `setAt`, and one that is due since somebody who knew the value was removed. Pure: everything is
 * declared, and the present is an argument.
 */
export function secretObligations(resources: readonly Resource[], now: Date): SecretObligations {
  const open: SecretObligation[] = [];
  let opensAt: Instant | null = null;
  for (const resource of resources) {
    if (resource.kind !== "Secret") continue;
    for (const { key, source } of sourcesOf(resource)) {
      const address = addressOf(resource.kind, resource.metadata.name);
      const due = rotation(resource, source);
      if (isObject(source["rotate"])) open.push(upstream(address, key, source["rotate"]));
      if (due === "unknown") open.push(unknownAge(address, key));
      else if (due !== undefined && due.at <= now.getTime()) open.push(overdue(address, key, due));
      else if (due !== undefined && (opensAt === null || due.at < Date.parse(opensAt))) opensAt = instantOf(due.at);
    }
  }
  const text = ({ address, key, code }: SecretObligation): string => `${address}#${key} ${code}`;
  return { open: open.sort((a, b) => (text(a) < text(b) ? -1 : 1)), opensAt };
}

interface Due {
  readonly at: number;
  readonly setAt: string;
  readonly every: string;
}

/** Values that exist: of `pending` ones nothing is owed. */
function sourcesOf(resource: Resource): readonly { readonly key: string; readonly source: JsonObject }[] {
  const values = resource.spec["values"];
  return Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) =>
    ["age", "file", "env"].flatMap((form) => {
      const source = isObject(value) ? value[form] : undefined;
      return isObject(source) ? [{ key, source }] : [];
    }),
  );
}

function rotation(resource: Resource, source: JsonObject): Due | "unknown" | undefined {
  const every = valueAt(resource.spec, ["rotation", "every"]);
  const lifeMs = typeof every === "string" ? parseDuration(every) : undefined;
  if (typeof every !== "string" || lifeMs === undefined) return undefined;
  const setAt = source["setAt"];
  const at = typeof setAt === "string" ? Date.parse(setAt) : Number.NaN;
  return typeof setAt !== "string" || Number.isNaN(at) ? "unknown" : { at: at + lifeMs, setAt, every };
}

/** As far as the calendar of the format goes; a duration that leads beyond is never reached. */
function instantOf(ms: number): Instant {
  return new Date(Math.min(ms, Date.parse("9999-12-31T23:59:59Z"))).toISOString();
}

function overdue(address: Address, key: string, { at, setAt, every }: Due): SecretObligation {
  const since = instantOf(at);
  return {
    code: "SECRET_ROTATION_DUE",
    address,
    key,
    since,
    message: `key ${shown(key)} was set at ${setAt} and is to be changed every ${every}: it has been due since ${since}`,
  };
}

function upstream(address: Address, key: string, rotate: JsonObject): SecretObligation {
  const { since, removed } = rotate;
  const count = isArray(removed) ? removed.length : 0;
  return {
    code: "SECRET_ROTATE_UPSTREAM",
    address,
    key,
    since: typeof since === "string" ? since : null,
    message: `key ${shown(key)} is known to ${count} ${count === 1 ? "recipient" : "recipients"} removed since ${typeof since === "string" ? since : "an unknown time"}: change it where it came from, then set it again`,
  };
}

function unknownAge(address: Address, key: string): SecretObligation {
  return {
    code: "SECRET_AGE_UNKNOWN",
    address,
    key,
    since: null,
    message: `key ${shown(key)} is to be changed regularly, but has no setAt that says when it was set`,
  };
}
