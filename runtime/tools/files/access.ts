import { fail, ok, parseByteSize, problem, type Result } from "../../../core/index.ts";
import type { Live } from "../../live/index.ts";
import type { Run } from "../../run/index.ts";
import type { Labels } from "../../run/index.ts";
import { numberIn, textIn } from "../define.ts";
import { objectIn, specOf } from "../place.ts";
import type { CommandRequest } from "../../sandbox/index.ts";

/** What an agent's tools may do with its workspace, and within which bounds. */
export interface Access {
  readonly workspace: "none" | "read" | "write";
  readonly diskBytes: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly cpus: number;
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** What `sandbox` of an agent says, with the schema's defaults. */
export function accessOf(live: Live, run: Run): Result<Access> {
  const spec = specOf(live, run);
  if (!spec.ok) return spec;
  const sandbox = objectIn(spec.value["sandbox"]);
  const said = textIn(sandbox, "workspaceAccess", "write");
  return ok({
    // What is none of the words allows nothing.
    workspace: said === "write" || said === "read" ? said : "none",
    diskBytes: parseByteSize(textIn(sandbox, "diskBytes", "")) ?? GIB,
    memoryBytes: parseByteSize(textIn(sandbox, "memory", "")) ?? 256 * MIB,
    processes: numberIn(sandbox, "processes", 16),
    cpus: numberIn(sandbox, "cpus", 1),
  });
}

export function mayRead(live: Live, run: Run): Result<Access> {
  const access = accessOf(live, run);
  return access.ok && access.value.workspace === "none" ? refused("none", "nothing is read there") : access;
}

export function mayWrite(live: Live, run: Run): Result<Access> {
  const access = accessOf(live, run);
  return access.ok && access.value.workspace !== "write" ? refused(access.value.workspace, "nothing is written there") : access;
}

function refused(is: CommandRequest["access"], what: string): Result<never> {
  return fail(problem("FILE_REFUSED", { detail: `\`sandbox.workspaceAccess\` of the agent is ${is}: ${what}.` }));
}

/** Files of a workspace are private, and may be anybody's text: what a page said can have been kept there by an earlier conversation. */
export const OF_FILES: Labels = { classes: [], private: true, untrusted: true };

/** What a tool says of its own work: nothing of the file's text is in it. */
export const OWN_WORDS: Labels = { classes: [], private: false, untrusted: false };
