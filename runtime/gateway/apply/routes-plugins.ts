import { ok, type Digest, type JsonObject, type Result } from "../../../core/index.ts";
import { checkPlugin, installPlugin } from "../../store/index.ts";
import { listOf, objectOf, text } from "../schema.ts";
import type { Call, Reply, Route } from "../types.ts";
import { archiveBytes, missingArchive } from "./commit.ts";
import { DIGEST } from "./schemas.ts";
import { READING, reply, WRITING, type ApplyWorld } from "./world.ts";

/** Plugins of one generation. */
const MOST = 1_000;
const NOTHING_BROUGHT: ReadonlyMap<Digest, Uint8Array> = new Map();
const ARCHIVES: JsonObject = objectOf({ archives: { type: "array", maxItems: MOST, items: DIGEST } });

/** Whether the unpacked plugins are as their archives say, and how those that are not come back. */
export function pluginRoutes(world: ApplyWorld): readonly Route[] {
  return [
    {
      ...READING,
      path: "/v2/record/plugins/check",
      id: "checkPlugins",
      summary: "Which installed plugins are gone, or not as their archives say",
      body: ARCHIVES,
      answer: objectOf({ wrong: listOf(objectOf({ archive: DIGEST, detail: text("What is wrong.") })) }),
      handle: async (call) => await checked(world, archivesIn(call)),
    },
    {
      ...WRITING,
      path: "/v2/record/plugins/install",
      id: "installPlugins",
      summary: "Install these again, from the archives that the record has",
      body: ARCHIVES,
      answer: objectOf({ installed: listOf(DIGEST) }),
      handle: async (call) => await installed(world, archivesIn(call)),
    },
  ];
}

function archivesIn({ body }: Call): readonly Digest[] {
  return [...new Set((body as unknown as { readonly archives: readonly Digest[] }).archives)];
}

async function checked({ dir, store }: ApplyWorld, archives: readonly Digest[]): Promise<Result<Reply>> {
  // What no generation names is nobody's to ask about.
  const known = store().knownValues(archives);
  if (!known.ok) return known;
  const wrong: JsonObject[] = [];
  for (const archive of archives) {
    const [found] = known.value.has(archive) ? await checkPlugin(dir, archive) : [missingArchive(archive)];
    if (found) wrong.push({ archive, detail: found.detail });
  }
  return ok(reply({ wrong }));
}

async function installed({ dir, store, mended }: ApplyWorld, archives: readonly Digest[]): Promise<Result<Reply>> {
  const done: Digest[] = [];
  for (const archive of archives) {
    const bytes = archiveBytes(store(), NOTHING_BROUGHT, archive);
    const put = bytes.ok ? await installPlugin(dir, bytes.value) : bytes;
    if (!put.ok) return put;
    if (put.value === "installed") done.push(archive);
  }
  if (done.length > 0) mended();
  return ok(reply({ installed: done }));
}
