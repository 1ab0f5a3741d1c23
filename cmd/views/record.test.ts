import { describe, expect, test } from "vitest";
import type { Digest, Generation, Hold } from "../../core/index.ts";
import type { DriftReport, LoopState, StatusReport } from "../../reconciler/engine.ts";
import { appliedViews } from "./applied.ts";
import { driftViews } from "./drift-report.ts";
import { exportViews } from "./exported.ts";
import { historyViews } from "./history.ts";
import type { Views } from "./index.ts";
import { widthOf } from "./layout.ts";
import { planWith, PLAIN, richPlan } from "./plan.fixture.ts";
import { backupViews, ledgerViews, migratedViews, recordsViews, restoredViews, resumedViews } from "./record.ts";
import { statusViews } from "./status-report.ts";

const D: Digest = `sha256:${"a".repeat(64)}`;
const OWNER = "acme/default";

const GENERATION: Generation = {
  owner: OWNER,
  number: 42,
  status: "active",
  reason: "apply",
  because: null,
  digest: D,
  plan: D,
  resolved: D,
  schema: D,
  engine: "0.1.0",
  commit: "3f2a91c".padEnd(40, "0"),
  dirty: false,
  actor: "ops@acme",
  createdAt: "2026-03-01T10:00:00.000Z",
  resources: 7,
};

const HOLD: Hold = {
  id: "h1",
  owner: OWNER,
  selector: "Agent/a",
  denied: "all",
  reason: "incident",
  actor: "ops@acme",
  at: "2026-03-01T11:00:00.000Z",
  until: null,
};

async function text<T>(views: Views<T>, value: T, look = PLAIN): Promise<string> {
  return await views.text(value, look);
}

describe("apply", () => {
  test.each([
    [
      "applied",
      { outcome: "applied", plan: richPlan(), generation: GENERATION, notices: [] },
      "✓ Applied generation 42 of acme-bots/default (embedded): 1 create, 1 update, 1 delete, 212 unchanged.\n",
    ],
    [
      "rolled back",
      { outcome: "applied", plan: richPlan(), generation: { ...GENERATION, reason: "rollback" }, notices: [] },
      "✓ Rolled back as generation 42 of",
    ],
    [
      "nothing to do",
      { outcome: "nothing-to-do", plan: planWith(), generation: GENERATION, notices: [] },
      "✓ No changes. 214 resources match generation 41.\n",
    ],
    [
      "applied before",
      { outcome: "already-applied", plan: planWith(), generation: GENERATION, notices: [] },
      "✓ Already applied as generation 42.\n",
    ],
  ] as const)("%s", async (_, value, expected) => expect(await text(appliedViews, value)).toContain(expected));

  test("as JSON holds the plan, as a line its digest", async () => {
    const value = { outcome: "applied", plan: richPlan(), generation: GENERATION, notices: [] } as const;
    expect(JSON.parse(await appliedViews.json!(value, PLAIN))).toMatchObject({
      kind: "Applied",
      generation: { number: 42 },
      plan: { kind: "Plan" },
    });
    expect(JSON.parse(await appliedViews.jsonl!(value, PLAIN))).toMatchObject({ type: "applied", digest: richPlan().digest });
    expect(await appliedViews.markdown!(value, PLAIN)).toMatch(/Generation `42`\.\n\n### moltbot plan/);
  });
});

describe("history", () => {
  const old: Generation = {
    ...GENERATION,
    number: 41,
    status: "superseded",
    reason: "rollback",
    because: "worse",
    commit: null,
    createdAt: "2026-02-20T10:00:00.000Z",
  };
  test("is a table, newest first", async () => {
    expect(await text(historyViews, { owner: OWNER, generations: [{ ...GENERATION, dirty: true }, old] })).toBe(
      [
        "GENERATION  STATUS        WHEN    BY        FROM             RESOURCES  WHY",
        "42          ✓ active      2h ago  ops@acme  3f2a91c+changes  7          apply",
        "41            superseded  9d ago  ops@acme  work tree        7          rollback: worse",
        "",
      ].join("\n"),
    );
  });
  test("says when there is none", async () =>
    expect(await text(historyViews, { owner: OWNER, generations: [] })).toBe("Nothing was applied for acme/default yet.\n"));
  test("fits 20 columns", async () => {
    const narrow = await text(historyViews, { owner: OWNER, generations: [GENERATION, old] }, { ...PLAIN, width: 20 });
    expect(Math.max(...narrow.split("\n").map(widthOf))).toBeLessThanOrEqual(20);
    expect(narrow).toContain("generation: 42");
  });
});

const STATUS: StatusReport = {
  owner: OWNER,
  target: "embedded",
  lineage: "ab".repeat(16),
  active: GENERATION,
  candidate: null,
  pin: null,
  holds: [],
  edits: [],
  openIntent: null,
  ledgerHead: { seq: 9, hash: D },
  recipient: "age1xyz",
  resources: [
    { address: "Agent/a", inert: [] },
    { address: "Agent/b", inert: ["skill loader"] },
  ],
  obligations: [],
  unmanaged: [],
  watch: null,
};

describe("status", () => {
  test("names what is active and what is inert", async () => {
    expect(await text(statusViews, STATUS)).toBe(
      [
        "owner      acme/default",
        "target     embedded, store abababababab",
        "active     generation 42 from 3f2a91c, by ops@acme, 2h ago",
        "resources  2, 1 inert",
        "recipient  age1xyz",
        "ledger     record 9, sha256:aaaaaaaaaaaa",
        "",
        "RESOURCE  STATE",
        "Agent/b   inert: needs skill loader",
        "",
      ].join("\n"),
    );
  });

  test("with --verbose every resource", async () =>
    expect(await text(statusViews, STATUS, { ...PLAIN, verbose: true })).toContain("Agent/a   active"));

  test("names what stands open", async () => {
    const open: StatusReport = {
      ...STATUS,
      active: null,
      candidate: { ...GENERATION, number: 43 },
      openIntent: { plan: D, actor: "ops@acme", at: "2026-03-01T11:58:00.000Z" },
      pin: { owner: OWNER, generation: 41, because: "worse", actor: "ops@acme", at: "2026-02-01T00:00:00.000Z", refused: [] },
      edits: [{ id: "e", owner: OWNER, address: "Agent/a", patch: [], actor: "api", at: "2026-03-01T11:00:00.000Z" }],
      holds: [HOLD],
    };
    const shown = await text(statusViews, open);
    expect(shown).toContain("active     nothing applied yet");
    expect(shown).toContain("? generation 43 waits for the runtime's answer");
    expect(shown).toContain("! an apply by ops@acme, 2min ago, has not ended");
    expect(shown).toContain("= pinned to generation 41 by ops@acme, 28d ago: worse");
    expect(shown).toContain("~ 1 edit made outside git");
    expect(shown).toContain("h1  Agent/a  everything  ops@acme, 1h ago  lifted  incident");
  });
});

describe("status of a watch loop", () => {
  const at = "2026-03-01T11:58:00.000Z";
  const arrived = { id: "c1", label: "main@c1", at: "2026-03-01T10:00:00.000Z", generation: 42 };
  const good: LoopState = {
    formatVersion: "1.0",
    source: { url: "https://git.example.com/acme/bots", branch: "main" },
    attempted: { id: "c1", label: "main@c1", at, outcome: "nothing-to-do", codes: [] },
    applied: arrived,
    failures: 0,
    failing: null,
  };
  const bad = { at, codes: ["FIELD_UNKNOWN"] };
  test.each<[string, LoopState, readonly string[]]>([
    [
      "all is well",
      good,
      [
        "watch      https://git.example.com/acme/bots, branch main; last looked 2min ago",
        "✓ main@c1 was applied 2h ago: generation 42",
        "! what is followed is applied without checking who signed it",
      ],
    ],
    [
      "a bad commit",
      { ...good, attempted: { id: "c2", label: "main@c2", outcome: "failed", ...bad }, failures: 3, failing: bad },
      ["✓ main@c1 was applied 2h ago: generation 42", "✗ main@c2 was tried 2min ago: FIELD_UNKNOWN, 3 failures in a row"],
    ],
    [
      "a source that is gone",
      { ...good, failures: 1, failing: { at: "2026-03-01T11:59:00.000Z", codes: ["GIT_FAILED"] } },
      ["; last looked 1min ago", "✗ the source could not be read 1min ago: GIT_FAILED\n"],
    ],
    ["the work tree, before its first round", { ...good, source: null, attempted: null, applied: null }, ["watch      the work tree\n"]],
  ])("%s", async (_, watch, parts) => {
    const shown = await text(statusViews, { ...STATUS, watch });
    for (const part of parts) expect(shown).toContain(part);
  });
});

describe("drift", () => {
  const report: DriftReport = {
    owner: OWNER,
    generation: 42,
    drift: [
      {
        address: "Agent/a",
        class: "neutral",
        fields: [{ path: "spec.model.temperature", before: 0.2, after: 0.9, sensitive: false }],
        edits: [{ id: "e", owner: OWNER, address: "Agent/a", patch: [], actor: "api:laptop", at: "2026-03-01T10:00:00.000Z" }],
      },
    ],
    holds: [HOLD],
  };
  test("who changed what", async () => {
    const shown = await text(driftViews, report);
    expect(shown).toContain("~ Agent/a\n  by api:laptop, 2h ago\n    spec.model.temperature  0.2 -> 0.9");
    expect(shown).toContain("h1");
    expect(await driftViews.markdown!(report, PLAIN)).toContain("  - `spec.model.temperature: 0.2 -> 0.9`");
    expect((await driftViews.jsonl!(report, PLAIN)).trimEnd().split("\n")).toHaveLength(2);
    expect(JSON.parse(await driftViews.json!(report, PLAIN))).toMatchObject({ kind: "Drift", generation: 42 });
  });
  test("none", async () =>
    expect(await text(driftViews, { ...report, drift: [], holds: [] })).toBe("No drift: what is live is generation 42.\n"));
});

describe("the record's other answers", () => {
  const head = { seq: 9, hash: D };
  const pin = { owner: OWNER, generation: 41, because: "x", actor: "a", at: "2026-01-01T00:00:00.000Z", refused: [] } as const;
  const cases: readonly (readonly [string, string | Promise<string>, string])[] = [
    ["a pin ended", text(resumedViews, { owner: OWNER, pin }), "The pin of acme/default to generation 41 is ended."],
    ["no pin", text(resumedViews, { owner: OWNER, pin: null }), "No pin stands for acme/default."],
    [
      "backup",
      text(backupViews("b"), { head, bytes: 1, digest: D, hasKeys: false }),
      `b: 1 byte, ${D}, up to ledger record 9:${D}. Keys are not in it.`,
    ],
    ["backup with keys", text(backupViews("b"), { head, bytes: 1, digest: D, hasKeys: true }), "Its keys are in it, sealed."],
    ["restored", text(restoredViews, { head, newKeys: [], recipient: null }), `Restored up to ledger record 9:${D}.\n`],
    [
      "restored with new keys",
      text(restoredViews, { head, newKeys: ["runtime.agekey"], recipient: "age1x" }),
      "Set each secret value again for age1x:\n  moltbot secret set NAME KEY",
    ],
    ["migrated", text(migratedViews, { from: "1", to: "2", copy: "c" }), "from format 1 to 2. The old one is c."],
    ["nothing to migrate", text(migratedViews, { from: "2", to: "2", copy: null }), "has format 2 already."],
    ["verified", text(ledgerViews, { records: 9, head, lineage: "ab".repeat(16) }), "verifies: 9 records, head 9:sha256:"],
    ["exported", text(exportViews("d"), { generation: 4, files: [{ path: "a", text: "b" }] }), "Generation 4: 1 file in d."],
  ];
  test.each(cases)("%s", async (_, shown, expected) => expect(await shown).toContain(expected));

  test("export without a folder is one stream, byte for byte", async () => {
    const files = [
      { path: "agents/a.yaml", text: "spec: |\n  ::x::\n" },
      { path: "agents/b.yaml", text: "b: 1\n" },
    ];
    expect(await text(exportViews(undefined), { generation: 4, files })).toBe(
      "# agents/a.yaml\nspec: |\n  ::x::\n---\n# agents/b.yaml\nb: 1\n",
    );
  });

  test("the ledger's tail", async () => {
    const record = {
      formatVersion: "1.0",
      seq: 1,
      prev: null,
      at: "2026-01-01T00:00:00.000Z",
      kind: "created",
      owner: null,
      actor: "a\u001b",
      body: { x: "y" },
      hash: D,
    } as const;
    expect(await text(recordsViews, [record])).toContain(
      "1    2026-01-01T00:00:00.000Z  created         a\\u001b  sha256:aaaaaaaaaaaa  {x: y}",
    );
    expect(JSON.parse(await recordsViews.jsonl!([record], PLAIN))).toMatchObject({ seq: 1, hash: D });
  });
});
