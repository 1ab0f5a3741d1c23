import { fail, jsonDepth, LIMITS, ok, problem, shown, type Json, type Result } from "../../core/index.ts";
import { stopped } from "./ask.ts";
import type { Step } from "./step.ts";
import type { CallOutcome, Message, ParsedCall, ShownTool, ToolCall, TurnRequest } from "./types.ts";

/**
 * Runs the tools that one answer asks for, some at once, and gives back what the model is to be told: its own
 * words, then the results in the order of the calls. What is no call of an offered tool runs nothing, and the
 * model hears why.
 */
export async function runCalls(step: Step, offered: readonly ShownTool[], request: TurnRequest): Promise<Result<readonly Message[]>> {
  const { tools, signal } = request;
  const names = new Set(offered.map(({ name }) => name));
  const read = step.calls.map((call, i) =>
    i < LIMITS.toolCallsPerAnswer ? parsed(call, names) : refused(call, tooMany(step.calls.length)),
  );
  for (const call of step.calls.slice(0, LIMITS.toolCallsPerAnswer)) if (!names.has(call.tool)) await tools?.notOffered?.(call);
  const due = read.filter((each) => "args" in each);
  if (tools && due.length > 0) {
    const recorded = await tools.beforeCalls(step.text, due);
    if (!recorded.ok) return recorded;
  }
  const outcomes = new Map<ParsedCall | CallOutcome, CallOutcome>();
  const queue = [...due];
  const worker = async (): Promise<void> => {
    for (let call = queue.shift(); call; call = queue.shift()) {
      if (signal.aborted || !tools) return;
      outcomes.set(call, await tools.run(call));
    }
  };
  await Promise.all(Array.from({ length: LIMITS.toolCallsAtOnce }, worker));
  if (tools && outcomes.size > 0) {
    const recorded = await tools.afterCalls([...outcomes.values()]);
    if (!recorded.ok) return recorded;
  }
  if (signal.aborted) return fail(stopped());
  const answers = read.map((each) => ("args" in each ? outcomes.get(each) : each)?.answer).filter((answer) => answer !== undefined);
  const { text, calls, carry } = step;
  return ok([
    { role: "assistant", text, calls, ...(carry ? { carry } : {}) },
    { role: "tool", answers },
  ]);
}

function parsed(call: ToolCall, names: ReadonlySet<string>): ParsedCall | CallOutcome {
  const { id, tool, input } = call;
  if (!names.has(tool))
    return refused(
      call,
      `There is no tool ${shown(tool)} here; ${names.size === 0 ? "no tools are offered" : `there are ${[...names].join(", ")}`}.`,
    );
  if (Buffer.byteLength(input) > LIMITS.toolArgumentBytes)
    return refused(call, `The arguments have more than ${LIMITS.toolArgumentBytes} bytes (limits.toolArgumentBytes).`);
  if (jsonDepth(input) > LIMITS.depth) return refused(call, `The arguments are nested deeper than ${LIMITS.depth} (limits.depth).`);
  try {
    return { id, tool, args: JSON.parse(input.trim() === "" ? "{}" : input) as Json };
  } catch {
    return refused(call, "The arguments are not JSON. Write one JSON object that fits the tool's schema.");
  }
}

function tooMany(count: number): string {
  return `One answer may call ${LIMITS.toolCallsPerAnswer} tools; this one calls ${count} (limits.toolCallsPerAnswer).`;
}

function refused({ id, tool }: ToolCall, detail: string): CallOutcome {
  const { code } = problem("TOOL_CALL_INVALID", { detail });
  return { answer: { call: id, tool, text: `${code}: ${detail}`, isError: true }, outcome: "failed" };
}
