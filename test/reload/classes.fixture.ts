import { isArray, isObject, type Json, type JsonObject, type Reload, type Resource } from "../../core/index.ts";
import { resource, valueOf, OWNER, type House } from "../../runtime/channels/channels.fixture.ts";
import { membersOf } from "../../runtime/auth/people.ts";
import type { LiveOwner } from "../../runtime/live/index.ts";
import { houseRules } from "../../runtime/process/listening.ts";
import { wishedPlace } from "../../runtime/process/place.ts";
import { conversationKey } from "../../runtime/sessions/index.ts";
import { KINDS } from "../../schemas/index.ts";
import { inertIn } from "../fields/seen.fixture.ts";
import { leavesOf, type Pair } from "./fields.fixture.ts";
import { BESIDE, CHANNELS, pairsIn, saidOf, withOthers } from "./observed.fixture.ts";

/** The connection beside which everything changes. */
export const CHANNEL = CHANNELS["webhook"]!;

const CEILING = { rules: { "network.ceiling": "warn" }, network: { ceiling: ["a.acme.example"] }, exceptions: { allow: true } };
const EMBEDDED = { type: "embedded", listen: { tls: { certificate: { file: "tls/a.pem" }, key: { secret: "s", key: "k" } } } };
const PROJECT = resource("Project", "acme", { sources: ["agents"], target: EMBEDDED, policies: CEILING });
const IN_ENVIRONMENT = resource("Project", "acme", { sources: ["agents"], environments: { prod: { target: EMBEDDED } } });

const LOCAL = { type: "openai-compatible", endpoint: "http://127.0.0.1:1" };
const REMOTE = resource("ModelProvider", "remote", { ...LOCAL, credentials: { secret: "s", key: "k" } });
const LOGIN = { auth: "oauth", oauth: { issuer: "https://id.acme.example", clientId: "c" } };
const ACCOUNT = resource("ModelProvider", "account", { ...LOCAL, ...LOGIN });

const CAPABILITY = { tool: "http.fetch", permissions: [{ action: "get", resource: "http://127.0.0.2/**" }] };
/** Covers nothing that is granted: whom it is for makes a difference. */
const NARROW = resource("Team", "narrow", { people: { ceiling: { agents: ["a"], capabilities: [CAPABILITY] } } });

/** Which of several resources of a kind shows a field. A Project has its one environment in the place of its own target. */
export function isShownBy(base: Resource, field: string): boolean {
  if (base.kind === "Project") return field.startsWith("environments.") === (base === IN_ENVIRONMENT);
  if (base.kind === "Team") return (field === "people.ceiling.agents") === (base === NARROW);
  if (base.kind !== "ModelProvider") return true;
  return base === (field === "endpoint" ? REMOTE : /^o?auth\b/.test(field) ? ACCOUNT : BESIDE.find(({ kind }) => kind === base.kind));
}

/** What each kind is changed from. */
export const BASES: readonly Resource[] = [
  ...BESIDE,
  REMOTE,
  ACCOUNT,
  PROJECT,
  IN_ENVIRONMENT,
  NARROW,
  resource("Team", "t", {
    people: {
      members: [{ name: "ann", role: "viewer", identities: { channels: [{ channel: "c-webhook", id: "ann" }] } }],
      ceiling: { agents: ["a"], capabilities: [{ tool: "http.fetch", permissions: [{ action: "get", resource: "http://127.0.0.1/**" }] }] },
    },
  }),
  resource("Policy", "y", { rego: "package y", enforcement: "enforce" }),
  resource("PolicyException", "x", {
    rule: "network.ceiling",
    owner: "a@acme.example",
    reason: "until it has moved",
    scope: { resources: ["Agent/a"] },
    expiresAt: "2030-01-01T00:00:00Z",
  }),
];

/** Everything beside one resource, with it, as it is recorded: files are their text. */
function houseWith(one: Resource): readonly Resource[] {
  const all = withOthers(one, CHANNEL);
  const using = (each: Resource): JsonObject =>
    one.kind === "Skill" && each.kind === "Agent" ? { ...each.spec, skills: [one.metadata.name] } : each.spec;
  return (one.kind === "Project" ? all : [...all, PROJECT]).map((each) => ({ ...each, spec: embedded(using(each)) as JsonObject }));
}

function embedded(value: Json): Json {
  if (isArray(value)) return value.map(embedded);
  if (!isObject(value)) return value;
  const { file, ...others } = value;
  if (typeof file === "string" && Object.keys(others).length === 0) return `text of ${file}`;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, embedded(each)]));
}

/** What of a running house is looked at: what the next message or call is answered by, read at that moment. */
export type Part = "agent" | "grants" | "model" | "people" | "rights" | "secrets" | "house" | "place" | "tls" | "nothing";

const SEEN: Readonly<Record<Exclude<Part, "nothing">, (owner: LiveOwner, house: House) => unknown>> = {
  /** What conversations are conducted by, and what tools read from the agent at each call. */
  agent: ({ active, agents }) => {
    const { resource: declared, budgets, workspace, delegation, timeoutMs } = agents.get("a")!;
    const { memory, sandbox, workspace: files } = declared.spec;
    return [active.loaded.agents.get("a"), budgets, workspace, delegation, timeoutMs, memory, sandbox, files];
  },
  /** What is granted and under which conditions. */
  grants: ({ agents }) => agents.get("a")!.grants.map(({ declared, constraints }) => [declared, constraints]),
  model: ({ active }) => [...active.loaded.providers],
  people: ({ owner, resources }) => membersOf([{ owner, resources }]),
  /** What the grants of an agent come to: what rules are asked, what they say, and whether it may use anything. */
  rights: ({ agents, isMetered, validUntil }) => {
    const { grants, refused } = agents.get("a")!;
    return [grants.map(({ question, verdict }) => [question().digest, verdict()]), refused, isMetered("echo", "echo"), validUntil];
  },
  secrets: ({ active }) => [...active.loaded.secrets],
  /** Who may call the gateway, and through whom. */
  house: (_, { live }) => {
    const { origins, endpoints, isTrustedProxy } = houseRules(live);
    return [[...origins], [...endpoints], PROXIES.filter(isTrustedProxy)];
  },
  /** Where it listens: asked once, when it starts. */
  place: (_, { live }) => wishedPlace(live.state()),
  tls: ({ active }) => active.loaded.tls,
};

const PROXIES = ["127.0.0.1", "127.0.0.2"];

function textOf(value: unknown): string {
  return JSON.stringify(value ?? null, (_, each: unknown) => (each instanceof Map || each instanceof Set ? [...each] : each));
}

function looksOf(house: House): Readonly<Record<string, string>> {
  const owner = valueOf(house.live.state()).owners.get(OWNER)!;
  return Object.fromEntries(Object.entries(SEEN).map(([part, look]) => [part, textOf(look(owner, house))]));
}

/** What is known of open conversations: by whom they are begun, and by key under which id they go on. */
export interface Talk {
  readonly peer: string;
  readonly sessions: Map<string, string>;
}

/** The conversation that one person's next direct message belongs to. */
function keyNow(house: House, { peer }: Talk): string {
  const { scope } = valueOf(house.live.state()).owners.get(OWNER)!.active.loaded.agents.get("a")!.conduct.sessions;
  const principal = { id: `c-webhook:${peer}`, person: null };
  return conversationKey(scope, { principal, channel: { name: "c-webhook", peer, group: false }, account: "default", thread: null });
}

/** One message; whether it went on where the last one under its key was, answered by what is active now. Null: no answer. */
async function ask(house: House, talk: Talk): Promise<boolean | null> {
  const key = keyNow(house, talk);
  const said = await house.talk.say({
    agent: "a",
    text: "hello",
    principal: { id: `c-webhook:${talk.peer}`, kind: "channel", role: null, verified: true, person: null },
    channel: null,
    labels: { classes: [], private: false, untrusted: false },
    session: { key },
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  if (!said.ok) return null;
  const { session, generation } = said.value;
  const known = talk.sessions.get(key) ?? session.id;
  talk.sessions.set(key, session.id);
  return known === session.id && generation === valueOf(house.live.state()).owners.get(OWNER)!.active.generation.number;
}

export interface Observed {
  readonly field: string;
  readonly said: Reload | "replace";
  readonly was: Reload;
  /** Parts of the house that are others afterwards. */
  readonly changed: readonly string[];
  /** The next message of an open conversation was answered by the new generation; null: it was not answered at all. */
  readonly isAnswered: boolean | null;
  readonly isInert: boolean;
}

/** What a running house shows when one field changes: beside an open connection, and in a conversation that goes on. */
export async function observe(house: House, base: Resource, pair: Pair, talk: Talk): Promise<Observed> {
  await house.apply(houseWith(pair.before));
  const [before, key, from] = [looksOf(house), keyNow(house, talk), house.events.length];
  if (!talk.sessions.has(key)) await ask(house, talk);
  await house.apply(houseWith(pair.after));
  const after = looksOf(house);
  const isStopped = house.events.slice(from).some((event) => event.type === "channel.state" && event.state === "stopped");
  const changed = Object.keys(after).filter((part) => after[part] !== before[part]);
  const isOther = keyNow(house, talk) !== key;
  const own = inertIn(houseWith(base), base);
  return {
    field: pair.field,
    said: saidOf(pair),
    was: isStopped || changed.includes("place") ? "restart" : isOther ? "session" : "hot",
    changed,
    isAnswered: await ask(house, talk),
    isInert: [pair.before, pair.after].some((each) => inertIn(houseWith(each), base) > own),
  };
}

type Groups = Partial<Readonly<Record<Part, readonly string[]>>>;

const PLACE = ["address", "port", "tls", "hosts"];
const DOORS = ["allowedOrigins", "trustedProxies", "endpoints"];
const below = (prefix: string, names: readonly string[]): readonly string[] => names.map((name) => `${prefix}.${name}`);

/** What shows a field, by the longest path that it stands below. `nothing`: the reconciler, policies or people read it, and no running part. */
export const GROUPS: Readonly<Record<string, Groups>> = {
  Agent: {
    agent: [
      "sessions.scope",
      "identity", "model", "fallbacks", "imageModel", "utilityModel", "prompt", "skills", "subAgents", "delegation", "workspace", "sessions",
      "compaction", "contextPruning", "groupChat", "timezone", "memory", "sandbox", "budgets", "debug",
    ], // prettier-ignore
    grants: ["capabilities"],
    nothing: ["description", "mcpServers", "capabilities.0.purpose", "compaction.memoryFlush"],
  },
  ModelProvider: {
    model: ["type", "endpoint", "api", "headers", "credentials", "oauth", "timeout", "limits", "retries", "models"],
    nothing: ["description", "auth", "models.0.displayName", "local", "dataClass"],
  },
  Skill: {
    agent: ["description", "enabled", "prompt", "load", "files", "requires", "env", "config"],
    nothing: ["bundle", "signer", "requireProvenance", "version", "homepage"],
  },
  Secret: { secrets: ["values"], nothing: ["description", "rotation", "values.m.env.setAt"] },
  Project: {
    place: [...below("target.listen", PLACE), ...below("environments.prod.target.listen", PLACE)],
    house: [...below("target.listen", DOORS), ...below("environments.prod.target.listen", DOORS)],
    rights: ["policies.rules", "policies.network.ceiling"],
    tls: ["policies.network.tlsExceptions"],
    nothing: [
      "description", "sources", "unmanaged", "drift", "moved", "policies.exceptions", "trust", "verification", "approvals", "secrets", "windows",
      "limits", "protection", "forget",
      ...["target", "environments.prod.target"].flatMap((each) => below(each, ["type", "url", "credentials", "recipient", "state", "applyTimeout"])),
      ...below("environments.prod", ["description", "overlays", "include", "exclude"]),
    ], // prettier-ignore
  },
  Team: {
    people: ["people.members"],
    rights: ["people.ceiling"],
    nothing: ["description", "orchestration", "people.members.0.displayName", "people.members.0.identities.emails", "people.sharing"],
  },
  Policy: { nothing: ["description", "rego", "enforcement", "applies", "data"] },
  PolicyException: { rights: ["rule", "expiresAt"], nothing: ["policy", "owner", "reason", "ticket", "scope"] },
};

/** Values of fields of which the schema alone gives none that show. */
const VALUES: Readonly<Record<string, readonly Json[]>> = {
  ...Object.fromEntries(["", "environments.prod."].map((at) => [`${at}target.listen.trustedProxies`, PROXIES.map((each) => [each])])),
  "policies.network.ceiling": [["127.0.0.1"], ["a.acme.example"]],
  "people.ceiling.agents": [["a"], ["b"]],
  "people.ceiling.capabilities.0.permissions.0.resource": ["http://127.0.0.1/**", "http://127.0.0.2/**"],
  "people.ceiling.capabilities.0.tool": ["http.fetch", "time"],
  rule: ["network.ceiling", "egress.allowlist"],
  "scope.resources": [["Agent/a"], ["Agent/b"]],
  "scope.tools": [["http.fetch"], ["time"]],
  "windows.0.from": ["09:00", "10:00"],
  "windows.0.to": ["17:00", "18:00"],
  "moved.0.from": ["Agent/x", "Agent/y"],
  "moved.0.to": ["Agent/a", "Agent/b"],
};

/** Every field of what a base shows, by its schema. */
export function fieldsOf(base: Resource): readonly string[] {
  const leaves = leavesOf(KINDS.byName.get(base.kind)!.schema.properties!["spec"]!, base.spec);
  return leaves.map(({ path }) => path.join(".")).filter((field) => isShownBy(base, field));
}

export function observable(base: Resource): { readonly pairs: readonly Pair[]; readonly without: readonly string[] } {
  const { pairs, without } = pairsIn(base, CHANNEL, VALUES);
  return { pairs: pairs.filter(({ field }) => isShownBy(base, field)), without: without.filter((field) => isShownBy(base, field)) };
}

/** The group that a field is in, by the path it is named with there; undefined: nobody said so. */
export function groupOf(kind: string, field: string): { readonly part: Part; readonly prefix: string } | undefined {
  const all = Object.entries(GROUPS[kind] ?? {}).flatMap(([part, prefixes]) => prefixes.map((prefix) => ({ part: part as Part, prefix })));
  const over = all.filter(({ prefix }) => field === prefix || field.startsWith(`${prefix}.`));
  return over.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

const TURNS = 16;

/** What is not as the plan or the table says, of some fields of one resource. */
export async function wrongIn(house: House, base: Resource, pairs: readonly Pair[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  let talk: Talk = { peer: "", sessions: new Map() };
  for (const [i, pair] of pairs.entries()) {
    // Conversations stay short.
    if (i % TURNS === 0) talk = { peer: `${base.kind}-${base.metadata.name}-${i}`, sessions: new Map() };
    const { field, said, was, changed, isAnswered, isInert } = await observe(house, base, pair, talk);
    const part = groupOf(base.kind, field)?.part ?? "nothing";
    const isShown = part === "nothing" ? changed.length === 0 : changed.includes(part) || isInert;
    // What is replaced is another one.
    if (said !== was && said !== "replace") wrong.push(`${base.kind} ${field} says ${said}, and it was ${was}`);
    if (!isShown) wrong.push(`${base.kind} ${field} is in the group "${part}", and what changed is "${changed.join(", ")}"`);
    if (isAnswered !== true)
      wrong.push(`${base.kind} ${field}: the conversation ${isAnswered === null ? "was not answered" : "did not go on"}`);
  }
  return wrong;
}
