import path from "node:path";
import {
  addressOf,
  digestJson,
  isObject,
  parseDuration,
  type Diagnostic,
  type Instant,
  type Json,
  type JsonObject,
  type Owner,
  type Resource,
} from "../../core/index.ts";
import { canonicaliseRequest, expandGrants, parsePattern, parseTool, type DeclaredAtom } from "../../trust/capability/index.ts";
import type { FinalVerdict, ReachFacts } from "../../trust/policy/index.ts";
import { constraintsOf } from "./constraints.ts";
import { once } from "./once.ts";
import type { LiveAgent, LiveBudgets, LiveGrant } from "./types.ts";

/** What everybody's grants are judged with. */
export interface GrantJudge {
  readonly reach: (declared: DeclaredAtom) => ReachFacts;
  /** What grant rules are asked about it. */
  readonly input: (agent: Resource, declared: DeclaredAtom) => JsonObject;
  readonly verdict: (agent: Resource, declared: DeclaredAtom, input: JsonObject) => FinalVerdict;
}

export interface AgentPlace {
  readonly owner: Owner;
  readonly now: Instant;
  /** The folder of this owner's workspaces. */
  readonly workspaces: string;
  readonly refused: Diagnostic | null;
  readonly judge: GrantJudge;
  /** As whom policies know an agent. */
  readonly judgedAs: (agent: Resource) => Resource;
  readonly stampOf: (agent: Resource) => object;
}

const DEFAULT_DEPTH = 2;
const DEFAULT_CALL_MS = 600_000;
const DEFAULT_TIMEOUT_MS = 60_000;

/** One Agent with its grants compiled. What cannot be read exactly grants nothing. */
export function liveAgent(resource: Resource, place: AgentPlace): LiveAgent {
  const { spec, metadata } = resource;
  const judgedAs = place.judgedAs(resource);
  const delegation = objectIn(spec["delegation"]);
  return {
    owner: place.owner,
    name: metadata.name,
    address: addressOf(resource.kind, metadata.name),
    resource,
    grants: expandGrants(resource, place.now).atoms.flatMap((declared) => grantOf(judgedAs, declared, place.judge)),
    budgets: budgetsOf(objectIn(spec["budgets"])),
    workspace: workspaceOf(resource, place.workspaces),
    delegation: {
      maxDepth: numberIn(delegation["maxDepth"]) ?? DEFAULT_DEPTH,
      timeoutMs: durationIn(delegation["timeout"]) ?? DEFAULT_CALL_MS,
    },
    timeoutMs: durationIn(objectIn(spec["sandbox"])["timeout"]) ?? DEFAULT_TIMEOUT_MS,
    refused: place.refused,
    judgedAs,
    stamp: place.stampOf(resource),
  };
}

function grantOf(agent: Resource, declared: DeclaredAtom, judge: GrantJudge): readonly LiveGrant[] {
  const { atom } = declared;
  if (atom.expiry === "expired") return [];
  const tool = parseTool(atom.tool);
  const constraints = constraintsOf(atom.constraints);
  if (!tool.ok || !constraints) return [];
  const { resource } = tool.value;
  const pattern = resource === null ? null : (declared.pattern ?? implied(resource, atom.pattern));
  if (pattern === undefined) return [];
  const input = once(() => judge.input(agent, declared));
  const verdict = once(() => judge.verdict(agent, declared, input()));
  const digest = once(() => digestJson(input()));
  return [
    {
      declared,
      tool: atom.tool,
      action: atom.action,
      resource,
      pattern,
      constraints,
      reach: () => judge.reach(declared),
      question: () => ({ input: input(), digest: digest() }),
      verdict,
    },
  ];
}

/** A permission of `agent:` or of a plugin that names no resource has the pattern its tool implies. */
function implied(type: "url" | "path" | "command" | "name", text: string): LiveGrant["pattern"] | undefined {
  const parsed = parsePattern(type, text);
  return parsed.ok ? parsed.value : undefined;
}

/** Below the folder of its owner, by the name the manifest gives it or the agent's own. */
function workspaceOf({ spec, metadata }: Resource, folder: string): string | null {
  const named = objectIn(spec["workspace"])["folder"];
  const below = canonicaliseRequest("path", typeof named === "string" ? named : metadata.name);
  return below.ok ? path.join(folder, below.value) : null;
}

const BUDGETS = [
  "tokensPerDay",
  "costPerDay",
  "costPerMessage",
  "tokensPerSession",
  "stepsPerMessage",
  "toolCallsPerSession",
  "repeatedToolCalls",
  "concurrentSessions",
] as const;

function budgetsOf(spec: JsonObject): LiveBudgets {
  const numbers = Object.fromEntries(BUDGETS.map((name) => [name, numberIn(spec[name]) ?? null])) as Omit<LiveBudgets, "timePerMessageMs">;
  return { ...numbers, timePerMessageMs: durationIn(spec["timePerMessage"]) ?? null };
}

function objectIn(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function numberIn(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function durationIn(value: Json | undefined): number | undefined {
  return typeof value === "string" ? parseDuration(value) : undefined;
}
