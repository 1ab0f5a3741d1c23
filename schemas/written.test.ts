import type { ImportReport } from "../reconciler/import/index.ts";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { DiagnosticsDocument } from "../cmd/views/diagnostics-json.ts";
import { canonicalJson, digestJson, OUTCOMES, type Digest, type Json, type LedgerKind, type LedgerRecord } from "../core/index.ts";
import type { Proof } from "../reconciler/proving.ts";
import type { Plan } from "../reconciler/plan/types.ts";
import { inlineRefs } from "./inline.ts";
import type * as Written from "./generated/formats.ts";
import { formatErrors, type WrittenFormat } from "./index.ts";
import { schemaFiles } from "./kinds.ts";

const digest = (text: string): Digest => digestJson(text);
const field = { path: "spec.model.name", before: "a", after: "b", sensitive: false };
const actor = "ada@laptop";
const at = "2027-01-01T09:00:00.000Z";

const ATOM = {
  subject: "Agent/support" as const,
  grant: "http.fetch",
  tool: "http.fetch",
  action: "get",
  pattern: "https://api.example.com/**",
  constraints: { approval: "always" },
  expiry: "none" as const,
};

const ADA = {
  name: "ada",
  isAuthor: false,
  ssh: ["ssh-ed25519 AAAA"],
  oidc: [{ issuer: "https://login.acme.example", subject: "ada@acme.example" }],
};

/** A plan in which every field is there, as the type asks for it. */
const PLAN: Required<Plan> = {
  formatVersion: "1.0",
  kind: "Plan",
  digest: digest("body"),
  effect: digest("effect"),
  body: {
    engine: "0.1.0",
    project: "acme-bots",
    environment: "default",
    inputs: { resolved: digest("1"), schema: digest("2"), policy: digest("3"), trust: digest("4"), locks: digest("5") },
    target: { type: "embedded", lineage: "5f1c9a70d2e84b36", generation: 41, observed: digest("6") },
    summary: {
      create: 1,
      update: 1,
      replace: 0,
      delete: 1,
      adopt: 0,
      move: 1,
      forget: 0,
      noop: 212,
      drift: 1,
      holds: 1,
      widened: 1,
      denied: 0,
      warned: 1,
    },
    changes: [
      {
        address: "Agent/support",
        action: "move",
        reason: "moved",
        reload: "hot",
        fields: [field],
        after: {
          apiVersion: "moltbot.dev/v1alpha1",
          kind: "Agent",
          metadata: { name: "support", labels: { team: "care" }, annotations: { "moltbot.dev/protect": "true" } },
          spec: { model: { provider: "anthropic", name: "b" } },
        },
        from: "Agent/helper",
        inert: ["secret value"],
      },
      { address: "Skill/old", action: "delete", reason: "not-declared", reload: "session", fields: [], after: null },
    ],
    drift: [{ address: "Agent/triage", class: "neutral", action: "correct", fields: [field] }],
    holds: [
      { id: "h1", selector: "*", denied: "all", reason: "freeze", until: null },
      { id: "h2", selector: "Agent/support", denied: ["http.fetch"], reason: "leak", until: at },
    ],
    capabilities: {
      added: [{ ...ATOM, gainers: 30, first: ["Agent/support"], via: ["Channel/web", "Agent/support"], viaSkipped: 1 }],
      removed: [{ ...ATOM, gainers: 30, first: ["Agent/support"], via: ["Channel/web", "Agent/support"], viaSkipped: 1 }],
      findings: [{ code: "lethal-trifecta" }],
    },
    decisions: [
      {
        entry: "grant",
        address: "Agent/support",
        atom: "http.fetch get x",
        answer: "allowed",
        rules: ["egress.allowlist"],
        exceptions: ["PolicyException/pilot"],
      },
    ],
    violations: [
      {
        rule: "a.b",
        message: "no",
        address: "Agent/support",
        atom: "http.fetch get x",
        path: "/spec",
        level: "warn",
        exception: "PolicyException/pilot",
        by: "active",
      },
    ],
    warnings: [{ code: "INERT", address: null, message: "inert" }],
    validUntil: at,
  },
  evidence: {
    repository: { commit: "3f2a91c", tree: "77aa", ref: "refs/heads/main", dirty: false },
    signer: "ops@acme.example",
    positions: [{ address: "Agent/support", file: "agents/support.yaml", line: 1 }],
    edits: [{ id: "e1", address: "Agent/triage", actor, at }],
    holds: [{ id: "h1", actor, at }],
    unmanaged: 1,
    pin: { generation: 40, because: "outage", actor, at },
    restores: 40,
    candidate: { generation: 42, actor, at },
    ledgerHead: { seq: 41, hash: digest("head") },
    bundles: [
      {
        address: "Plugin/weather",
        identity: "https://ci.acme.example/x",
        issuer: "https://token.ci.acme.example",
        key: null,
        digest: digest("archive"),
        signedAt: at,
        logged: ["17"],
      },
    ],
    rules: { "egress.allowlist": { file: "policies/egress.rego", line: 14 } },
    policies: {
      rebuilt: "same",
      attested: { signer: "ci", identity: "https://ci.acme.example/x", issuer: "https://token.ci.acme.example", opa: "0.70.0", at },
    },
    approvals: [{ when: "widening", count: 2, teams: ["leads"], approvedBy: ["ada"], people: [ADA] }],
    owner: "acme-bots/default",
  },
};

/** A proof in which every field is there. */
const PROOF: Required<Proof> = {
  formatVersion: "1.0",
  kind: "Proof",
  owner: "acme-bots/default",
  generation: {
    number: 41,
    reason: "apply",
    because: null,
    digest: digest("1"),
    plan: digest("2"),
    resolved: digest("3"),
    commit: "3f2a91c",
    dirty: false,
    actor,
    createdAt: at,
    resources: 212,
    evidence: digest("4"),
  },
  evidence: "e30=",
  plan: PLAN.body,
  policies: { lock: "AA==", attestation: "AA==" },
  approvals: ["e30="],
  judges: {
    generation: 40,
    rows: [["Project/acme-bots", digest("5")]],
    resources: [{ apiVersion: "moltbot.dev/v1alpha1", kind: "Project", metadata: { name: "acme-bots" }, spec: {} }],
  },
  commits: [{ id: "3f2a91c03f2a91c03f2a91c03f2a91c03f2a91c0", object: "e30=" }],
  ledger: {
    records: [
      {
        formatVersion: "1.0",
        seq: 2,
        prev: digest("1"),
        at,
        kind: "receipt",
        owner: "acme-bots/default",
        actor,
        body: {},
        hash: digest("2"),
      },
    ],
    head: { lineage: "5f", signed: "{}", signature: "AAAA", key: "AAAA" },
  },
};

const RECORD: Required<LedgerRecord> = {
  formatVersion: "1.0",
  seq: 2,
  prev: digest("1"),
  at,
  kind: "intent",
  owner: "acme-bots/default",
  actor,
  body: { plan: digest("plan") },
  hash: digest("2"),
};

const DIAGNOSTICS: Required<DiagnosticsDocument> = {
  formatVersion: "1.0",
  kind: "Diagnostics",
  outcome: "INVALID",
  diagnostics: [
    {
      severity: "error",
      code: "FIELD_UNKNOWN",
      outcome: "INVALID",
      summary: "Unknown field",
      detail: "There is no such field.",
      remedy: "Remove it.",
      at: { file: "a.yaml", line: 1, column: 1, length: 3, pointer: "/spec" },
      related: [{ message: "first", at: { file: "b.yaml", line: 1, column: 1, length: 3, pointer: "/spec" } }],
      context: { address: "Agent/a", attempt: 1 },
    },
  ],
  hidden: 0,
};

const BACKUP = {
  formatVersion: "1.0",
  kind: "Backup",
  file: "b.db",
  lineage: "5f",
  head: { seq: 1, hash: digest("h") },
  digest: digest("f"),
  bytes: 1,
  hasKeys: true,
};

const IMPORTED = {
  formatVersion: "1.0",
  kind: "ImportReport",
  source: "openclaw.json",
  project: "bots",
  summary: { values: 1, fates: { carried: 1, secret: 0, passthrough: 0, quarantined: 0, left: 0 }, resources: { Agent: 1 } },
  tasks: [{ text: "Look.", address: "Agent/a" }],
  leaves: [{ source: "/a", line: 1, fate: "carried", to: [{ address: "Agent/a", pointer: "/metadata/name" }], notes: ["x"] }],
  comments: [{ source: "/a", line: 1, text: "x" }],
  rules: [{ rule: "network.ceiling", level: "warn", denials: 1 }],
} satisfies ImportReport;

const SAMPLES: readonly (readonly [WrittenFormat, string, unknown])[] = [
  ["Plan", "plan.schema.json", PLAN],
  ["LedgerRecord", "ledger-record.schema.json", RECORD],
  ["Diagnostics", "diagnostics.schema.json", DIAGNOSTICS],
  ["Backup", "backup.schema.json", BACKUP],
  ["Proof", "proof.schema.json", PROOF],
  ["ImportReport", "import-report.schema.json", IMPORTED],
];

describe.each(SAMPLES)("%s", (format, file, sample) => {
  test("what we write conforms", async () => {
    expect(await formatErrors(format, sample as Json)).toEqual([]);
  });

  test("the schema has no field that we never write", () => {
    const written = fieldsOf(sample);
    expect(schemaFields(file).filter((path) => !written.has(path))).toEqual([]);
  });

  test("we write no field that the schema does not have", () => {
    const known = new Set(schemaFields(file));
    // What stands below a map or any JSON value is not the format's.
    const open = [
      "/spec/",
      "/context/",
      "/labels/",
      "/annotations/",
      "/evidence/rules/",
      "/constraints/",
      "/findings/",
      "/body/plan",
      "/resources/",
    ];
    const foreign = [...fieldsOf(sample)].filter((path) => !known.has(path) && !open.some((part) => path.includes(part)));
    expect(foreign).toEqual([]);
  });

  test("later minor versions may add fields, another kind of value is refused", async () => {
    const later = { ...(sample as object), formatVersion: "1.7", note: "later" } as unknown as Json;
    expect(await formatErrors(format, later)).toEqual([]);
    const other = { ...(sample as object), formatVersion: "2.0" } as unknown as Json;
    expect(await formatErrors(format, other)).toMatchObject([{ pointer: "/formatVersion", keyword: "pattern" }]);
    expect(await formatErrors(format, { note: 1 })).not.toEqual([]);
  });
});

test("the types that write are those that the schemas describe", () => {
  expectTypeOf<Plan["body"]["changes"][number]["action"]>().toEqualTypeOf<Written.PlanChange["action"]>();
  expectTypeOf<Plan["body"]["changes"][number]["reason"]>().toEqualTypeOf<Written.PlanChange["reason"]>();
  expectTypeOf<Plan["body"]["drift"][number]["class"]>().toEqualTypeOf<Written.PlanDrift["class"]>();
  expectTypeOf<Plan["body"]["summary"]>().toEqualTypeOf<Written.PlanSummary>();
  expectTypeOf<Plan["body"]>().toExtend<Written.PlanBody>();
  expectTypeOf<Plan["evidence"]>().toExtend<Written.PlanEvidence>();
  expectTypeOf<LedgerKind>().toEqualTypeOf<Written.LedgerRecord["kind"]>();
  expectTypeOf<LedgerRecord>().toExtend<Written.LedgerRecord>();
  expectTypeOf<DiagnosticsDocument>().toExtend<Written.Diagnostics>();
});

test("every outcome has its place in the format of diagnostics", () => {
  const node = inlineRefs("diagnostics.schema.json", schemaFiles()).properties?.["diagnostics"]?.items?.properties?.["outcome"];
  expect(new Set(node?.enum)).toEqual(new Set(OUTCOMES));
});

/** The fields of a sample as `/body/changes/*` paths. */
function fieldsOf(value: unknown): Set<string> {
  const out = new Set<string>();
  const visit = (part: unknown, path: string): void => {
    if (Array.isArray(part)) for (const item of part) visit(item, `${path}/*`);
    else if (typeof part === "object" && part !== null) {
      for (const [key, item] of Object.entries(part)) {
        out.add(`${path}/${key}`);
        visit(item, `${path}/${key}`);
      }
    }
  };
  visit(JSON.parse(canonicalJson(value as Json)), "");
  return out;
}

function schemaFields(file: string): string[] {
  const out: string[] = [];
  const visit = (node: ReturnType<typeof inlineRefs>, path: string): void => {
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      out.push(`${path}/${name}`);
      visit(child, `${path}/${name}`);
    }
    if (node.items) visit(node.items, `${path}/*`);
  };
  visit(inlineRefs(file, schemaFiles()), "");
  return out;
}
