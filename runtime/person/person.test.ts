import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fail, ok, problem, type Result } from "../../core/index.ts";
import type { Audit, AuditRecord, SecurityEvent } from "../audit/index.ts";
import {
  agentsOf,
  gateOf,
  liveAgent,
  message,
  soon,
  stateFolder,
  talkOver,
  told,
  valueOf,
  type StateFolder,
} from "../conversations/conversations.fixture.ts";
import { NO_LABELS } from "../run/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { ConversationsWorld } from "../conversations/ports.ts";
import { deletePerson, exportPerson, KEEPERS } from "./index.ts";
import { mentions, pairingKeeper } from "./slots.ts";

function auditOf(): Audit & { readonly events: SecurityEvent[] } {
  const events: SecurityEvent[] = [];
  return {
    events,
    record: (event): Result<AuditRecord> => {
      events.push(event);
      return ok({
        formatVersion: "1.0",
        ...event,
        seq: events.length,
        prev: null,
        at: "2026-01-01T00:00:00.000Z",
        hash: `sha256:${"a".repeat(64)}`,
      });
    },
  };
}

function worldOf(state: StateFolder, records: SealedRecords, audit = auditOf()) {
  return {
    records,
    audit,
    keepers: KEEPERS,
    clock: state.ports.clock,
    ids: state.ports.ids,
    actor: "ops",
    active: () => ok(new Map()),
  };
}

const person = (id: string) => ({ id, kind: "person" as const, role: null, verified: true, person: null });
const room = { name: "web", type: "web", peer: "room", group: true, dataClass: null };

describe("a person's data", () => {
  test("export has what they said, were answered and what was done for it; delete leaves none of it, and the others' stands", async () => {
    using state = stateFolder();
    const gate = gateOf({ "x.look": () => told("canary-result") });
    const { talk, sent, records } = talkOver(state, agentsOf(liveAgent("a")), { gate });
    const ada = { principal: person("web:ada"), conversation: "peer/web%3Aada" };
    await talk.receive(message("canary-alone", ada));
    const inRoom = (who: string, text: string) => message(text, { principal: person(who), channel: room, conversation: "room/web//room" });
    await talk.receive(inRoom("web:bob", "bob asks"));
    await soon(() => sent.length === 2);
    await talk.receive(inRoom("web:ada", "/call x.look {}\n/then\ncanary-room"));
    await soon(() => sent.length === 3);
    await talk.receive(inRoom("web:bob", "bob again"));
    await soon(() => sent.length === 4 && talk.undelivered() === 0);
    valueOf(
      records.put(
        "gate/approval/0011223344556677",
        Buffer.from(JSON.stringify({ v: 1, principal: "web:ada", summary: "canary-approval" })),
      ),
    );
    valueOf(records.put("gate/approval/8811223344556677", Buffer.from(JSON.stringify({ v: 1, principal: "web:bob" }))));

    const audit = auditOf();
    const world = worldOf(state, records, audit);
    const exported = valueOf(exportPerson(world, ["web:ada"]));
    const text = JSON.stringify(exported);
    for (const canary of ["canary-alone", "canary-room", "canary-result", "canary-approval"]) expect(text).toContain(canary);
    expect(text).not.toContain("bob asks");
    expect(audit.events).toMatchObject([{ kind: "person.exported", actor: "ops", facts: { digest: exported.digest } }]);
    expect(JSON.stringify(audit.events)).not.toContain("web:ada");

    const deleted = valueOf(deletePerson(world, ["web:ada"], "asked for it"));
    expect(deleted.counts).toMatchObject({ conversations: 2, queues: 1, approvals: 1 });
    expect(audit.events.at(-1)).toMatchObject({ kind: "person.deleted", facts: { reason: "asked for it" } });
    const again = exportPerson(world, ["web:ada"]);
    expect(again.ok ? [] : again.diagnostics.map(({ code }) => code)).toEqual(["PERSON_UNKNOWN"]);
    for (const slot of valueOf(records.names(""))) {
      const all = [valueOf(records.get(slot))?.head ?? new Uint8Array(), ...valueOf(records.read(slot))].map((each) =>
        Buffer.from(each).toString(),
      );
      expect(all.join("\n")).not.toContain("canary-");
      expect(all.join("\n")).not.toContain("web:ada");
    }
    const bobs = valueOf(exportPerson(world, ["web:bob"]));
    expect(JSON.stringify(bobs)).toContain("bob again");
    // The conversation goes on, and the model is not told what was deleted.
    await talk.receive(inRoom("web:bob", "bob third"));
    await soon(() => sent.length === 5);
    const [session] = valueOf(talk.sessions("a"));
    const entries = valueOf(talk.transcript("a", session?.id ?? ""));
    for (const [i, each] of entries.entries()) expect(each.parent).toBe(entries[i - 1]?.id ?? null);
    expect(JSON.stringify(entries)).not.toContain("canary-");
  });

  test("memory, schedules, what they led to, plugin storage and what the gate counted go too", async () => {
    using state = stateFolder();
    const { talk, sent, records } = talkOver(state, agentsOf(liveAgent("a")));
    const put = (slot: string, json: object): void => valueOf(records.put(slot, Buffer.from(JSON.stringify(json))));
    put("memory/abc/1", { name: "notes", text: "canary-memory", people: ["web:ada", "ada"] });
    put("memory/abc/2", { name: "notes", text: "bobs", people: ["web:bob"] });
    put("schedule/1", { name: "daily", message: "canary-schedule", people: ["web:ada"] });
    put("schedule/2", { name: "weekly", message: "bobs", people: ["web:bob"] });
    put("plugin/abc/1", { key: "web:ada", value: "canary-plugin" });
    await talk.receive(message("canary-alone", { principal: person("web:ada"), conversation: "peer/web%3Aada" }));
    const schedule = { id: "schedule:daily", kind: "schedule" as const, role: null, verified: true, person: null };
    await talk.receive(message("canary-due", { principal: schedule, about: ["web:ada"], conversation: "schedule:daily" }));
    await soon(() => sent.length === 2 && talk.undelivered() === 0);
    for (const { id } of valueOf(talk.sessions("a"))) put(`gate/session/${id}`, { v: 1, calls: 7 });
    const world = worldOf(state, records);
    const text = JSON.stringify(valueOf(exportPerson(world, ["web:ada"])));
    for (const each of ["memory", "schedule", "plugin", "alone", "due"]) expect(text).toContain(`canary-${each}`);
    const { counts } = valueOf(deletePerson(world, ["web:ada"], "asked for it"));
    expect(counts).toMatchObject({ "gate sessions": 2, conversations: 2, memory: 1, schedules: 1, "plugin storage": 1 });
    for (const slot of valueOf(records.names(""))) {
      const all = [valueOf(records.get(slot))?.head ?? new Uint8Array(), ...valueOf(records.read(slot))].map((each) =>
        Buffer.from(each).toString(),
      );
      expect(all.join("\n")).not.toMatch(/canary-|web:ada/);
    }
    expect(valueOf(records.names("memory/"))).toEqual(["memory/abc/2"]);
    expect(valueOf(records.names("schedule/"))).toEqual(["schedule/2"]);
  });

  test("an answer that waits for its next attempt, and one that is being made, are not sent after it was deleted", async () => {
    using state = stateFolder();
    let tried = 0;
    const down = (): ReturnType<ConversationsWorld["deliver"]> => {
      tried++;
      return Promise.resolve(fail(problem("UNDELIVERED", { detail: "down" })));
    };
    const { talk, records } = talkOver(state, agentsOf(liveAgent("a")), { deliver: down, clock: { now: () => new Date() } });
    const ada = { principal: person("web:ada"), conversation: "peer/web%3Aada" };
    await talk.receive(message("canary", ada));
    await soon(() => tried === 1);
    // One more is on its way when everything is deleted.
    await talk.receive(message("canary too", ada));
    valueOf(deletePerson(worldOf(state, records), ["web:ada"], "asked for it"));
    valueOf(talk.lookAgain());
    expect(talk.undelivered()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(tried).toBe(1);
    expect(talk.status("a")).toMatchObject({ running: 0, waiting: 0 });
    expect(valueOf(records.names(""))).toEqual([]);
  });

  test.each(["oidc:https://id.example#ada", "ada"])(
    "an answer that is being made over the API is stopped, and nothing of it is written: by %s",
    async (id) => {
      using state = stateFolder();
      let begun = false;
      let end: () => void = () => {};
      const waits = new Promise<void>((resolve) => (end = resolve));
      const gate = gateOf({
        "x.wait": async () => {
          begun = true;
          await waits;
          return told("canary-result");
        },
      });
      const { talk, records } = talkOver(state, agentsOf(liveAgent("a")), { gate });
      const principal = { ...person("oidc:https://id.example#ada"), person: "ada" };
      const asked = {
        agent: "a",
        session: "new",
        principal,
        channel: null,
        labels: NO_LABELS,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      } as const;
      const saying = talk.say({ ...asked, text: "/call x.wait {}\n/then\ncanary" });
      const bobs = talk.say({ ...asked, text: "hello", principal: person("web:bob") });
      await soon(() => begun);
      const ids = new Set([id]);
      const deleted = deletePerson(worldOf(state, records), ["oidc:https://id.example#ada"], "asked for it");
      valueOf(talk.lookAgain(ids));
      end();
      const said = await saying;
      expect(said.ok ? [] : said.diagnostics.map(({ code }) => code)).toContain("TURN_STOPPED");
      expect([deleted.ok, (await bobs).ok]).toEqual([true, true]);
      expect(valueOf(talk.sessions("a")).map(({ title }) => title)).toEqual(["hello"]);
      expect(JSON.stringify(valueOf(records.list("")).map(({ head }) => Buffer.from(head).toString()))).not.toContain("canary");
    },
  );

  test("without a receipt nothing is deleted", async () => {
    using state = stateFolder();
    const { talk, sent, records } = talkOver(state, agentsOf(liveAgent("a")));
    await talk.receive(message("hello", { principal: person("web:ada"), conversation: "peer/web%3Aada" }));
    await soon(() => sent.length === 1 && talk.undelivered() === 0);
    const broken: Audit = {
      record: () => ({
        ok: false,
        diagnostics: [{ severity: "error", code: "STORE_UNAVAILABLE", summary: "", detail: "full", context: {} }],
      }),
    };
    const refused = deletePerson({ ...worldOf(state, records), audit: broken }, ["web:ada"], "x");
    expect(refused.ok).toBe(false);
    expect(valueOf(exportPerson(worldOf(state, records), ["web:ada"])).parts["conversations"]?.length).toBe(1);
  });

  test("an id is a whole text, never a part of one", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (id, more) => {
        expect(mentions([[id]], new Set([id]))).toBe(true);
        expect(mentions([[id + more]], new Set([id]))).toBe(false);
      }),
    );
  });
});

test("pairing: the person's entries leave the lists, the others stay", () => {
  using state = stateFolder();
  const { records } = talkOver(state, agentsOf(liveAgent("a")));
  const paired = { v: 1, paired: [{ sender: "4711" }, { sender: "4712" }], pending: [{ sender: "4711", code: "x" }] };
  valueOf(records.put("channels/pairing/abc", Buffer.from(JSON.stringify(paired))));
  const world = { ...worldOf(state, records), keepers: [pairingKeeper] };
  expect(valueOf(exportPerson(world, ["telegram:4711"])).parts["pairing"]).toEqual([
    { place: "pairing channels/pairing/abc", content: { entries: [{ sender: "4711" }, { sender: "4711", code: "x" }] } },
  ]);
  valueOf(deletePerson(world, ["telegram:4711"], "x"));
  const left = valueOf(records.get("channels/pairing/abc"));
  expect(JSON.parse(Buffer.from(left?.head ?? []).toString())).toEqual({ v: 1, paired: [{ sender: "4712" }], pending: [] });
});
