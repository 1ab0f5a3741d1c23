import { expect, onTestFinished } from "vitest";
import { digestBytes, fail, ok, type Json, type JsonObject, type Result } from "../../core/index.ts";
import { provider as providerOf, vaultOf } from "../agents/agents.fixture.ts";
import type { Accepted } from "../channels/index.ts";
import { newBus, type RuntimeEvent } from "../events/index.ts";
import type { Capability, Gate, OfferedTool, ToolResult } from "../gate/index.ts";
import { conductOf, type LoadedProvider } from "../load/index.ts";
import { joinLabels, NO_LABELS, type Labels, type Run } from "../run/index.ts";
import { OWNER, stateFolder, valueOf, withStore, type StateFolder } from "../sessions/sessions.fixture.ts";
import { openRecords, type SealedRecords } from "../store/index.ts";
import { openConversations, type Agents, type Conversations, type ConversationsWorld, type LiveAgent, type ToDeliver } from "./index.ts";

export { OWNER, stateFolder, valueOf, type StateFolder };

/** A gate of this fixture: a table of tools; labels by session. A real one belongs to its own room. */
export interface TestTool {
  readonly run: (args: Json, run: Run) => Promise<Result<ToolResult>> | Result<ToolResult>;
}

export function told(text: string, labels: Labels = NO_LABELS): Result<ToolResult> {
  return ok({ text, labels, receipt: digestBytes(text) });
}

export function gateOf(
  tools: Readonly<Record<string, TestTool["run"]>>,
): Gate & { readonly calls: { readonly tool: string; readonly args: Json }[] } {
  const capabilities = new Map<Capability, string>();
  const labels = new Map<string, Labels>();
  const calls: { readonly tool: string; readonly args: Json }[] = [];
  return {
    calls,
    offer: () =>
      ok(
        Object.keys(tools).map((name): OfferedTool => {
          const capability = { tool: name } as unknown as Capability;
          capabilities.set(capability, name);
          return { name, description: name, input: { type: "object" }, capability };
        }),
      ),
    execute: async (capability, args, run) => {
      const name = capabilities.get(capability);
      const tool = name === undefined ? undefined : tools[name];
      if (name === undefined || !tool) return fail();
      calls.push({ tool: name, args });
      return await tool(args, run);
    },
    labelsOf: (session) => labels.get(session) ?? NO_LABELS,
    labelled: (session, more) => {
      labels.set(session, joinLabels(labels.get(session) ?? NO_LABELS, more));
      return ok(undefined);
    },
  };
}

export function liveAgent(name: string, spec: JsonObject = {}, over: Partial<LoadedProvider> = { protocol: "echo" }): LiveAgent {
  const budgets = spec["budgets"] as JsonObject | undefined;
  const time = budgets?.["timePerMessage"];
  return {
    owner: OWNER,
    generation: 1,
    agent: {
      name,
      system: "",
      choices: [{ provider: "p", model: "m" }],
      showThinking: false,
      timePerMessageMs: typeof time === "number" ? time : null,
      conduct: conductOf(spec),
    },
    providers: new Map([["p", providerOf({ name: "p", ...over })]]),
    vault: vaultOf({}),
    life: name,
  };
}

export function agentsOf(...all: readonly LiveAgent[]): Agents {
  const find: Agents["find"] = (name) => {
    const found = all.find(({ agent }) => agent.name === name);
    return found ? ok(found) : fail({ severity: "error", code: "AGENT_NOT_FOUND", summary: "", detail: name, context: {} });
  };
  return {
    find,
    known: find,
    all: () => ok(all),
  };
}

export interface Talk {
  readonly talk: Conversations;
  readonly sent: readonly ToDeliver[];
  readonly events: readonly RuntimeEvent[];
  readonly world: ConversationsWorld;
  readonly records: SealedRecords;
}

const EVENTS = ["message.received", "run.started", "run.delta", "run.finished", "model.asked", "tool.started", "tool.finished"] as const;

/** Conversations over a real store of their own. What is delivered is kept; the store stays open. */
export function talkOver(state: StateFolder, agents: Agents, over: Partial<ConversationsWorld> = {}): Talk {
  withStore(state, () => undefined);
  const records = valueOf(openRecords(state.dir));
  if (!records) throw new Error("no store");
  const sent: ToDeliver[] = [];
  const events: RuntimeEvent[] = [];
  const bus = newBus();
  bus.subscribe(EVENTS, (event) => void events.push(event));
  const world: ConversationsWorld = {
    agents,
    gate: null,
    bus,
    audit: null,
    withRecords: (work) => work(records),
    deliver: (answer) => {
      sent.push(answer);
      return Promise.resolve(ok({ platformId: null, at: state.ports.clock.now().toISOString() }));
    },
    clock: state.ports.clock,
    ids: state.ports.ids,
    random: () => 0.5,
    ...over,
  };
  const talk = openConversations(world);
  onTestFinished(async () => {
    await talk.stop(0);
    records.close();
  });
  return { talk, sent, events, world, records };
}

let keys = 0;

export function message(text: string, over: Partial<Accepted> = {}): Accepted {
  const id = `m${++keys}`;
  return {
    key: `web/${id}`,
    agent: "a",
    conversation: "peer/1",
    principal: { id: "web:1", kind: "person", role: null, verified: true, person: null },
    channel: { name: "web", type: "web", peer: "1", group: false, dataClass: null },
    labels: NO_LABELS,
    text,
    attachments: [],
    to: { account: "", peer: "1", thread: null, replyTo: id },
    ...over,
  };
}

export async function soon(check: () => unknown): Promise<void> {
  await expect.poll(check, { interval: 5, timeout: 5_000 }).toBeTruthy();
}
