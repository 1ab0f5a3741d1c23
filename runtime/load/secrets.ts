import { isArray, isDigest, isObject, type Json, type Resource } from "../../core/index.ts";
import { objectAt, textAt } from "./read-spec.ts";
import type { SecretSource } from "./types.ts";

/** The values of one Secret by key. A value of a form we do not know counts as pending: it cannot be opened. */
export function loadSecret(resource: Resource): ReadonlyMap<string, SecretSource> {
  const values = objectAt(resource.spec, "values") ?? {};
  return new Map(Object.entries(values).map(([key, value]) => [key, sourceOf(value)]));
}

const PENDING: SecretSource = { kind: "pending" };

/** In a row the envelope, or the path of an `.age` file, is the digest of its bytes. */
function sourceOf(value: Json): SecretSource {
  if (!isObject(value)) return PENDING;
  const age = objectAt(value, "age");
  if (age) return envelope(age["envelope"], age["recipients"]);
  const file = objectAt(value, "file");
  if (file) return envelope(file["path"], file["recipients"]);
  const name = textAt(objectAt(value, "env") ?? {}, "name");
  return name === undefined ? PENDING : { kind: "env", name };
}

function envelope(digest: Json | undefined, recipients: Json | undefined): SecretSource {
  if (!isDigest(digest)) return PENDING;
  const list = isArray(recipients) ? recipients.filter((item) => typeof item === "string") : null;
  return { kind: "age", envelope: digest, recipients: list };
}
