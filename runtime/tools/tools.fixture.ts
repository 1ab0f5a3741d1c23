import fs from "node:fs";
import type { Json, JsonObject, Resource, Result } from "../../core/index.ts";
import { agent, gateState, offered, project, PROVIDER, runOf, valueOf, type GateState, type GrantSpec } from "../gate/gate.fixture.ts";
import type { RuntimeGate, ToolResult } from "../gate/index.ts";
import { openCommands } from "../sandbox/index.ts";
import { NO_LABELS, type Run } from "../run/index.ts";
import { toolsOf, type ToolsWorld } from "./index.ts";

export interface ToolsState extends GateState {
  readonly workspace: string;
  /** Through the real gate, as a model would. */
  readonly call: (tool: string, args: Json, run?: Run) => Promise<Result<ToolResult>>;
}

/** The built-in tools behind the real gate, for an agent `a` with these grants. */
export function toolsState(
  grants: readonly GrantSpec[],
  spec: JsonObject = {},
  world: Partial<ToolsWorld> = {},
  of: Resource = project(),
  policies: { readonly resources: readonly Resource[]; readonly bytes: readonly Uint8Array[] } = { resources: [], bytes: [] },
): ToolsState {
  const made: { state?: GateState; gate?: RuntimeGate } = {};
  const commands = openCommands();
  const state = gateState({
    resources: [of, PROVIDER, ...policies.resources, agent("a", grants, spec)],
    bytes: policies.bytes,
    world: {
      tools: (place) =>
        toolsOf({
          live: () => stateOf(made).live,
          clock: { now: () => stateOf(made).clock.now() },
          commands: () => commands,
          subAgents: () => ({ call: () => Promise.reject(new Error("nobody is called here")) }),
          labelsOf: () => NO_LABELS,
          ids: { next: () => "0123456789abcdef0123456789abcdef" },
          records: () => stateOf(made).records,
          deliver: () => Promise.reject(new Error("nothing is sent here")),
          schedules: () => {
            throw new Error("nothing is scheduled here");
          },
          ...world,
        })(place),
    },
  });
  made.state = state;
  const { agent: live } = valueOf(state.live.agent(runOf().owner, "a"));
  const workspace = live.workspace!;
  fs.mkdirSync(workspace, { recursive: true, mode: 0o700 });
  return {
    ...state,
    workspace,
    call: (tool, args, run = runOf()) => state.gate.execute(offered(state, tool, run), args, run),
  };
}

function stateOf({ state }: { readonly state?: GateState }): GateState {
  if (!state) throw new Error("not yet");
  return state;
}
