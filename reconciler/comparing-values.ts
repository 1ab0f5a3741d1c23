import { isDigest, isObject, ok, valueAt, type Digest, type Json, type Resource, type Result } from "../core/index.ts";
import { openValue, type Identity } from "../trust/secrets/index.ts";
import { readDesired } from "./desired.ts";
import { open } from "./opened.ts";
import type { FieldChange, Plan } from "./plan/index.ts";
import type { Query, World } from "./types.ts";

/** What encrypted values that changed turned out to be, by {@link pairOf}. What could not be opened is not there. */
export type ComparedValues = ReadonlyMap<string, "same" | "other">;

/** The name of a change from one envelope to another; null for any other change. */
export function pairOf({ before, after, sensitive }: Pick<FieldChange, "before" | "after" | "sensitive">): string | null {
  return sensitive && isDigest(before) && isDigest(after) ? `${before} ${after}` : null;
}

/** Is there anything to open? */
export function hasReplacedValues({ body }: Plan): boolean {
  return body.changes.some((change) => change.fields.some((field) => pairOf(field) !== null));
}

/**
 * Opens both sides of each envelope that a plan replaces, and says whether the value is the same. For the
 * eyes of whoever holds an identity: the plan itself is the same for everybody, and never says it.
 */
export async function compareValues(
  plan: Plan,
  identities: readonly Identity[],
  query: Query,
  world: World,
): Promise<Result<ComparedValues>> {
  const changed = plan.body.changes.filter((change) => change.fields.some((field) => pairOf(field) !== null));
  const found = new Map<string, "same" | "other">();
  if (changed.length === 0 || identities.length === 0) return ok(found);
  const [desired, opened] = [await readDesired(query, world), await open(query, world)];
  if (!desired.ok) return desired;
  if (!opened.ok) return opened;
  const { target, owner } = opened.value;
  const recorded = await target.record.resources(owner, plan.body.target.generation);
  if (!recorded.ok) return recorded;
  const known = await target.record.values(changed.flatMap(({ fields }) => fields.map(({ before }) => before).filter(isDigest)));
  if (!known.ok) return known;
  const common = { project: plan.body.project, identities };
  for (const { address, from, after, fields } of changed) {
    const before = recorded.value.get(from ?? address);
    if (!before || !after) continue;
    const old = { ...common, resource: before, bytesOf: (digest: Digest) => known.value.get(digest) };
    const next = { ...common, resource: after, bytesOf: (digest: Digest) => desired.value.config.values.get(digest) };
    for (const pair of fields.flatMap((field) => pairOf(field) ?? [])) {
      const sameness = await compared(pair, old, next);
      if (sameness) found.set(pair, sameness);
    }
  }
  return ok(found);
}

async function compared(pair: string, old: Omit<Side, "digest">, next: Omit<Side, "digest">): Promise<"same" | "other" | undefined> {
  const [before = "", after = ""] = pair.split(" ");
  const was = await opening({ ...old, digest: before });
  const is = was && (await opening({ ...next, digest: after }));
  return is && (Buffer.compare(was, is) === 0 ? "same" : "other");
}

interface Side {
  readonly resource: Resource;
  readonly digest: string;
  readonly bytesOf: (digest: Digest) => Uint8Array | undefined;
  readonly project: string;
  readonly identities: readonly Identity[];
}

/** The bytes of one side; undefined where they are lost or none of the identities opens them. */
async function opening({ resource, digest, bytesOf, project, identities }: Side): Promise<Uint8Array | undefined> {
  const place = placeIn(resource, digest);
  const bytes = isDigest(digest) ? bytesOf(digest) : undefined;
  if (!place || !bytes) return undefined;
  const envelope = Buffer.from(bytes).toString("latin1");
  const value = await openValue({ project, name: resource.metadata.name, ...place, envelope, identities });
  return value.ok ? value.value : undefined;
}

/** Which value of a Secret the envelope of that digest is, and who it says can open it. */
function placeIn(resource: Resource, digest: string): { readonly key: string; readonly recipients: readonly string[] | null } | undefined {
  const values = valueAt(resource as unknown as Json, ["spec", "values"]);
  if (!isObject(values)) return undefined;
  for (const [key, value] of Object.entries(values)) {
    const form = isObject(value) ? Object.values(value).find((each) => isObject(each) && Object.values(each).includes(digest)) : undefined;
    if (!isObject(form)) continue;
    const { recipients } = form;
    return { key, recipients: Array.isArray(recipients) ? recipients.filter((each) => typeof each === "string") : null };
  }
  return undefined;
}
