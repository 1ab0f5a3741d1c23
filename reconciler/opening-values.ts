import { fail, failAll, nearest, ok, problem, Secret, shown, type Result } from "../core/index.ts";
import { openValue, type Identity, type ValueName } from "../trust/secrets/index.ts";
import { locate } from "./manifest/index.ts";
import type { SecretTree, StoredValue } from "./secret-tree.ts";

/**
 * The value as it counts in an environment: what is laid over wins. Where a Project has several
 * environments, `environment` says which; files that only others lay over do not count.
 */
export function storedValue(
  tree: SecretTree,
  { name, key }: ValueName,
  isOverlay: (path: string) => boolean | undefined,
): Result<StoredValue> {
  const named = tree.values.filter(({ value, file }) => value.name === name && isOverlay(file.path) !== undefined);
  const found = named.filter(({ value }) => value.key === key);
  const chosen = found.findLast(({ file }) => isOverlay(file.path) === true) ?? found[0];
  if (chosen) return ok(chosen);
  const others = named.length > 0 ? named.map(({ value }) => value.key) : tree.values.map(({ value }) => value.name);
  const near = nearest(named.length > 0 ? key : name, others);
  return fail(
    problem("SECRET_UNKNOWN", {
      detail: named.length > 0 ? `Secret/${name} declares no key ${shown(key)}.` : `No file declares Secret/${name}.`,
      remedy: near === undefined ? `Set it:\nmoltbot secret set ${name} ${key}` : `Did you mean "${near}"?`,
    }),
  );
}

/** The envelope as its manifest or its own file holds it, with one character a byte. */
export function envelopeOf({ value }: StoredValue, tree: SecretTree): string | undefined {
  if (value.form === "age") return value.envelope;
  const file = value.form === "file" ? tree.ageFiles.get(value.path) : undefined;
  return file && Buffer.from(file.bytes).toString("latin1");
}

/** Decrypts one value; `SECRET_ELSEWHERE` where there is nothing encrypted. */
export async function openStored(
  stored: StoredValue,
  tree: SecretTree,
  identities: readonly Identity[],
): Promise<Result<Secret<Uint8Array>>> {
  const { value, origin } = stored;
  const envelope = envelopeOf(stored, tree);
  if (envelope === undefined || (value.form !== "age" && value.form !== "file")) {
    const detail =
      value.form === "env"
        ? `Secret/${value.name} key ${shown(value.key)} is a variable of the runtime's environment.`
        : `Secret/${value.name} key ${shown(value.key)} has no value yet.`;
    const remedy = `moltbot secret set ${value.name} ${value.key}`;
    return failAll(locate([problem("SECRET_ELSEWHERE", { detail, remedy, origin })], tree.files));
  }
  const { name, key, recipients } = value;
  const opened = await openValue({ project: tree.projectName, name, key, recipients, envelope, identities });
  if (opened.ok) return ok(new Secret(opened.value));
  const placed = opened.diagnostics.map((each) => ({ ...each, origin }));
  return failAll(locate(placed, tree.files));
}
