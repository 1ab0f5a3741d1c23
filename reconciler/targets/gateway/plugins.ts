import {
  isDigest,
  mapResult,
  ok,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type Digest,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import type { Client } from "../../../runtime/client/index.ts";
import { archivesOf } from "../../../trust/signatures/index.ts";
import { readAs, WRONG_PLUGINS } from "./forms.ts";

/** Which plugins of the gateway are gone, or not as their archives say. Whoever cannot be asked has told so already. */
export async function inspectPlugins(client: Client, resources: readonly Resource[], signal: AbortSignal): Promise<readonly Diagnostic[]> {
  const archives = archivesOf(resources);
  if (archives.length === 0) return [];
  const asked = await client.ask("POST", "/v2/record/plugins/check", { archives: digestsOf(archives) }, signal);
  const answer = readAs<{ readonly wrong: readonly { readonly archive: Digest; readonly detail: string }[] }>(
    asked,
    WRONG_PLUGINS,
    "its plugins",
  );
  if (!answer.ok) return answer.diagnostics;
  const said = new Map(answer.value.wrong.map(({ archive, detail }) => [archive, detail]));
  return archives.flatMap(({ address, archive }) => {
    const detail = said.get(archive);
    if (detail === undefined) return [];
    return problem("PLUGIN_CORRUPT", {
      detail: `${address}: ${shown(detail, DETAIL_CHARS)}`,
      remedy: "Find out on the gateway's machine what changed it. An apply installs it again:\n  moltbot apply",
      context: { address, digest: archive },
    });
  });
}

/** Has them installed again, from the archives in the gateway's own record. */
export async function mendPlugins(
  client: Client,
  resources: readonly Resource[],
  signal: AbortSignal,
): Promise<Result<readonly Address[]>> {
  const archives = archivesOf(resources);
  if (archives.length === 0) return ok([]);
  const answer = await client.ask("POST", "/v2/record/plugins/install", { archives: digestsOf(archives) }, signal);
  return mapResult(answer, ({ installed }) => {
    const done = new Set((Array.isArray(installed) ? installed : []).filter((each) => isDigest(each)));
    return archives.flatMap(({ address, archive }) => (done.has(archive) ? [address] : []));
  });
}

const DETAIL_CHARS = 600;

function digestsOf(archives: ReturnType<typeof archivesOf>): Digest[] {
  return [...new Set(archives.map(({ archive }) => archive))];
}
