import type { Plan, PlanBody } from "../../reconciler/plan/types.ts";
import type { Look } from "./look.ts";

/** How tests look at things: plain, wide, on a fixed day. */
export const PLAIN: Look = { color: false, unicode: true, width: Infinity, verbose: false, now: new Date("2026-03-01T12:00:00Z") };

const D = (digit: string): `sha256:${string}` => `sha256:${digit.repeat(64)}`;

const EMPTY: PlanBody = {
  engine: "0.1.0",
  project: "acme-bots",
  environment: "default",
  inputs: { resolved: D("1"), schema: D("2"), policy: D("3"), trust: D("4"), locks: D("5") },
  target: { type: "embedded", lineage: "aa".repeat(16), generation: 41, observed: D("6") },
  summary: {
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    adopt: 0,
    move: 0,
    forget: 0,
    noop: 214,
    drift: 0,
    holds: 0,
    widened: 0,
    denied: 0,
    warned: 0,
  },
  changes: [],
  drift: [],
  holds: [],
  capabilities: { added: [], removed: [], findings: [] },
  decisions: [],
  violations: [],
  warnings: [],
  validUntil: null,
};

const REPOSITORY = { commit: "3f2a91c".padEnd(40, "0"), tree: null, ref: "refs/heads/main", dirty: false };

/** A plan with these parts of body and evidence; everything else empty. */
export function planWith(body: Partial<PlanBody> = {}, evidence: Partial<Plan["evidence"]> = {}): Plan {
  return {
    formatVersion: "1.0",
    kind: "Plan",
    digest: D("9"),
    effect: D("8"),
    body: { ...EMPTY, ...body },
    evidence: {
      repository: REPOSITORY,
      signer: null,
      positions: [],
      edits: [],
      holds: [],
      pin: null,
      ledgerHead: null,
      owner: "acme-bots/default",
      ...evidence,
    },
  };
}

/** The plan that DESIGN draws: one of everything that people look for. */
export function richPlan(): Plan {
  const resource = { apiVersion: "moltbot.dev/v1alpha1", kind: "Channel", metadata: { name: "telegram-eu" }, spec: {} };
  const stripe = {
    subject: "Agent/support",
    grant: "http.fetch",
    tool: "http.fetch",
    action: "get",
    pattern: "https://api.stripe.com/**",
  } as const;
  return planWith(
    {
      summary: { ...EMPTY.summary, create: 1, update: 1, delete: 1, noop: 212, drift: 1, widened: 1, warned: 1 },
      capabilities: {
        added: [{ ...stripe, constraints: {}, expiry: "none" }],
        removed: [],
        findings: [
          {
            code: "lethal-trifecta",
            address: "Agent/support",
            message: "now combines private data, untrusted input and outbound network",
          },
        ],
      },
      changes: [
        {
          address: "Agent/support",
          action: "update",
          reason: "fields-changed",
          reload: "hot",
          fields: [
            { path: "spec.capabilities[http.fetch]", before: null, after: "get https://api.stripe.com/**", sensitive: false },
            { path: "spec.model.name", before: "claude-sonnet-4-5", after: "claude-opus-4-7", sensitive: false },
          ],
          after: null,
        },
        { address: "Channel/telegram-eu", action: "create", reason: "declared", reload: "hot", fields: [], after: resource },
        { address: "McpServer/legacy-crm", action: "delete", reason: "not-declared", reload: "session", fields: [], after: null },
      ],
      drift: [
        {
          address: "Agent/triage",
          class: "neutral",
          action: "correct",
          fields: [{ path: "spec.model.temperature", before: 0.2, after: 0.9, sensitive: false }],
        },
      ],
      decisions: [
        {
          entry: "grant",
          address: "Agent/support",
          atom: "http.fetch get https://api.stripe.com/**",
          answer: "allowed",
          rules: ["egress.allowlist"],
        },
      ],
    },
    {
      signer: "ops@acme.example",
      positions: [
        { address: "Agent/support", file: "agents/support.yaml", line: 1 },
        { address: "Channel/telegram-eu", file: "channels/telegram.yaml", line: 12 },
      ],
      edits: [{ id: "e1", address: "Agent/triage", actor: "api:ops-laptop", at: "2026-03-01T10:00:00.000Z" }],
    },
  );
}
