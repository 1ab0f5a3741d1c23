import { selects, type Address, type Hold } from "../../core/index.ts";
import { isSameOrEveryTool, parseTool } from "../../trust/capability/index.ts";
import type { Run } from "../run/index.ts";

/** Everything that has a part in a call: a hold on any of it stops the call. */
export function involved(run: Run, tool: string, resource: string | null): readonly Address[] {
  const facts = parseTool(tool);
  const provider = facts.ok ? facts.value.provider : null;
  return [
    `Agent/${run.agent}`,
    ...run.callers.map((each): Address => `Agent/${each}`),
    ...(run.channel ? [`Channel/${run.channel.name}` as Address] : []),
    ...(provider ? [`${provider.kind}/${provider.name}` as Address] : []),
    ...(tool === "message.send" && resource !== null ? [`Channel/${resource}` as Address] : []),
    ...(tool.startsWith("schedule.") && resource !== null ? [`Agent/${resource}` as Address] : []),
  ];
}

/** The hold that stops a tool for any of these at this moment; undefined when none does. A hold without end stays. */
export function holdOn(holds: readonly Hold[], addresses: readonly Address[], tool: string, now: number): Hold | undefined {
  return holds.find(
    ({ selector, denied, until }) =>
      (selector === "*" || addresses.some((each) => selects(selector, each))) &&
      (denied === "all" || denied.some((each) => isSameOrEveryTool(each, tool))) &&
      // An end that is no instant never comes.
      (until === null || !(Date.parse(until) <= now)),
  );
}
