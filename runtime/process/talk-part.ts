import { InternalError, LIMITS, ok, type Clock, type Ids, type Owner, type Secret } from "../../core/index.ts";
import type { AuditLog } from "../audit/index.ts";
import type { Agents, Conversations, Deliver } from "../conversations/index.ts";
import type { Bus } from "../events/index.ts";
import type { AskedQuestion, GateWorld, RuntimeGate } from "../gate/index.ts";
import type { Live } from "../live/index.ts";
import type { LocalModels } from "../models/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Turns } from "../turns/index.ts";
import type { Part } from "./types.ts";

export interface TalkWorld {
  readonly live: () => Live;
  readonly records: () => SealedRecords;
  readonly audit: () => AuditLog;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly agents: Agents;
  readonly tools: GateWorld["tools"];
  readonly secrets: (owner: Owner) => readonly Secret<Uint8Array>[];
  readonly asked: (question: AskedQuestion) => void;
  readonly deliver: Deliver;
  readonly mayForget: () => boolean;
  readonly turns: Turns;
  /** The model files of this machine. */
  readonly models: LocalModels;
}

export interface TalkPart extends Part {
  readonly conversations: () => Conversations;
  readonly gate: () => RuntimeGate;
}

/** What of {@link LIMITS.stopMs} runs may take to end by themselves. */
const GRACE_MS = LIMITS.stopMs / 2;

/** The gate, and behind it the conversations: what an earlier process left is taken up at the start. */
export function talkPart(world: TalkWorld): TalkPart {
  let gate: RuntimeGate | undefined;
  let conversations: Conversations | undefined;
  return {
    name: "conversations",
    gate: () => there(gate),
    conversations: () => there(conversations),
    start: async () => {
      const [{ openGate }, { openConversations }] = await Promise.all([import("../gate/index.ts"), import("../conversations/index.ts")]);
      const { bus, clock, ids, agents, tools, secrets, asked, deliver, turns, mayForget, models } = world;
      const [records, audit] = [world.records(), world.audit()];
      gate = openGate({ live: world.live(), records, audit, bus, clock, ids, tools, secrets, asked });
      conversations = openConversations({
        agents,
        gate,
        bus,
        audit,
        withRecords: (work) => work(records),
        deliver,
        clock,
        ids,
        turns,
        mayForget,
        models,
      });
      const started = await conversations.start();
      return started.ok ? ok(undefined, started.warnings) : started;
    },
    stop: async () => {
      await conversations?.stop(GRACE_MS);
      await world.models.close();
      gate?.close();
      [conversations, gate] = [undefined, undefined];
    },
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new InternalError("a part of the gateway was used before it started");
  return part;
}
