import { fail, LIMITS, ok, outcomeOf as outcomeOfProblem, type Diagnostic, type Outcome, type Result } from "../../core/index.ts";
import type { CallOutcome, ParsedCall, ToolBox } from "../agents/index.ts";
import type { Bus } from "../events/index.ts";
import type { Capability, Gate, OfferedTool, ToolResult } from "../gate/index.ts";
import { NO_LABELS, type Run } from "../run/index.ts";
import type { NewEntry } from "../sessions/index.ts";

/** Tools that change nothing and send nothing: after a crash they may run again. Every other one may not. */
const REPEATABLE: ReadonlySet<string> = new Set(["time", "json", "fs.read", "fs.list", "fs.search", "memory.read", "memory.search"]);

export interface ToolBoxWorld {
  readonly gate: Gate;
  readonly run: Run;
  readonly bus: Bus;
  readonly now: () => number;
  readonly at: () => string;
  /** Writes records of the run, durably. `hasEffects`: from here on the run is not to be repeated. */
  readonly record: (entries: readonly NewEntry[], hasEffects: boolean) => Promise<Result<void>>;
  readonly onTool: (call: string, tool: string, state: "started" | "done" | "denied" | "failed") => void;
}

/** The tools of one run, over the gate: what is about to happen is recorded before it happens, what came of it after. */
export function toolBoxOver(world: ToolBoxWorld): ToolBox {
  const { gate, run, record } = world;
  let offered: ReadonlyMap<string, OfferedTool> = new Map();
  const results = new Map<CallOutcome, ToolResult | null>();
  return {
    offer: () => {
      const tools = gate.offer(run);
      if (!tools.ok) return tools;
      offered = new Map(tools.value.map((tool) => [tool.name, tool]));
      return ok(tools.value);
    },
    beforeCalls: (said, calls) => {
      const entries: NewEntry[] = said === "" ? [] : [{ kind: "assistant", text: said, turn: null, run: run.id }];
      for (const { id, tool, args } of calls) entries.push({ kind: "call", call: id, tool, args, run: run.id });
      return record(
        entries,
        calls.some(({ tool }) => !REPEATABLE.has(tool)),
      );
    },
    // Through the gate with no right at all: refused there, and recorded as every refusal is.
    notOffered: async ({ tool }) => void (await gate.execute({ tool } as Capability, null, run).catch(crashed)),
    run: async (call) => {
      const [outcome, result] = await runOne(world, call, offered.get(call.tool));
      results.set(outcome, result);
      return outcome;
    },
    afterCalls: (outcomes) =>
      record(
        outcomes.map((outcome) => resultEntry(outcome, results.get(outcome) ?? null, run.id)),
        false,
      ),
  };
}

async function runOne(
  world: ToolBoxWorld,
  { id, tool, args }: ParsedCall,
  offered: OfferedTool | undefined,
): Promise<readonly [CallOutcome, ToolResult | null]> {
  const { gate, run, bus, onTool } = world;
  const { owner, agent, session } = run;
  const tell = (): {
    readonly owner: Run["owner"];
    readonly agent: string;
    readonly session: string;
    readonly at: string;
    readonly correlation: string;
  } => ({
    owner,
    agent,
    session,
    at: world.at(),
    correlation: run.id,
  });
  const startedAt = world.now();
  onTool(id, tool, "started");
  bus.publish({ ...tell(), type: "tool.started", tool, summary: tool });
  const result = offered ? await gate.execute(offered.capability, args, run).catch(crashed) : fail();
  const outcome = result.ok ? "done" : outcomeOf(result.diagnostics);
  bus.publish({ ...tell(), type: "tool.finished", tool, outcome, ms: Math.round(world.now() - startedAt) });
  onTool(id, tool, outcome);
  const text = result.ok ? cut(result.value.text) : result.diagnostics.map(({ code, detail }) => `${code}: ${detail}`).join("\n");
  return [{ answer: { call: id, tool, text, isError: !result.ok }, outcome }, result.ok ? result.value : null];
}

/** A gate that throws has refused: what it did is unknown, and the model is told no more than that. */
function crashed(): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  return fail();
}

const NO: ReadonlySet<Outcome> = new Set(["DENIED", "NOT_ALLOWED", "REFUSED", "UNTRUSTED", "STALE", "LIMIT", "INVALID"]);

/** Denied is what never began; what broke on its way failed. */
function outcomeOf(diagnostics: readonly Diagnostic[]): "denied" | "failed" {
  return diagnostics.some((each) => NO.has(outcomeOfProblem(each))) ? "denied" : "failed";
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= LIMITS.toolResultBytes) return text;
  const kept = Buffer.from(text)
    .subarray(0, LIMITS.toolResultBytes)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  return `${kept}\n[cut: the result has more than ${LIMITS.toolResultBytes} bytes]`;
}

function resultEntry({ answer, outcome }: CallOutcome, result: ToolResult | null, run: string): NewEntry {
  const { call, tool, text } = answer;
  return { kind: "result", call, tool, text, outcome, receipt: result?.receipt ?? null, labels: result?.labels ?? NO_LABELS, run };
}
