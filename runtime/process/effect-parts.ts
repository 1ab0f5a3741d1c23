import { InternalError, ok, type Owner, type Secret } from "../../core/index.ts";
import { openChannels, type Channels } from "../channels/index.ts";
import type { Bus } from "../events/index.ts";
import type { Live, LiveOwner } from "../live/index.ts";
import { modelsFolder, openModels } from "../models/index.ts";
import type { Log } from "../telemetry/index.ts";
import type { Turns } from "../turns/index.ts";
import { liveAgents } from "./agents.ts";
import { pluginsPart, type PluginsPart } from "./plugins-part.ts";
import { questionsPart, type QuestionsPart } from "./questions-part.ts";
import type { RecordParts } from "./record-parts.ts";
import { talkPart, type TalkPart } from "./talk-part.ts";
import { deliverUnlessScheduled, toolsPart, type ToolsPart } from "./tools-part.ts";
import { newVaults } from "./vaults.ts";
import type { GatewayWorld } from "./world.ts";

/** What acts: tools and plugins behind the gate, the conversations that call them, and the channels those are held on. */
export interface EffectParts {
  readonly vaultOf: ReturnType<typeof newVaults>;
  readonly tools: ToolsPart;
  readonly plugins: PluginsPart;
  readonly questions: QuestionsPart;
  readonly talk: TalkPart;
  readonly channels: Channels;
}

export interface EffectWorld {
  readonly world: GatewayWorld;
  readonly bus: Bus;
  readonly record: RecordParts;
  readonly turns: Turns;
  readonly log: () => Log;
  /** Where the gateway is reached; null while it listens on its socket alone. */
  readonly url: () => string | null;
}

/** Each needs some of the others, but none before all have started: what is not made yet is asked for when it is used. */
export function effectParts({ world, bus, turns, record, log, url }: EffectWorld): EffectParts {
  const { dir, clock, ids } = world;
  const { state, audit, live, notes } = record;
  const now = (): string => clock.now().toISOString();
  const trouble = (reason: string): void => world.tell({ kind: "trouble", reason });
  const vaultOf = newVaults({ dir, store: state.store, records: state.records, clock, env: world.env });
  const opened = (owner: Owner): readonly Secret<Uint8Array>[] => vaultOf(ownerIn(live.live(), owner)).opened();
  const tools = toolsPart({
    live: live.live,
    subAgents: () => talk.conversations().subAgents,
    labelsOf: (session) => talk.gate().labelsOf(session),
    clock,
    ids,
    records: state.records,
    deliver: (answer, stop) => channels.deliver(answer, stop),
    receive: (message) => talk.conversations().receive(message),
    failed: ({ owner, agent, name }, reason) => trouble(`schedule ${name} of Agent/${agent} (${owner}): ${reason}`),
  });
  const plugins = pluginsPart({
    stateDir: dir,
    live: live.live,
    records: () => ok(state.records()),
    vault: (owner) => vaultOf(ownerIn(live.live(), owner)),
    gate: () => talk.gate(),
    builtIn: tools.tools,
    log: (plugin, line) => log().info(line, { plugin }),
    event: (owner, plugin, { what, why }) => notes.plugin(owner, plugin, what, why),
    failed: (owner, plugin, reason) => {
      trouble(`Plugin/${plugin}: ${reason}`);
      notes.plugin(owner, plugin, "failed", reason);
    },
  });
  const questions = questionsPart({
    records: state.records,
    audit: audit.audit,
    clock,
    secrets: opened,
    failed: (reason) => trouble(`What policies were asked could not be kept: ${reason}`),
  });
  const talk = talkPart({
    live: live.live,
    records: state.records,
    audit: audit.audit,
    bus,
    clock,
    ids,
    agents: liveAgents({ live: live.live, vaultOf }),
    tools: plugins.tools,
    secrets: opened,
    asked: questions.asked,
    mayForget: record.mayForget,
    deliver: deliverUnlessScheduled((answer, stop, keeping) => channels.deliver(answer, stop, keeping), now),
    turns,
    models: openModels(modelsFolder(dir)),
  });
  const channels = openChannels({
    live: live.live,
    records: state.records,
    audit: audit.audit,
    bus,
    clock,
    ids,
    vault: vaultOf,
    intake: () => talk.conversations(),
    together: (work) => talk.conversations().together(work),
    approvals: () => talk.gate().approvals,
    url,
  });
  const told = new Map<string, string | null>();
  bus.subscribe(["channel.state"], ({ channel, state: is, reason }) => {
    if (is === "connected") told.delete(channel);
    // Once for each reason: a channel that cannot connect tries again and again.
    if (is !== "failed" || told.get(channel) === reason) return;
    told.set(channel, reason);
    trouble(`Channel/${channel}: ${reason ?? "it cannot connect"}`);
  });
  return { vaultOf, tools, plugins, questions, talk, channels };
}

function ownerIn(live: Live, owner: Owner): LiveOwner {
  const state = live.state();
  const found = state.ok ? state.value.owners.get(owner) : undefined;
  if (!found) throw new InternalError(`${owner} is not active`);
  return found;
}
