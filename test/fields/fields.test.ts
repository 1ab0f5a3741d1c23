/**
 * Every field of what a gateway runs has a reader: what is loaded differs by it, or is said to be inert by it, or
 * somebody named here reads it from the resource itself. A new field of a schema that nobody reads fails this.
 */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Resource } from "../../core/index.ts";
import { resource } from "../../runtime/channels/channels.fixture.ts";
import { lacksOfKind } from "../../runtime/load/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { BESIDE, CHANNELS, pairsIn, withOthers } from "../reload/observed.fixture.ts";
import { inertIn, loadedText } from "./seen.fixture.ts";

const REMOTE = resource("ModelProvider", "remote", {
  type: "openai-compatible",
  endpoint: "http://127.0.0.1:1",
  credentials: { secret: "s", key: "k" },
});
const ACCOUNT = resource("ModelProvider", "account", {
  type: "openai-compatible",
  endpoint: "http://127.0.0.1:1",
  auth: "oauth",
  oauth: { issuer: "https://id.acme.example", clientId: "c" },
});
const BASES: readonly Resource[] = [...Object.values(CHANNELS), ...BESIDE, REMOTE, ACCOUNT];

/** Only people read these. */
const FOR_PEOPLE = new Set(["description", "displayName", "purpose", "version", "homepage"]);

/** Settings of something that is told as inert by itself. */
const OF_INERT: Readonly<Record<string, readonly string[]>> = {
  Agent: ["compaction.memoryFlush", "memory.search.model", "memory.search.hybrid"],
};

/** Who reads a field from the resource, beside what is loaded: the file that names it. */
const READERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Agent: {
    mcpServers: "trust/policy/input.ts",
    capabilities: "runtime/live/agent.ts",
    "capabilities.0.constraints": "runtime/live/constraints.ts",
    "capabilities.0.expiresAt": "trust/capability/expand.ts",
    "workspace.folder": "runtime/tools/files/folder.ts",
    "workspace.files.0.path": "runtime/tools/files/prepare.ts",
    memory: "runtime/tools/memory/place.ts",
    sandbox: "runtime/tools/files/access.ts",
    "sandbox.timeout": "runtime/live/agent.ts",
  },
  ModelProvider: { auth: "runtime/load/provider.ts", local: "trust/policy/facts/providers.ts", dataClass: "trust/policy/facts/data.ts" },
  Skill: {
    enabled: "runtime/load/agent.ts",
    "bundle.digest": "trust/signatures/plugins/check.ts",
    signer: "trust/signatures/plugins/trust.ts",
    requireProvenance: "trust/signatures/plugins/check.ts",
  },
  Secret: { values: "trust/secrets/obligations.ts", rotation: "trust/secrets/obligations.ts" },
};

/** What the schema alone gives no two values for that load: bytes of archives and envelopes, and what is of another platform. */
const WITHOUT: Readonly<Record<string, readonly RegExp[]>> = {
  Channel: [/(^|\.)connection\.phoneNumber$/],
  ModelProvider: [/^models\.0\.prices\.currency$/],
  Skill: [/^bundle\./, /^signer\.identityPattern$/, /^config\./],
  Secret: [/^values\.m\.(age|file|pending)\./],
};

function unseen(base: Resource): { readonly fields: readonly string[]; readonly without: readonly string[] } {
  const channel = base.kind === "Channel" ? base : CHANNELS["webhook"]!;
  const own = inertIn(withOthers(base, channel), base);
  const { pairs, without } = pairsIn(base, channel);
  const fields = pairs.filter(({ before, after }) => {
    const all = [withOthers(before, channel), withOthers(after, channel)];
    return loadedText(all[0]!) === loadedText(all[1]!) && all.every((each) => inertIn(each, base) <= own);
  });
  return { fields: fields.map(({ field }) => field), without };
}

const isBelow = (field: string, prefix: string): boolean => field === prefix || field.startsWith(`${prefix}.`);
const lastOf = (field: string): string => field.split(".").findLast((each) => !/^\d+$/.test(each)) ?? "";

/** By kind; for channels by platform, because each reads other fields. Of the others one resource that shows a field is enough. */
function unseenBySort(): ReadonlyMap<Resource, readonly string[]> {
  const found = new Map<Resource, readonly string[]>();
  const kinds = new Map<string, Resource>();
  for (const base of BASES) {
    const first = base.kind === "Channel" ? base : (kinds.get(base.kind) ?? base);
    kinds.set(base.kind, first);
    const before = found.get(first);
    const { fields } = unseen(base);
    found.set(first, before ? before.filter((each) => fields.includes(each)) : fields);
  }
  return found;
}

test("every field is read, told as inert, or for people alone", () => {
  const [nobody, used]: [string[], Set<string>] = [[], new Set()];
  for (const [base, fields] of unseenBySort()) {
    const readers = Object.entries(READERS[base.kind] ?? {}).sort(([a], [b]) => b.length - a.length);
    for (const field of fields) {
      // `{file: path}` is gone after resolve: its bytes are in its place.
      if (FOR_PEOPLE.has(lastOf(field)) || lastOf(field) === "file") continue;
      if (OF_INERT[base.kind]?.some((each) => isBelow(field, each))) continue;
      const [prefix, file] = readers.find(([each]) => isBelow(field, each)) ?? [];
      if (prefix !== undefined) used.add(`${base.kind} ${prefix}`);
      const text = file === undefined ? "" : fs.readFileSync(path.join(ROOT, file), "utf8");
      if (!new RegExp(String.raw`\b${lastOf(field)}\b`).test(text)) nobody.push(`${base.kind} ${field} (${file ?? "no reader"})`);
    }
  }
  expect(nobody).toEqual([]);
  const named = Object.entries(READERS).flatMap(([kind, all]) => Object.keys(all).map((prefix) => `${kind} ${prefix}`));
  expect(named.filter((each) => !used.has(each))).toEqual([]);
});

test("of every field there are two values to compare, but for those that need bytes", () => {
  const missing = BASES.flatMap((base) =>
    unseen(base)
      .without.filter((field) => !(WITHOUT[base.kind] ?? []).some((each) => each.test(field)))
      .map((field) => `${base.kind} ${field}`),
  );
  expect(missing).toEqual([]);
});

/** Kinds whose fields others read: the reconciler, policies, approvals, logins. */
const READ_ELSEWHERE = new Set(["Project", "Team", "Policy", "PolicyException", "Plugin"]);

test("a kind that is not run says so as a whole", () => {
  const run = new Set(BASES.map(({ kind }) => kind));
  const others = [...KINDS.byName.keys()].filter((kind) => !run.has(kind) && !READ_ELSEWHERE.has(kind));
  expect(others.length).toBeGreaterThan(0);
  for (const kind of others) expect(lacksOfKind(resource(kind, "x", {})), kind).not.toEqual([]);
});
