import {
  addressOf,
  fail,
  isObject,
  ok,
  problem,
  segmentsOf,
  shown,
  valueAt,
  type Address,
  type Hold,
  type Instant,
  type Json,
  type Result,
  type SourcePosition,
} from "../core/index.ts";
import {
  canonicaliseRequest,
  effectiveOf,
  isSameOrEveryTool,
  matches,
  parseTool,
  teamsOver,
  type Atom,
  type DeclaredAtom,
  type ToolFacts,
} from "../trust/capability/index.ts";
import type { BundleSigner } from "../trust/signatures/index.ts";
import type { PlanViolation } from "../trust/policy/index.ts";
import { trustOf } from "./commit-judge.ts";
import { signerOfCommit } from "./introduction-signer.ts";
import { judgedFiles, namedResource, type JudgedFiles } from "./judged-tree.ts";
import { placeOf } from "./manifest/index.ts";
import { signerOfPlugin } from "./plugin-verifying.ts";
import { originIn } from "./resolve/index.ts";
import { introducedBy, type Introduction } from "./source/index.ts";
import type { Query, World } from "./types.ts";

/** May an agent do this, and why? */
export interface WhyQuestion {
  readonly agent: string;
  readonly asked: "can" | "cannot";
  readonly tool: string;
  readonly action?: string;
  readonly resource?: string;
}

export type WhyAnswer = "allowed" | "conditional" | "denied" | "not-granted";

export interface Why {
  readonly agent: Address;
  readonly asked: "can" | "cannot";
  readonly tool: string;
  readonly action: string | null;
  /** In its canonical form. */
  readonly resource: string | null;
  /** By grants of its own. */
  readonly answer: WhyAnswer;
  /** By its own grants, or through what it makes act. */
  readonly effectively: WhyAnswer;
  /** Grants that cover it: its own, then others by their distance. */
  readonly grants: readonly WhyGrant[];
  /** Where none of its own covers it: the nearest, with what they lack. */
  readonly nearest: readonly NearGrant[];
}

/** One grant, and everything that has a say in it. */
export interface WhyGrant {
  /** From the agent to whose grant it is. */
  readonly via: readonly Address[];
  readonly atom: Atom;
  readonly answer: Exclude<WhyAnswer, "not-granted">;
  readonly at: SourcePosition | null;
  /** Who signed the archive, where a plugin brings the tool; null for other tools, and where it does not verify. */
  readonly signer: ({ readonly address: Address } & BundleSigner) | null;
  readonly expiresAt: Instant | null;
  readonly rules: readonly WhyRule[];
  readonly teams: readonly {
    readonly team: Address;
    readonly isBeyond: boolean;
    readonly by: Address | null;
    readonly at: SourcePosition | null;
  }[];
  readonly holds: readonly Pick<Hold, "id" | "selector" | "reason" | "actor" | "at" | "until">[];
  /** The commit that wrote its line; null outside git and where the file was changed since. */
  readonly introduced: (Introduction & { readonly signer: string | null }) | null;
}

export interface WhyRule {
  readonly rule: string;
  readonly effect: "denies" | "would deny" | "warns" | "decides on each call";
  readonly level: string;
  readonly message: string | null;
  readonly at: { readonly file: string; readonly line: number } | null;
  /** What lifts the denial, for how long. */
  readonly exception: WhyException | null;
}

export interface WhyException {
  readonly address: Address;
  readonly owner: string | null;
  readonly reason: string | null;
  readonly expiresAt: Instant | null;
  readonly at: SourcePosition | null;
}

export interface NearGrant {
  readonly atom: Atom;
  readonly at: SourcePosition | null;
  readonly lacks: string;
}

/** @returns `RESOURCE_NOT_FOUND`, `CAPABILITY_TOOL`, `CAPABILITY_ACTION`, `REQUEST_INVALID`, or the answer, whatever it is. */
export async function whyCan(question: WhyQuestion, query: Query, world: World): Promise<Result<Why>> {
  const judged = await judgedFiles(query, world);
  if (!judged.ok) return judged;
  const tree = judged.value;
  const agent = namedResource(question.agent, ["Agent"], tree.resources);
  if (!agent.ok) return agent;
  const request = readRequest(question);
  if (!request.ok) return request;
  const own = tree.atoms.filter(({ atom }) => atom.subject === agent.value);
  const others = effectiveOf(tree.reach.closure, agent.value).through.filter(({ way }) => way.length > 1);
  const found = [
    ...own.map((declared) => ({ way: [agent.value], declared })),
    ...others.flatMap(({ way, atoms }) => atoms.map((declared) => ({ way, declared }))),
  ].filter(({ declared }) => covers(declared, request.value));
  const grants: WhyGrant[] = [];
  for (const { way, declared } of found) grants.push(await explained(way, declared, tree, world));
  const { tool, action, resource } = request.value;
  return ok(
    {
      agent: agent.value,
      asked: question.asked,
      tool,
      action,
      resource,
      answer: best(grants.filter(({ via }) => via.length === 1)),
      effectively: best(grants),
      grants,
      nearest: grants.some(({ via }) => via.length === 1) ? [] : nearestOf(own, request.value, tree, world),
    },
    judged.warnings,
  );
}

interface Asked {
  readonly tool: string;
  readonly action: string | null;
  readonly resource: string | null;
}

function readRequest({ tool, action, resource }: WhyQuestion): Result<Asked> {
  const facts = parseTool(tool);
  if (!facts.ok) return facts;
  // One word more may be an action or a resource; plugins name their own actions.
  const isAction = action !== undefined && (resource !== undefined || facts.value.actions.includes(action));
  const text = isAction ? resource : action;
  if (isAction && facts.value.family === "built-in" && !facts.value.actions.includes(action)) return unknownAction(facts.value, action);
  if (text === undefined) return ok({ tool, action: isAction ? action : null, resource: null });
  if (facts.value.resource === null) return unknownAction(facts.value, text);
  const canonical = canonicaliseRequest(facts.value.resource, text);
  return canonical.ok ? ok({ tool, action: isAction ? action : null, resource: canonical.value }) : canonical;
}

function unknownAction(tool: ToolFacts, action: string): Result<never> {
  return fail(
    problem("CAPABILITY_ACTION", {
      detail: `${tool.tool} has no action ${shown(action)}.`,
      remedy: `Its actions: ${tool.actions.join(", ")}.`,
    }),
  );
}

function covers({ atom, pattern }: DeclaredAtom, { tool, action, resource }: Asked): boolean {
  if (!isSameOrEveryTool(atom.tool, tool) || (action !== null && atom.action !== action)) return false;
  if (resource === null) return true;
  return pattern ? matches(pattern, resource) : atom.pattern === "**" || atom.pattern === resource;
}

const RANK: readonly WhyAnswer[] = ["allowed", "conditional", "denied"];

function best(grants: readonly WhyGrant[]): WhyAnswer {
  return RANK.find((answer) => grants.some((each) => each.answer === answer)) ?? "not-granted";
}

async function explained(via: readonly Address[], declared: DeclaredAtom, tree: JudgedFiles, world: World): Promise<WhyGrant> {
  const { atom, pointer } = declared;
  const text = `${atom.tool} ${atom.action} ${atom.pattern}`;
  const decision = tree.judgement.decisions.find((each) => each.entry === "grant" && each.address === atom.subject && each.atom === text);
  const holds = tree.holds.filter(
    (each) => (each.selector === "*" || via.includes(each.selector)) && (each.denied === "all" || each.denied.includes(atom.tool)),
  );
  const at = placeIn(tree, atom.subject, pointer, world);
  const answer = holds.length > 0 || atom.expiry === "expired" ? "denied" : (decision?.answer ?? "denied");
  return {
    via,
    atom,
    answer,
    at,
    expiresAt: expiryOf(tree, declared),
    rules: (decision?.rules ?? []).map((rule) => ruleOf(rule, atom, text, tree, world)),
    teams: teamsOf(declared, tree, world),
    holds: holds.map(({ id, selector, reason, actor, at: since, until }) => ({ id, selector, reason, actor, at: since, until })),
    signer: await signing(declared.atom, tree),
    introduced: at ? await introducing(at, tree) : null,
  };
}

function ruleOf(rule: string, { subject }: Atom, atom: string, tree: JudgedFiles, world: World): WhyRule {
  const { judgement, judges } = tree;
  const facts = judges.policy.rules[rule];
  const said = judgement.violations.find((each) => each.rule === rule && each.address === subject && each.atom === atom);
  const exception = said?.exception === undefined ? null : exceptionAt(said.exception, tree, world);
  return {
    rule,
    effect: effectOf(said, exception !== null),
    level: said?.level ?? "enforce",
    message: said?.message ?? null,
    at: facts ? { file: facts.file, line: facts.line } : null,
    exception,
  };
}

function effectOf(said: PlanViolation | undefined, isLifted: boolean): WhyRule["effect"] {
  if (said === undefined) return "decides on each call";
  if (isLifted) return "would deny";
  return said.level === "enforce" ? "denies" : "warns";
}

function exceptionAt(address: Address, tree: JudgedFiles, world: World): WhyException {
  const spec = tree.desired.config.byAddress.get(address)?.resource.spec ?? {};
  const text = (field: string): string | null => (typeof spec[field] === "string" ? spec[field] : null);
  return {
    address,
    owner: text("owner"),
    reason: text("reason"),
    expiresAt: text("expiresAt"),
    at: placeIn(tree, address, "/spec", world),
  };
}

function teamsOf(declared: DeclaredAtom, tree: JudgedFiles, world: World): WhyGrant["teams"] {
  const { ceiling } = tree.reach.grant(declared);
  return teamsOver(tree.resources, declared.atom.subject).map((team) => {
    const isBeyond = ceiling !== null && `Team/${ceiling.team}` === team;
    return { team, isBeyond, by: isBeyond ? `Agent/${ceiling.by}` : null, at: placeIn(tree, team, "/spec/people/ceiling", world) };
  });
}

function expiryOf({ resources }: JudgedFiles, { atom, pointer }: DeclaredAtom): Instant | null {
  const subject = resources.find((each) => `${each.kind}/${each.metadata.name}` === atom.subject);
  const capability = subject && valueAt(subject as unknown as Json, segmentsOf(pointer.replace(/\/permissions\/\d+$/, "")));
  const expiresAt = isObject(capability) ? capability["expiresAt"] : undefined;
  return typeof expiresAt === "string" ? expiresAt : null;
}

export function placeIn({ desired }: JudgedFiles, address: Address, pointer: string, world: World): SourcePosition | null {
  const each = desired.config.byAddress.get(address);
  if (!each || each.layers.length === 0) return null;
  const { file, line, column } = placeOf(originIn(each, segmentsOf(pointer), "value", world.kinds), desired.files);
  return { file, line, column };
}

async function introducing(at: SourcePosition, { desired, judges }: JudgedFiles): Promise<WhyGrant["introduced"]> {
  const { commit } = desired.repository;
  const found = commit === null ? null : await introducedBy(desired.folder, commit, at.file, at.line, desired.files.get(at.file));
  return found && { ...found, signer: await signerOfCommit(desired.folder, found.commit, trustOf(judges.project)) };
}

/** Whose archive the tool comes from. */
async function signing({ tool }: Atom, { resources, desired, judges }: JudgedFiles): Promise<WhyGrant["signer"]> {
  const facts = parseTool(tool);
  const provider = facts.ok ? facts.value.provider : null;
  if (provider?.kind !== "Plugin") return null;
  const address = addressOf(provider.kind, provider.name);
  const projects = judges.active ? [judges.project, judges.active.project] : [judges.project];
  const signer = await signerOfPlugin(address, resources, (digest) => desired.config.values.get(digest), projects);
  return signer && { address, ...signer };
}

const NEAREST = 3;

/** Grants of its own for the same tool, or of the same family, and what each lacks. */
function nearestOf(own: readonly DeclaredAtom[], { tool, action, resource }: Asked, tree: JudgedFiles, world: World): readonly NearGrant[] {
  const family = tool.replace(/[./:].*$/, "");
  const scored = own.flatMap((declared) => {
    const { atom } = declared;
    const isTool = isSameOrEveryTool(atom.tool, tool);
    if (!isTool && atom.tool.replace(/[./:].*$/, "") !== family) return [];
    const isAction = action === null || atom.action === action;
    const lacks = !isTool
      ? `it is for ${atom.tool}, not ${tool}`
      : !isAction
        ? `it allows ${atom.action}, not ${action}`
        : `${resource ?? "the resource"} is outside ${atom.pattern}`;
    return [{ declared, lacks, score: (isTool ? 2 : 0) + (isAction ? 1 : 0) }];
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, NEAREST)
    .map(({ declared: { atom, pointer }, lacks }) => ({ atom, at: placeIn(tree, atom.subject, pointer, world), lacks }));
}
