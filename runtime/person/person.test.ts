import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok, type Result } from "../../core/index.ts";
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
import type { SealedRecords } from "../store/index.ts";
import { approvalKeeper, conversationKeepers, deletePerson, exportPerson, pairingKeeper } from "./index.ts";
import { mentions } from "./slots.ts";

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
    keepers: [...conversationKeepers, approvalKeeper],
    clock: state.ports.clock,
    ids: state.ports.ids,
    actor: "ops",
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
    expect(deleted.counts).toEqual({ conversations: 2, queues: 1, approvals: 1 });
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
