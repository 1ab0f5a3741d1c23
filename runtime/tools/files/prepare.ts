import { isArray, LIMITS, ok, type JsonObject, type Result } from "../../../core/index.ts";
import { canonicaliseRequest } from "../../../trust/capability/index.ts";
import type { Tool, ToolScope } from "../../gate/index.ts";
import type { Live } from "../../live/index.ts";
import { textIn } from "../define.ts";
import { objectIn } from "../place.ts";
import { isThere, writeBytes } from "./bytes.ts";
import { accessOf } from "./access.ts";
import { checkQuota } from "./walk.ts";

/** Tools that look at the workspace. */
const USING = /^(?:fs\.|exec\.|memory\.search$)/;

/**
 * Puts the files that an agent declares for its workspace there, when it first uses it after a start or after they
 * changed. What is there already is left alone, whatever it says.
 */
export function preparing(live: () => Live): (tool: Tool) => Tool {
  const done = new Map<string, JsonObject>();
  return (tool) => {
    if (!USING.test(tool.name)) return tool;
    return {
      ...tool,
      run: async (call, scope, signal) => {
        const ready = prepare(live(), scope, done);
        return ready.ok ? await tool.run(call, scope, signal) : ready;
      },
    };
  };
}

function prepare(live: Live, { run, workspace }: ToolScope, done: Map<string, JsonObject>): Result<void> {
  const found = live.agent(run.owner, run.agent);
  if (!found.ok) return found;
  const declared = objectIn(found.value.agent.resource.spec["workspace"]);
  const key = JSON.stringify([run.owner, run.agent]);
  // The very same value as long as nothing was applied.
  if (done.get(key) === declared) return ok(undefined);
  const access = accessOf(live, run);
  if (!access.ok) return access;
  const files = declared["files"];
  for (const each of isArray(files) ? files : []) {
    const file = objectIn(each);
    const path = canonicaliseRequest("path", textIn(file, "path", ""));
    if (!path.ok) return path;
    const put = putOnce(workspace, path.value, Buffer.from(textIn(file, "content", "")), access.value.diskBytes);
    if (!put.ok) return put;
  }
  if (done.size >= LIMITS.sessionsKnown) done.clear();
  done.set(key, declared);
  return ok(undefined);
}

function putOnce(workspace: string, path: string, bytes: Buffer, diskBytes: number): Result<void> {
  const there = isThere(workspace, path);
  // A folder on the way that is missing is made; anything else in the way is somebody's, and stays.
  const isMissing = there.ok ? !there.value : there.diagnostics.some(({ code }) => code === "FILE_NOT_FOUND");
  return isMissing ? writeBytes(workspace, path, bytes, () => checkQuota(workspace, bytes.length, diskBytes)) : ok(undefined);
}
