import {
  caution,
  fail,
  mapResult,
  ok,
  problem,
  UNMANAGED,
  type Address,
  type Clock,
  type Diagnostic,
  type Digest,
  type Ids,
  type Owner,
  type Result,
  type Secret,
} from "../../core/index.ts";
import { parseIdentities, type Identity } from "../../trust/secrets/index.ts";
import type { Delta, Turn } from "../agents/index.ts";
import { newBus } from "../events/index.ts";
import type { Gate } from "../gate/index.ts";
import { openVault, type Vault } from "../vault/index.ts";
import { modelsFolder, openModels } from "../models/index.ts";
import { agentNotFound, held, nothingActive } from "../live/index.ts";
import { heldBy, readActive, type Active, type LoadedAgent } from "../load/index.ts";
import { lifeOf, openRecords, openStore, readKey, type SealedRecords, type StorePorts, type StoreReader } from "../store/index.ts";
import { NO_LABELS, type Principal } from "../run/index.ts";
import { openSessions, type Session, type SessionEntry, type SessionInfo, type Sessions } from "../sessions/index.ts";
import { openConversations } from "./conversations.ts";
import type { Agents, Conversations, LiveAgent } from "./types.ts";

export interface TerminalWorld {
  /** The state folder. */
  readonly dir: string;
  readonly owner: Owner;
  readonly project: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The runtime's environment, for `env` secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The store's key, where its file is locked. */
  readonly storeKey?: Secret<string> | undefined;
  /** The gate that tools go through; absent: the agent has no tools here. */
  readonly gate?: Gate | null;
}

/** Which conversation: the one used last (a new one where there is none), a new one, or one by its id. */
export type SessionChoice = "latest" | "new" | { readonly id: string };

export interface TerminalAnswer {
  readonly turn: Turn;
  readonly session: SessionInfo;
  readonly generation: number;
}

/** A conversation with one agent of the active generation. It holds nothing between two messages. */
export interface Conversation {
  readonly session: Pick<Session, "id" | "agent" | "isNew">;
  /** The generation that answers, as far as is known now; each message looks again. */
  readonly generation: number;
  readonly history: () => Result<readonly SessionEntry[]>;
  /** One message and its answer, recorded when it is complete. */
  readonly say: (
    message: string,
    listen: { readonly signal: AbortSignal; readonly onDelta: (delta: Delta) => void },
  ) => Promise<Result<TerminalAnswer>>;
}

/**
 * Opens a conversation with an agent that is active now: `NOTHING_ACTIVE`, `AGENT_NOT_FOUND` and `HELD`
 * are told before anything is asked. Effect: reads the store; writes nothing.
 */
export function openConversation(world: TerminalWorld, agent: string, choice: SessionChoice): Result<Conversation> {
  const found = findAgent(world, agent, null);
  if (!found.ok) return found;
  const sessions = sessionsOf(world);
  const session = chooseSession(sessions, agent, choice);
  if (!session.ok) return session;
  return ok(conversationOn(world, session.value, found.value), found.warnings);
}

/** The conversations of an owner's agents, for lists. */
export function sessionsOf(world: TerminalWorld): Sessions {
  return openSessions({
    withRecords: recordsOf(world),
    owner: world.owner,
    lifeOf: (agent) => lifeOn(world, agent),
    clock: world.clock,
    ids: world.ids,
  });
}

/** Opens the records for as long as something is done with them. */
function recordsOf(world: TerminalWorld): <T>(work: (records: SealedRecords) => Result<T>) => Result<T> {
  return (work) => {
    const records = openRecords(world.dir, world.storeKey);
    if (!records.ok) return records;
    if (records.value === null) return fail(nothingActive(world.owner));
    try {
      return work(records.value);
    } finally {
      records.value.close();
    }
  };
}

function lifeOn(world: TerminalWorld, agent: string): Result<string> {
  return withStore(world, (store) => mapResult(store.active(world.owner), (active) => lifeOf(active?.lives, `Agent/${agent}`)));
}

function chooseSession(sessions: Sessions, agent: string, choice: SessionChoice): Result<Session> {
  if (choice === "new") return sessions.begin(agent);
  if (choice !== "latest") return sessions.resume(agent, choice.id);
  const latest = sessions.latest(agent);
  if (!latest.ok) return latest;
  return latest.value ? ok(latest.value) : sessions.begin(agent);
}

interface Found {
  readonly active: Active;
  readonly agent: LoadedAgent;
  readonly vault: Vault;
}

/** Who sits at the terminal: whoever may read the state folder. */
const OPERATOR: Principal = { id: "terminal:operator", kind: "person", role: null, verified: true, person: null };

function conversationOn(world: TerminalWorld, session: Session, first: Found): Conversation {
  let found = first;
  const talk = conversationsOver(world, (name) => {
    const again = findAgent(world, name, found);
    if (again.ok) found = again.value;
    return again;
  });
  return {
    session,
    get generation() {
      return found.active.generation.number;
    },
    history: session.all,
    say: async (text, { signal, onDelta }) => {
      const said = await talk.say({
        agent: session.agent,
        text,
        principal: OPERATOR,
        channel: null,
        labels: NO_LABELS,
        session: session.stored,
        signal,
        onProgress: (progress) => {
          if (progress.type === "delta") onDelta({ kind: progress.kind, text: progress.text });
        },
      });
      return mapResult(said, ({ turn, session: info, generation }) => ({ turn, session: info, generation }));
    },
  };
}

/** The same loop as the gateway's, over a store that is opened for each thing that is done with it. */
function conversationsOver(world: TerminalWorld, find: (agent: string) => Result<Found>): Conversations {
  const live = (name: string): Result<LiveAgent> => {
    const found = find(name);
    if (!found.ok) return found;
    const { active, agent, vault } = found.value;
    const { generation, loaded } = active;
    const life = lifeOf(generation.lives, `Agent/${name}`);
    return ok({ owner: world.owner, generation: generation.number, agent, providers: loaded.providers, vault, life }, found.warnings);
  };
  const agents: Agents = { find: live, known: live, all: () => ok([]) };
  return openConversations({
    agents,
    gate: world.gate ?? null,
    bus: newBus(),
    audit: null,
    withRecords: recordsOf(world),
    deliver: () => Promise.resolve(fail()),
    // Nothing is started before such a model is asked, and what waits unasked does not keep the command from ending.
    models: openModels(modelsFolder(world.dir)),
    clock: world.clock,
    ids: world.ids,
  });
}

/** The agent as it is active now; opened secrets stay open as long as the generation stays. */
function findAgent(world: TerminalWorld, name: string, before: Found | null): Result<Found> {
  const active = withStore(world, (store) => readWhereItIs(store, world.owner, name, before?.active));
  if (!active.ok) return active;
  if (active.value === null) return fail(nothingActive(world.owner));
  const { loaded, holds, generation } = active.value;
  const agent = loaded.agents.get(name);
  if (!agent) return fail(agentNotFound(name, loaded.agents.keys()));
  const address: Address = `Agent/${name}`;
  const hold = heldBy(holds, address, world.clock.now());
  if (hold) return fail(held(address, hold));
  const isSame = before?.active.loaded === loaded;
  const vault = isSame && before ? before.vault : vaultOf(world, active.value);
  const remarks = [
    ...(generation.owner === UNMANAGED ? [unmanaged(address)] : []),
    ...lacking(address, loaded.lacks.get(address) ?? []),
    ...withoutTools(address, active.value),
  ];
  return ok({ active: active.value, agent, vault }, remarks);
}

/** The owner's own generation, or what is unmanaged where the agent is there and not among the owner's. */
function readWhereItIs(store: StoreReader, owner: Owner, agent: string, before: Active | undefined): Result<Active | null> {
  const own = readActive(store, owner, before);
  if (!own.ok || own.value?.loaded.agents.has(agent)) return own;
  const released = readActive(store, UNMANAGED, before);
  return !released.ok || released.value?.loaded.agents.has(agent) ? released : own;
}

function unmanaged(address: Address): Diagnostic {
  return caution("UNMANAGED", {
    detail: `${address} is unmanaged: no Project declares it, and it stays as it was when it was forgotten.`,
    remedy: `Declare it and take it back:\nmoltbot adopt ${address} --from ${UNMANAGED}`,
    context: { address },
  });
}

/** What the agent declares and this runtime does not do; a missing provider is told by the answer itself. */
function lacking(address: Address, lacks: readonly string[]): readonly Diagnostic[] {
  const missing = lacks.filter((each) => each !== "model provider");
  return missing.length === 0
    ? []
    : [
        caution("INERT", {
          detail: `${address} answers, but what it declares beyond that is inert: it needs ${missing.join(", ")}.`,
          context: { address },
        }),
      ];
}

/** Tools are used behind the gate of the running gateway, and there alone. */
function withoutTools(address: Address, { resources }: Active): readonly Diagnostic[] {
  const agent = resources.find((each) => `${each.kind}/${each.metadata.name}` === address);
  const granted = agent?.spec["capabilities"];
  if (!Array.isArray(granted) || granted.length === 0) return [];
  return [
    caution("INERT", {
      detail: `${address} answers here without its tools: they are used where the gateway runs.`,
      remedy: "moltbot gateway run",
      context: { address },
    }),
  ];
}

function vaultOf(world: TerminalWorld, { loaded }: Active): Vault {
  return openVault({
    project: world.project,
    secrets: loaded.secrets,
    envelope: (digest) => readValue(world, digest),
    identities: () => runtimeIdentities(world.dir),
    env: world.env,
    bearer: async (provider, settings) => {
      const { newTokens } = await import("../oauth/index.ts");
      return await newTokens({ withRecords: recordsOf(world), clock: world.clock }).bearer(world.owner, provider, settings);
    },
  });
}

function runtimeIdentities(dir: string): Result<readonly Identity[]> {
  const key = readKey(dir, "runtime.agekey");
  return key.ok ? parseIdentities(key.value.open(), "keys/runtime.agekey") : key;
}

function readValue(world: TerminalWorld, digest: Digest): Result<Uint8Array> {
  const values = withStore(world, (store) => store.values([digest]));
  if (!values.ok) return values;
  const bytes = values.value.get(digest);
  return bytes
    ? ok(bytes)
    : fail(problem("STORE_CORRUPT", { detail: `The store has no value ${digest}, which the active generation names.` }));
}

function withStore<T>(world: TerminalWorld, work: (store: StoreReader) => Result<T>): Result<T> {
  const ports: StorePorts = { clock: world.clock, randomHex: () => world.ids.next() };
  const store = openStore(world.dir, { mode: "read" }, ports);
  if (!store.ok) return store;
  if (store.value === null) return fail(nothingActive(world.owner));
  try {
    return work(store.value);
  } finally {
    store.value.close();
  }
}
