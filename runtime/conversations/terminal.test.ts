import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { digestBytes } from "../../core/index.ts";
import { sealValue } from "../../trust/secrets/index.ts";
import { answerEvents, chunk, serve } from "../agents/agents.fixture.ts";
import { runtimeRecipient } from "../store/index.ts";
import { openConversation, sessionsOf, type TerminalWorld } from "./index.ts";
import {
  applyResources,
  codesOf,
  OWNER,
  resource,
  stateFolder,
  valueOf,
  withStore,
  type StateFolder,
} from "../sessions/sessions.fixture.ts";

const CANARY = "canary-sk-5f02aa71";
const echo = resource("ModelProvider", "echo", { type: "echo" });
const greeter = resource("Agent", "greeter", { model: { provider: "echo", name: "echo" }, prompt: "Greet." });

function world({ dir, ports }: StateFolder, env: TerminalWorld["env"] = {}): TerminalWorld {
  return { dir, owner: OWNER, project: "acme", clock: ports.clock, ids: ports.ids, env };
}

function listen() {
  const pieces: string[] = [];
  return { pieces, signal: new AbortController().signal, onDelta: ({ text }: { readonly text: string }) => void pieces.push(text) };
}

describe("a conversation with the active generation", () => {
  test("is answered, recorded, and goes on where it ended", async () => {
    using state = stateFolder();
    applyResources(state, [echo, greeter]);
    const first = valueOf(openConversation(world(state), "greeter", "latest"));
    expect([first.session.isNew, first.generation]).toEqual([true, 1]);
    const ear = listen();
    const said = valueOf(await first.say("hello", ear));
    expect(said.turn.text).toBe(ear.pieces.join(""));
    expect(said).toMatchObject({ generation: 1, session: { id: first.session.id, exchanges: 1 } });
    const second = valueOf(openConversation(world(state), "greeter", "latest"));
    expect([second.session.id, second.session.isNew]).toEqual([first.session.id, false]);
    expect(valueOf(second.history()).map((entry) => ("text" in entry ? entry.text : ""))).toEqual(["hello", said.turn.text]);
    const third = valueOf(openConversation(world(state), "greeter", "new"));
    expect(third.session.id).not.toBe(first.session.id);
    const byId = valueOf(openConversation(world(state), "greeter", { id: first.session.id }));
    expect(valueOf(await byId.say("more", listen())).session.exchanges).toBe(2);
    expect(valueOf(sessionsOf(world(state)).list("greeter")).length).toBe(1);
  });

  test("before anything is applied, and for agents that are not there", () => {
    using state = stateFolder();
    expect(codesOf(openConversation(world(state), "greeter", "latest"))).toEqual(["NOTHING_ACTIVE"]);
    expect(fs.existsSync(state.dir)).toBe(false);
    applyResources(state, [echo, greeter]);
    const result = openConversation(world(state), "greter", "latest");
    expect(codesOf(result)).toEqual(["AGENT_NOT_FOUND"]);
    expect(JSON.stringify(result)).toContain('Did you mean \\"greeter\\"?');
    expect(codesOf(openConversation({ ...world(state), owner: "other/default" }, "greeter", "new"))).toEqual(["NOTHING_ACTIVE"]);
    expect(codesOf(openConversation(world(state), "greeter", { id: "0123456789" }))).toEqual(["SESSION_INVALID"]);
  });

  test("each message is answered by what is active then: a new generation, an edit, a hold", async () => {
    using state = stateFolder();
    applyResources(state, [echo, greeter]);
    const talk = valueOf(openConversation(world(state), "greeter", "new"));
    valueOf(await talk.say("1", listen()));
    applyResources(state, [echo, resource("Agent", "greeter", { ...greeter.spec, prompt: "Other." })]);
    expect(valueOf(await talk.say("2", listen())).generation).toBe(2);
    expect(talk.generation).toBe(2);
    const hold = withStore(state, (store) =>
      valueOf(store.addHold({ owner: OWNER, selector: "Agent/greeter", denied: "all", reason: "loud", actor: "ops", until: null })),
    );
    const held = await talk.say("3", listen());
    expect(codesOf(held)).toEqual(["HELD"]);
    expect(JSON.stringify(held)).toContain("loud");
    expect(codesOf(openConversation(world(state), "greeter", "latest"))).toEqual(["HELD"]);
    withStore(state, (store) => {
      valueOf(store.removeHold(OWNER, hold.id, "ops", "done"));
      valueOf(
        store.addEdit({
          owner: OWNER,
          address: "Agent/greeter",
          patch: [{ pointer: "/spec/model/provider", value: "none" }],
          actor: "ops",
        }),
      );
    });
    expect(codesOf(await talk.say("4", listen()))).toEqual(["REF_NOT_FOUND"]);
    expect(
      valueOf(talk.history())
        .filter(({ kind }) => kind === "user")
        .map((entry) => ("text" in entry ? entry.text : "")),
    ).toEqual(["1", "2"]);
  });

  test("what the agent declares beyond talking is said to be inert", () => {
    using state = stateFolder();
    applyResources(state, [echo, resource("Agent", "greeter", { ...greeter.spec, capabilities: [{ tool: "time" }] })]);
    const result = openConversation(world(state), "greeter", "new");
    expect(result.ok && result.warnings.map(({ code, detail }) => `${code} ${detail}`).join()).toContain(
      "INERT Agent/greeter answers here without its tools",
    );
  });
});

describe("a provider's key", () => {
  test("is opened by the runtime's own identity, at first use, and stands nowhere else", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("hi"), chunk("", "stop")));
    using state = stateFolder();
    withStore(state, () => undefined);
    const recipient = valueOf(runtimeRecipient(state.dir)) ?? "";
    const sealed = valueOf(
      await sealValue({ project: "acme", name: "api", key: "key", recipients: [recipient], value: Buffer.from(CANARY) }),
    );
    const envelope = Buffer.from(sealed.envelope);
    const secret = resource("Secret", "api", {
      values: { key: { age: { recipients: sealed.recipients, envelope: digestBytes(envelope) } } },
    });
    const provider = resource("ModelProvider", "cloud", {
      type: "openai-compatible",
      endpoint: server.url,
      credentials: { secret: "api", key: "key" },
    });
    const agent = resource("Agent", "a", { model: { provider: "cloud", name: "m" } });
    applyResources(state, [secret, provider, agent], [envelope]);
    const talk = valueOf(openConversation(world(state), "a", "new"));
    const said = await talk.say("hello", listen());
    expect(valueOf(said).turn.text).toBe("hi");
    valueOf(await talk.say("again", listen()));
    expect(server.seen.map(({ headers }) => headers["authorization"])).toEqual([`Bearer ${CANARY}`, `Bearer ${CANARY}`]);
    expect(JSON.stringify(said)).not.toContain(CANARY);
    for (const file of fs.readdirSync(state.dir, { recursive: true, encoding: "utf8" })) {
      const full = path.join(state.dir, file);
      if (fs.statSync(full).isFile()) expect(fs.readFileSync(full).includes(CANARY)).toBe(false);
    }
    fs.rmSync(path.join(state.dir, "keys", "runtime.agekey"));
    expect(codesOf(openConversation(world(state), "a", "new"))).toEqual(["KEY_MISSING"]);
  });

  test("sealed for somebody else, or copied from another Secret: refused before anything is sent", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("hi", "stop")));
    using state = stateFolder();
    withStore(state, () => undefined);
    const recipient = valueOf(runtimeRecipient(state.dir)) ?? "";
    const sealed = valueOf(
      await sealValue({ project: "acme", name: "other", key: "key", recipients: [recipient], value: Buffer.from(CANARY) }),
    );
    const envelope = Buffer.from(sealed.envelope);
    const secret = resource("Secret", "api", {
      values: { key: { age: { recipients: sealed.recipients, envelope: digestBytes(envelope) } } },
    });
    const provider = resource("ModelProvider", "cloud", {
      type: "openai-compatible",
      endpoint: server.url,
      credentials: { secret: "api", key: "key" },
    });
    applyResources(state, [secret, provider, resource("Agent", "a", { model: { provider: "cloud", name: "m" } })], [envelope]);
    const talk = valueOf(openConversation(world(state), "a", "new"));
    expect(codesOf(await talk.say("hello", listen()))).toEqual(["SECRET_ENVELOPE_MISMATCH"]);
    expect(server.seen).toEqual([]);
    expect(valueOf(talk.history())).toEqual([]);
  });

  test("from the environment of the runtime", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("hi", "stop")));
    using state = stateFolder();
    const secret = resource("Secret", "api", { values: { value: { env: { name: "API_KEY" } } } });
    const provider = resource("ModelProvider", "cloud", {
      type: "openai-compatible",
      endpoint: server.url,
      credentials: { secret: "api" },
    });
    applyResources(state, [secret, provider, resource("Agent", "a", { model: { provider: "cloud", name: "m" } })]);
    valueOf(await valueOf(openConversation(world(state, { API_KEY: CANARY }), "a", "new")).say("x", listen()));
    expect(server.seen[0]?.headers["authorization"]).toBe(`Bearer ${CANARY}`);
    expect(codesOf(await valueOf(openConversation(world(state), "a", "new")).say("x", listen()))).toEqual(["SECRET_ENV_MISSING"]);
  });
});
