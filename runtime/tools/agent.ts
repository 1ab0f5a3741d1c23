import { LIMITS, ok, shown } from "../../core/index.ts";
import type { Tool } from "../gate/index.ts";
import { defineTool, textIn, textSchema } from "./define.ts";
import type { ToolsWorld } from "./types.ts";

/** `agent:<name>`: asks another agent, in a session of its own, and gives its answer. */
export function agentTool({ subAgents, labelsOf }: Pick<ToolsWorld, "subAgents" | "labelsOf">, agent: string): Tool {
  return defineTool({
    name: `agent:${agent}`,
    description: `Asks the agent ${agent} and gives its answer. It knows nothing of this conversation but the message.`,
    properties: { message: { ...textSchema("What to ask.", LIMITS.messageBytes), minLength: 1 } },
    required: ["message"],
    wish: (args) => {
      const message = textIn(args, "message", "");
      return ok({
        action: "call",
        resource: agent,
        facts: { bytes: Buffer.byteLength(message) },
        effect: () => ({ message }),
        summary: () => shown(message),
      });
    },
    run: async ({ effect }, { run }, signal) => {
      const labels = labelsOf(run.session);
      const answer = await subAgents().call({ agent, message: textIn(effect, "message", ""), caller: run, labels }, signal);
      if (!answer.ok) return answer;
      const { text: said, labels: back, session } = answer.value;
      return ok({ text: said, labels: back, facts: { session, bytes: Buffer.byteLength(said) } });
    },
  });
}
