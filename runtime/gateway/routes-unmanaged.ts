import {
  canonicalJson,
  digestJson,
  edited,
  fail,
  mapResult,
  marked,
  ok,
  problem,
  UNMANAGED,
  type Edit,
  type Json,
  type JsonObject,
  type Made,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { judgeMade, madeCalled, type LiveMade, type LiveOwner } from "../live/index.ts";
import { patternFor, withLabelsOf } from "../unmanaged/index.ts";
import type { AgentsWorld } from "./agents-world.ts";
import { ownerOf } from "./owners.ts";
import { changedSince } from "./problem.ts";
import { AGENT_NAME, objectOf, OWNER, REASON, text } from "./schema.ts";
import type { Call, Reply, Route } from "./types.ts";

/** Agents made outside the repository: made, replaced, changed, removed. Each is judged as a declared one is, and never does more. */

const MANIFEST: JsonObject = {
  type: "object",
  required: ["apiVersion", "kind", "metadata", "spec"],
  additionalProperties: false,
  properties: {
    apiVersion: text("The version of the schema.", { const: "moltbot.dev/v1alpha1" }),
    kind: { const: "Agent", description: "Only agents are made so." },
    metadata: { type: "object", description: "Name, labels and annotations, as in a file." },
    spec: { type: "object", description: "As in a file, but for `{file: ...}`: there is no repository beside it." },
  },
};
const LIKE: JsonObject = text(
  "The declared agent that it is like, and no more than. Absent: the first one, by name, that allows all of it.",
  {
    pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
  },
);
const BODY: JsonObject = objectOf({ manifest: MANIFEST, like: LIKE, reason: REASON }, ["like"]);
const MADE: JsonObject = objectOf({
  owner: OWNER,
  name: AGENT_NAME,
  managedBy: { const: "api", description: "It stands in no repository." },
  like: text("The declared agent that it is like."),
  manifest: { type: "object", description: "As it is kept: defaults filled in." },
});

export function unmanagedRoutes(world: AgentsWorld): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/v2/agents",
      id: "makeAgent",
      summary: "Make an agent outside the repository, where `spec.unmanaged` of the Project allows it",
      tag: "agents",
      role: "editor",
      query: objectOf({ owner: OWNER }, ["owner"]),
      body: BODY,
      answer: MADE,
      status: 201,
      isIdempotent: true,
      handle: async (call) => {
        const { manifest } = call.body as unknown as Wish;
        const name = nameIn(manifest);
        const before = madeNow(world, name);
        if (!before.ok) return before;
        if (before.value) return fail(taken(name, before.value.beside, true));
        return makeOne(world, call, null);
      },
    },
    {
      method: "PUT",
      path: "/v2/agents/{name}",
      id: "putAgent",
      summary: "Make or replace an agent outside the repository",
      tag: "agents",
      role: "editor",
      params: objectOf({ name: AGENT_NAME }),
      query: objectOf({ owner: OWNER }, ["owner"]),
      body: BODY,
      answer: MADE,
      status: 200,
      handle: async (call) => {
        const { manifest } = call.body as unknown as Wish;
        const name = call.params["name"] ?? "";
        if (nameIn(manifest) !== name)
          return fail(problem("API_INVALID", { detail: `The manifest's metadata.name is not ${name}, which the address names.` }));
        const before = madeOne(world, call);
        if (before.ok && !before.value && call.ifMatch !== null) return fail(changedSince());
        return before.ok ? makeOne(world, call, before.value) : before;
      },
    },
  ];
}

interface Wish {
  readonly manifest: JsonObject;
  readonly like?: string;
  readonly reason: string;
}

function nameIn({ metadata }: JsonObject): string {
  const { name } = metadata as { readonly name?: Json };
  return typeof name === "string" ? name : "";
}

/** Makes the agent, or puts it in the place of one that was made before. */
async function makeOne(world: AgentsWorld, call: Call, before: LiveMade | null): Promise<Result<Reply>> {
  const { manifest, like, reason } = call.body as unknown as Wish;
  const owner = hostOf(world, call, before);
  if (!owner.ok) return owner;
  const holder = before ? null : holderOf(world, nameIn(manifest));
  if (holder) return fail(taken(nameIn(manifest), holder, false));
  const declared = await declaredAs(world, owner.value, manifest);
  if (!declared.ok) return declared;
  const made = likeOne(world, owner.value, declared.value, { like, by: call.caller.id });
  if (!made.ok) return made;
  return write(world, made.value, { before, reason });
}

/** The Project that it is made beside. Who replaces one does not move it. */
function hostOf({ live }: AgentsWorld, { query }: Call, before: LiveMade | null): Result<LiveOwner> {
  const owner = ownerOf(live(), query["owner"] === undefined && before ? { owner: before.beside } : query);
  if (!owner.ok) return owner;
  if (owner.value.owner === UNMANAGED)
    return fail(problem("API_INVALID", { detail: "An agent is made beside a Project: name its owner with `owner`." }));
  if (before && before.beside !== owner.value.owner) return fail(taken(before.name, before.beside, true));
  return owner;
}

/** The way of a declared manifest. Marks of our own come from nobody else: its schema takes none. */
async function declaredAs({ declare }: AgentsWorld, owner: LiveOwner, manifest: JsonObject): Promise<Result<Resource>> {
  const { project, environment, declared } = owner;
  return await declare(manifest, { project, environment, resources: declared.resources });
}

function likeOne(
  { live, kinds }: AgentsWorld,
  owner: LiveOwner,
  resource: Resource,
  { like, by }: { readonly like: string | undefined; readonly by: string },
): Result<Made> {
  const { resources } = owner.declared;
  const at = live().now();
  const pattern =
    like === undefined
      ? patternFor(resource, resources, { kinds, now: at.toISOString() })
      : resources.find((each) => each.kind === "Agent" && each.metadata.name === like);
  const made: Made = {
    resource: pattern ? withLabelsOf(resource, pattern) : resource,
    beside: owner.owner,
    like: pattern?.metadata.name ?? like ?? "",
    by,
    at: at.toISOString(),
  };
  // First whether anything may be made here at all: what else is wrong is nobody's business then.
  const judged =
    pattern || like !== undefined ? judgeMade(made, owner, courtOf({ live, kinds }, at)) : refusedOrNone(made, owner, { live, kinds });
  return judged.ok ? ok(made) : judged;
}

function refusedOrNone(made: Made, owner: LiveOwner, world: Pick<AgentsWorld, "live" | "kinds">): Result<never> {
  const judged = judgeMade(made, owner, courtOf(world, new Date(made.at)));
  if (!judged.ok && judged.diagnostics[0]?.code === "UNMANAGED_FORBIDDEN") return judged;
  return fail(
    problem("UNMANAGED_NO_PATTERN", {
      detail: `No declared agent of ${owner.owner} has all of the grants, references and limits of Agent/${made.resource.metadata.name}.`,
      remedy: "Name the agent that it should be like with `like`: the answer then says what goes further. Or declare it in the repository.",
    }),
  );
}

function courtOf({ live, kinds }: Pick<AgentsWorld, "live" | "kinds">, now: Date): Parameters<typeof judgeMade>[2] {
  return { kinds, now, startedAt: live().startedAt };
}

/** One transaction: it is there whole, or not at all. */
function write(
  { store, kinds, version, newId }: AgentsWorld,
  made: Made,
  { before, reason }: { readonly before: LiveMade | null; readonly reason: string },
): Result<Reply> {
  const { name } = made.resource.metadata;
  const bytes = Buffer.from(canonicalJson(marked(made) as unknown as Json));
  // A name that somebody had before tells nobody what that one was told.
  const life = before?.life ?? `${name}.${newId().slice(0, LIFE_CHARS)}`;
  const row = { address: `Agent/${name}` as const, before: before?.digest ?? null, bytes, life };
  const written = store().changeUnmanaged({ rows: [row], actor: made.by, because: reason, schema: kinds.digest, engine: version });
  return mapResult(written, () => ({
    status: before ? 200 : 201,
    etag: tagOf(made.resource),
    body: { owner: made.beside, name, managedBy: "api", like: made.like, manifest: made.resource as unknown as Json },
  }));
}

const LIFE_CHARS = 16;

/** A patch of an agent that was made by the API changes it itself: nothing declares what it would differ from. */
export async function patchMade(
  world: AgentsWorld,
  call: Call,
  before: LiveMade,
  patch: Edit["patch"],
  reason: string,
): Promise<Result<Reply>> {
  const { address, beside, like, resource } = before;
  const owner = hostOf(world, call, before);
  if (!owner.ok) return owner;
  const after = edited(resource, [{ id: "", owner: beside, address, patch, actor: "", at: before.at }]);
  const declared = await declaredAs(world, owner.value, after as unknown as JsonObject);
  if (!declared.ok) return declared;
  if (digestJson(declared.value as unknown as Json) === digestJson(resource as unknown as Json))
    return ok({ status: 200, body: { became: "nothing", id: null, denied: null } });
  const made = likeOne(world, owner.value, declared.value, { like, by: call.caller.id });
  if (!made.ok) return made;
  const written = write(world, made.value, { before, reason });
  return written.ok ? ok({ status: 200, body: { became: "changed", id: null, denied: null } }) : written;
}

export function removeMade({ store, kinds, version }: AgentsWorld, call: Call, made: LiveMade): Result<Reply> {
  const reason = typeof call.query["reason"] === "string" ? call.query["reason"] : "";
  const row = { address: made.address, before: made.digest, bytes: null };
  const written = store().changeUnmanaged({
    rows: [row],
    actor: call.caller.id,
    because: reason,
    schema: kinds.digest,
    engine: version,
  });
  return mapResult(written, () => ({ status: 200, body: { became: "removed", id: null, denied: null } }));
}

/** The agent of that name that was made by the API; null where there is none. With `If-Match`, only as the caller has seen it. */
export function madeOne(world: AgentsWorld, { params, query, ifMatch }: Call): Result<LiveMade | null> {
  const found = madeNow(world, params["name"] ?? "");
  if (!found.ok || !found.value) return found;
  const made = found.value;
  if (query["owner"] !== undefined && query["owner"] !== made.beside) return ok(null);
  return isAsSeen(made.resource, ifMatch) ? ok(made) : fail(changedSince());
}

function madeNow({ live }: AgentsWorld, name: string): Result<LiveMade | null> {
  const state = live().state();
  return state.ok ? ok(madeCalled(state.value, name) ?? null) : state;
}

/** Whose agent has that name; one that was forgotten has it too. */
function holderOf({ live }: AgentsWorld, name: string): string | null {
  const state = live().state();
  const owners = state.ok ? [...state.value.owners.values()] : [];
  return (
    owners.find(({ declared }) => declared.resources.some((each) => each.kind === "Agent" && each.metadata.name === name))?.owner ?? null
  );
}

function taken(name: string, owner: string, isMade: boolean): ReturnType<typeof problem> {
  return problem("UNMANAGED_TAKEN", {
    detail: isMade
      ? `The API made an agent ${name} already, beside ${owner}. Nothing was changed.`
      : `Agent/${name} belongs to ${owner === UNMANAGED ? "no Project any more; it was forgotten" : owner}. Nothing was changed.`,
    remedy: isMade ? `Replace it with \`PUT /v2/agents/${name}\`, or choose another name.` : "Choose another name.",
    context: { address: `Agent/${name}`, owner },
  });
}

export function tagOf(resource: Resource): string {
  return digestJson(resource as unknown as Json).slice("sha256:".length, "sha256:".length + 32);
}

export function isAsSeen(resource: Resource, ifMatch: string | null): boolean {
  return ifMatch === null || ifMatch === "*" || ifMatch === tagOf(resource);
}
