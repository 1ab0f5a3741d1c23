import { fail, type Result } from "../../core/index.ts";
import { approve } from "./approve.ts";
import { takeBounds } from "./bounds.ts";
import { canonicalCall } from "./canonical.ts";
import { permit } from "./permit.ts";
import { receipt, type Known } from "./receipts.ts";
import { runTool } from "./run-tool.ts";
import type { Execution, Permitted, Refusal } from "./steps.ts";
import type { Gate } from "./types.ts";
import { broken } from "./waiting.ts";

/** Capability, canonical form, grant, hold, policy, bounds, approval, then the tool. The first no ends it, recorded and without effect. */
export function newExecution(parts: Execution): Gate["execute"] {
  const { world, handles, sessions } = parts;
  return async (capability, args, run, credentials = []) => {
    let known: Known = { run, tool: nameOf(capability) };
    try {
      const handle = handles.verify(capability, run, world.live.now().getTime());
      if (!handle.ok) return refuse(parts, { why: handle.diagnostics, known });
      const call = canonicalCall(handle.value.tool, args, run, credentials);
      if (!call.ok) return refuse(parts, { why: call.diagnostics, known });
      known = { ...known, call: call.value };
      const permitted = permit(parts, handle.value, call.value, known);
      if (!permitted.isOk) return refuse(parts, permitted.refusal);
      known = knownOf(known, permitted.value);
      const approved = await approve(parts, permitted.value, known, () => permit(parts, handle.value, call.value, known));
      if (!approved.isOk) return refuse(parts, approved.refusal);
      const { value } = approved;
      known = knownOf(known, value);
      // From here to the start of the tool nobody else runs: what was checked is what is taken.
      takeBounds(parts, value, call.value);
      return await runTool(parts, { permitted: value, handle: handle.value, call: call.value, run, known, credentials });
    } catch (error) {
      return refuse(parts, { why: [broken(error)], known });
    } finally {
      sessions.touch(run.session);
    }
  };
}

function knownOf(known: Known, { owner, allowed }: Permitted): Known {
  return { ...known, owner, rules: allowed.rules, question: allowed.question };
}

function nameOf(capability: unknown): string | null {
  try {
    const name: unknown = typeof capability === "object" && capability !== null ? (capability as { tool?: unknown }).tool : null;
    return typeof name === "string" ? name : null;
  } catch {
    return null;
  }
}

/** A no is recorded too; that it cannot be is one more reason. */
function refuse({ world, sessions }: Execution, { why, known }: Refusal): Result<never> {
  try {
    const session = sessions.of(known.run.session);
    if (session.ok) session.value.denied++;
    const [first] = why;
    const recorded = receipt(world, known, { kind: "tool.denied", decision: "denied", ...(first ? { code: first.code } : {}) });
    return recorded.ok ? fail(...why) : fail(...why, ...recorded.diagnostics);
  } catch (error) {
    return fail(...why, broken(error));
  }
}
