import { fail, isObject, ok, problem, type Origin, type Result } from "../core/index.ts";
import { openSource, readProject } from "./desired.ts";
import type { Source } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/**
 * The trust root that the Project names, as its bytes. Reads moltbot.yaml and that one file: what is
 * verified by hand is verified while the rest of the tree is broken.
 *
 * @returns null where the Project names none.
 */
export async function trustRootOf(query: Query, world: World): Promise<Result<Uint8Array | null>> {
  const opened = await openSource(query, world);
  if (!opened.ok) return opened;
  const { source } = opened.value;
  try {
    const written = readProject(source.project, world.kinds);
    if (!written.resource) return { ok: false, diagnostics: written.diagnostics };
    const { spec } = written.resource.value;
    const trust = isObject(spec) ? spec["trust"] : undefined;
    const root = isObject(trust) ? trust["root"] : undefined;
    if (typeof root === "string") return ok(new TextEncoder().encode(root));
    const path = isObject(root) ? root["file"] : undefined;
    return typeof path === "string" ? await readRoot(source, path) : ok(null);
  } finally {
    await source.close();
  }
}

async function readRoot(source: Source, path: string): Promise<Result<Uint8Array>> {
  const origin: Origin = { file: source.project.path, document: 0, pointer: "/spec/trust/root/file", part: "value" };
  const read = await source.read([{ path, origin }]);
  const file = read.ok ? read.value.get(path) : undefined;
  if (file) return ok(file.bytes);
  const why = read.ok ? "" : ` ${read.diagnostics.map((each) => each.detail).join(" ")}`;
  return fail(
    problem("TRUST_ROOT_MISSING", {
      detail: `The trust root that moltbot.yaml names cannot be read.${why}`,
      remedy: "Add the file to the repository, or name one here:\n  --trusted-root FILE",
      context: { path },
    }),
  );
}
