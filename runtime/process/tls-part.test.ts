import { afterEach, expect, test } from "vitest";
import { fail, ok, problem, type Owner, type Result, type TlsException } from "../../core/index.ts";
import type { AuditRecord, SecurityEvent } from "../audit/index.ts";
import type { Live, LiveState } from "../live/index.ts";
import { clientTls, type TlsExceptions } from "../net/index.ts";
import { tlsPart, type TlsPart } from "./tls-part.ts";

const NEVER = new AbortController().signal;
const legacy: TlsException = { host: "legacy.example", minVersion: "TLSv1.2", reason: "replaced in March" };
const other: TlsException = { host: "other.example", minVersion: "TLSv1.2", reason: "theirs" };

interface Told {
  readonly part: TlsPart;
  readonly events: SecurityEvent[];
  readonly failed: string[];
  readonly become: (owners: Readonly<Record<string, TlsExceptions>>) => void;
  broken: boolean;
}

const parts: TlsPart[] = [];
afterEach(async () => {
  for (const each of parts.splice(0)) await each.stop();
});

/** What a part sees of what is active: owners with the exceptions of their Projects. */
async function started(owners: Readonly<Record<string, TlsExceptions>>): Promise<Told> {
  const stateOf = (of: typeof owners): LiveState =>
    ({
      owners: new Map(Object.entries(of).map(([owner, tls]) => [owner, { owner, active: { loaded: { tls } } }])),
    }) as unknown as LiveState;
  let look: ((state: LiveState) => void) | undefined;
  const live = {
    state: () => ok(stateOf(owners)),
    onChange: (listener: (state: LiveState) => void) => {
      look = listener;
      return () => (look = undefined);
    },
  } as unknown as Live;
  const [events, failed]: [SecurityEvent[], string[]] = [[], []];
  const record = (event: SecurityEvent): Result<AuditRecord> => {
    if (told.broken) return fail(problem("STORE_UNAVAILABLE", { detail: "the disk is full" }));
    events.push(event);
    return ok({} as AuditRecord);
  };
  const part = tlsPart({ live: () => live, audit: () => ({ record }), ids: { next: () => "id" }, failed: (why) => void failed.push(why) });
  const told: Told = { part, events, failed, become: (next) => look?.(stateOf(next)), broken: false };
  parts.push(part);
  expect((await part.start(NEVER)).ok).toBe(true);
  return told;
}

const said = ({ events }: Told): readonly (readonly [Owner | null, string | undefined])[] =>
  events.map(({ owner, resource }) => [owner, resource]);

test("the first use of a host is recorded, with its reason, once for each owner that excepts it", async () => {
  const told = await started({ "a/default": [legacy], "b/default": [legacy, other], "c/default": [{ ...legacy, reason: "another" }] });
  for (let i = 0; i < 3; i++) clientTls("legacy.example", [legacy]);
  clientTls("elsewhere.example", [legacy]);
  expect(said(told)).toEqual([
    ["a/default", "legacy.example"],
    ["b/default", "legacy.example"],
  ]);
  expect(told.events[0]).toMatchObject({
    kind: "tls.exception",
    decision: "allowed",
    facts: { minVersion: "TLSv1.2", reason: "replaced in March" },
  });
});

test("what cannot be recorded is said, and tried again with the next use", async () => {
  const told = await started({ "a/default": [legacy] });
  told.broken = true;
  clientTls("legacy.example", [legacy]);
  expect([told.failed.length, told.events]).toEqual([1, []]);
  told.broken = false;
  clientTls("legacy.example", [legacy]);
  expect(said(told)).toEqual([["a/default", "legacy.example"]]);
});

test("in the process's own name counts what every owner excepts, as of now", async () => {
  const told = await started({ "a/default": [legacy] });
  expect(told.part.shared()).toEqual([legacy]);
  told.become({ "a/default": [legacy], "b/default": [other] });
  expect(told.part.shared()).toEqual([]);
  told.become({});
  expect(told.part.shared()).toEqual([]);
});

test("nothing is heard any more once it stopped", async () => {
  const told = await started({ "a/default": [legacy] });
  await told.part.stop();
  clientTls("legacy.example", [legacy]);
  expect(told.events).toEqual([]);
});
