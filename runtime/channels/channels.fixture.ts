import * as path from "node:path";
import Fastify from "fastify";
import { onTestFinished } from "vitest";
import { fail, ok, systemClock, type Clock, type JsonObject, type Resource, type Result } from "../../core/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { openAudit, type AuditLog, type AuditRecord } from "../audit/index.ts";
import { openConversations, type Agents, type Conversations, type LiveAgent } from "../conversations/index.ts";
import { newBus, type Bus, type RuntimeEvent } from "../events/index.ts";
import { openLive, type Live } from "../live/index.ts";
import { applyResources, OWNER, resource, stateFolder, valueOf, withStore } from "../sessions/sessions.fixture.ts";
import { openRecords, openStore, type SealedRecords, type StoreWriter } from "../store/index.ts";
import { openVault } from "../vault/index.ts";
import { openChannels, type Channels, type ChannelsWorld } from "./index.ts";

export { OWNER, resource, valueOf };

export const SECRET = "webhook-secret-5f02aa71";
export const echo = resource("ModelProvider", "echo", { type: "echo" });
export const agent = (name: string, spec: JsonObject = {}): Resource =>
  resource("Agent", name, { model: { provider: "echo", name: "echo" }, ...spec });
/** A Secret whose values come from the environment of the runtime. */
export const secretOf = (
  name: string,
  values: Readonly<Record<string, string>>,
): { readonly secret: Resource; readonly env: Record<string, string> } => {
  const entries = Object.entries(values).map(([key, value]) => [key, `${name}_${key}`.toUpperCase(), value] as const);
  return {
    secret: resource("Secret", name, { values: Object.fromEntries(entries.map(([key, variable]) => [key, { env: { name: variable } }])) }),
    env: Object.fromEntries(entries.map(([, variable, value]) => [variable, value])),
  };
};

export interface House {
  readonly dir: string;
  readonly channels: Channels;
  readonly talk: Conversations;
  readonly live: Live;
  readonly records: SealedRecords;
  readonly audit: AuditLog;
  readonly events: readonly RuntimeEvent[];
  readonly bus: Bus;
  readonly url: () => string;
  readonly clock: Clock & { ahead: number };
  /** Applies another generation; what is active follows. */
  readonly apply: (resources: readonly Resource[]) => Promise<void>;
  readonly refused: () => readonly AuditRecord[];
  readonly of: (kind: AuditRecord["kind"]) => readonly AuditRecord[];
  readonly until: (is: () => boolean, ms?: number) => Promise<void>;
  readonly store: StoreWriter;
}

/** A whole runtime around channels: a real store, live state, audit, conversations and HTTP server on loopback. */
export async function openHouse(
  resources: readonly Resource[],
  env: Readonly<Record<string, string>> = {},
  over: Partial<ChannelsWorld> = {},
  serving: { readonly trustProxy?: boolean } = {},
): Promise<House> {
  const state = stateFolder();
  const clock = { ahead: 0, now: () => new Date(systemClock.now().getTime() + clock.ahead) };
  const ports = { clock, randomHex: () => crypto.randomUUID().replaceAll("-", "") };
  const ids = { next: ports.randomHex };
  withStore(state, () => undefined);
  applyResources(state, resources);
  const store = valueOf(openStore(state.dir, { mode: "write", create: false }, ports)) as StoreWriter;
  const records = valueOf(openRecords(state.dir)) as SealedRecords;
  const audit = valueOf(openAudit(state.dir, { clock }));
  const live = openLive({ store, kinds: KINDS, clock, workspaces: path.join(state.dir, "workspaces") });
  const bus = newBus();
  const events: RuntimeEvent[] = [];
  bus.subscribe(["channel.state", "message.sent", "message.received"], (event) => void events.push(event));
  const vault = (owner: { readonly active: { readonly loaded: { readonly secrets: Parameters<typeof openVault>[0]["secrets"] } } }) =>
    openVault({
      project: "acme",
      secrets: owner.active.loaded.secrets,
      envelope: () => fail(),
      identities: () => ok([]),
      env,
    });
  const find: Agents["find"] = (name) => {
    const found = live.agent(OWNER, name);
    if (!found.ok) return found;
    const { active } = found.value.owner;
    const loaded = active.loaded.agents.get(name);
    if (!loaded) return fail();
    const it: LiveAgent = {
      owner: OWNER,
      generation: active.generation.number,
      agent: loaded,
      providers: active.loaded.providers,
      vault: vault(found.value.owner),
      life: name,
    };
    return ok(it);
  };
  const agents: Agents = { find, known: find, all: () => ok([]) };
  const held: { talk?: Conversations } = {};
  const world: ChannelsWorld = {
    live: () => live,
    records: () => records,
    audit: () => audit,
    bus,
    clock,
    ids,
    vault,
    intake: () => held.talk ?? null,
    together: (work) => held.talk?.together(work) ?? Promise.resolve(fail()),
    approvals: () => null,
    ...over,
  };
  const channels = openChannels(world);
  const talk = openConversations({
    agents,
    gate: null,
    bus,
    audit,
    withRecords: (work) => work(records),
    deliver: channels.deliver,
    clock,
    ids,
  });
  held.talk = talk;
  const app = Fastify({ bodyLimit: 1024 * 1024, ...serving });
  await channels.extend(app);
  valueOf(await talk.start());
  valueOf(await channels.start(new AbortController().signal));
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await channels.stop();
    await talk.stop(0);
    await app.close();
    live.close();
    audit.close();
    records.close();
    store.close();
    state[Symbol.dispose]();
  });
  const of = (kind: AuditRecord["kind"]): readonly AuditRecord[] =>
    valueOf(audit.reader.query({ kinds: [kind], limit: 1_000, order: "oldest" })).records;
  const until = async (is: () => boolean, ms = 5_000): Promise<void> => {
    const end = Date.now() + ms;
    while (!is()) {
      if (Date.now() > end) throw new Error("it did not come to that");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await until(() => channels.states().every((each) => each.state !== "waiting"));
  return {
    dir: state.dir,
    channels,
    talk,
    live,
    records,
    audit,
    events,
    bus,
    clock,
    store,
    url: () => address,
    apply: async (next) => {
      applyResources(state, next);
      valueOf(live.state());
      await channels.reconcile();
      await until(() => channels.states().every((each) => each.state !== "waiting"));
    },
    refused: () => of("message.refused"),
    of,
    until,
  };
}

export function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}
