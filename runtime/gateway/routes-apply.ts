import { setTimeout as sleep } from "node:timers/promises";
import {
  digestBytes,
  fail,
  LIMITS,
  mapResult,
  ok,
  problem,
  type Address,
  type Digest,
  type Fence,
  type JsonObject,
  type Owner,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { archivesOf } from "../../trust/signatures/index.ts";
import { installPlugin, type CommitRequest, type StoreWriter } from "../store/index.ts";
import type { Lease, Leases } from "./leases.ts";
import { observed, receiptOf, statusOf } from "./record-views.ts";
import { count, instant, listOf, objectOf, orNull, OWNER, text } from "./schema.ts";
import type { Call, Reply, Route } from "./types.ts";

export interface ApplyWorld {
  readonly dir: string;
  readonly store: () => StoreWriter;
  readonly leases: Leases;
  /** The runtime's public half. */
  readonly recipient: () => Result<string | null>;
}

const DIGEST: JsonObject = text("sha256 of the bytes.", { pattern: "^sha256:[0-9a-f]{64}$" });
const ADDRESS: JsonObject = text("`Kind/name`.", {
  minLength: 3,
  maxLength: 128,
  pattern: "^[A-Z][A-Za-z]+/[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
});
const ACTOR: JsonObject = text("Who applies, for the ledger.", { minLength: 1, maxLength: 256 });
const LEASE: JsonObject = text("The claim.", { pattern: "^[0-9a-f]{32}$" });
const ANY: JsonObject = { type: "object" };
const FENCE: JsonObject = objectOf({ owner: OWNER, number: count("Only grows."), plan: DIGEST });
const DIGESTS: JsonObject = { type: "array", maxItems: 100_000, items: DIGEST };

const REQUEST: JsonObject = objectOf(
  {
    reason: text("Why it exists.", { enum: ["apply", "rollback", "destroy", "restore", "adopt", "forget"] }),
    because: orNull(text("What was said.", { maxLength: 4_096 })),
    resolved: DIGEST,
    schema: DIGEST,
    engine: text("The version of moltbot that plans.", { maxLength: 64 }),
    commit: orNull(text("The commit.", { pattern: "^[0-9a-f]{40}([0-9a-f]{24})?$" })),
    dirty: { type: "boolean" },
    rows: { type: "array", maxItems: 100_000, items: objectOf({ address: ADDRESS, digest: orNull(DIGEST) }) },
    values: DIGESTS,
    evidence: objectOf({ list: DIGEST, values: DIGESTS }),
    correctedEdits: { type: "array", maxItems: 100_000, items: text("An edit.", { maxLength: 64 }) },
    pin: orNull(
      objectOf({
        owner: OWNER,
        generation: count("The one that was restored."),
        because: text("Why.", { maxLength: 4_096 }),
        actor: ACTOR,
        at: instant("When."),
        refused: DIGESTS,
      }),
    ),
    receipt: { type: "object", maxProperties: 64, additionalProperties: { type: ["string", "integer"] } },
    adopted: { type: "array", maxItems: 100_000, items: objectOf({ address: ADDRESS, from: OWNER }) },
    released: { type: "array", maxItems: 100_000, items: ADDRESS },
    restores: count("For a rollback: whose resources come back."),
    isPartial: { const: true },
    moved: { type: "array", maxItems: 100_000, items: objectOf({ from: ADDRESS, to: ADDRESS }) },
  },
  ["evidence", "pin", "adopted", "released", "restores", "isPartial", "moved"],
);

/** One answer with values stays below this; what does not fit is asked for again. */
const ANSWER_BYTES = 8 * 1024 * 1024;

/** What `plan` and `apply` elsewhere do with the record of this gateway: the target `gateway`. */
export function applyRoutes(world: ApplyWorld): readonly Route[] {
  const reading = { method: "POST", tag: "record", role: "viewer", isReading: true, status: 200, answer: ANY } as const;
  const writing = { method: "POST", tag: "record", role: "editor", status: 200, answer: ANY, isIdempotent: true } as const;
  const looking = { method: "GET", tag: "record", role: "viewer", status: 200, answer: ANY } as const;
  const { store, leases } = world;
  const withLease = (call: Call, work: (lease: Lease) => Promise<Result<Reply>>): Promise<Result<Reply>> => {
    const lease = leases.use(call.caller.id, wordIn(call, "lease"));
    return lease.ok ? work(lease.value) : Promise.resolve(lease);
  };
  return [
    {
      ...reading,
      path: "/v2/record/observe",
      id: "observe",
      summary: "The live state of one owner: what a plan compares with",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ owner: OWNER, addresses: { type: "array", maxItems: 100_000, items: ADDRESS } }),
      handle: async (call) => {
        const recipient = world.recipient();
        if (!recipient.ok) return recipient;
        const { addresses } = call.body as { readonly addresses: readonly Address[] };
        return said(observed(store(), ownerIn(call), addresses, recipient.value));
      },
    },
    {
      ...looking,
      path: "/v2/record/owners",
      id: "listOwners",
      summary: "Whose configurations this gateway runs",
      answer: objectOf({ owners: listOf(OWNER) }),
      handle: async () => mapResult(store().owners(), (owners) => reply({ owners: [...owners] })),
    },
    {
      ...looking,
      path: "/v2/record/status",
      id: "recordStatus",
      summary: "What the record says of one owner",
      query: objectOf({ owner: OWNER }),
      handle: async ({ query }) => {
        const recipient = world.recipient();
        return recipient.ok ? said(statusOf(store(), query["owner"] as Owner, recipient.value)) : recipient;
      },
    },
    {
      ...looking,
      path: "/v2/record/generations",
      id: "recordGenerations",
      summary: "The generations of one owner in full, newest first",
      query: objectOf({ owner: OWNER }),
      answer: objectOf({ generations: listOf(ANY) }),
      handle: async ({ query }) =>
        mapResult(store().generations(query["owner"] as Owner), (all) => reply({ generations: all.map((each) => ({ ...each })) })),
    },
    {
      ...looking,
      path: "/v2/record/rows",
      id: "recordRows",
      summary: "Every address of one generation with its digest",
      query: objectOf({ owner: OWNER, generation: count("Which.") }),
      answer: objectOf({ rows: listOf({ type: "array" }) }),
      handle: async ({ query }) =>
        mapResult(store().rows(query["owner"] as Owner, Number(query["generation"])), (rows) =>
          reply({ rows: [...rows].map((each) => [...each]) }),
        ),
    },
    {
      ...looking,
      path: "/v2/record/head",
      id: "recordHead",
      summary: "The signed end of the ledger",
      handle: async () => mapResult(store().headProof(), (proof) => reply({ ...proof })),
    },
    {
      ...reading,
      path: "/v2/record/verify",
      id: "verifyRecord",
      summary: "Walk the whole ledger up to its signed head, and to a head seen elsewhere",
      body: objectOf({ head: orNull(objectOf({ seq: count("Its number."), hash: DIGEST })) }),
      handle: async ({ body }) => {
        const { head } = body as unknown as { readonly head: { readonly seq: number; readonly hash: Digest } | null };
        return mapResult(store().verifyLedger(head ?? undefined), (check) =>
          reply({ records: check.records, head: check.head && { ...check.head }, lineage: store().lineage }),
        );
      },
    },
    {
      ...reading,
      path: "/v2/record/values",
      id: "readValues",
      summary: "Bytes by digest; what does not fit is left for the next request",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ digests: DIGESTS }),
      answer: objectOf({ values: { type: "object" }, unknown: listOf(DIGEST) }),
      handle: async ({ body }) => valuesOf(store(), (body as unknown as { readonly digests: readonly Digest[] }).digests),
    },
    {
      ...reading,
      path: "/v2/record/known",
      id: "knownValues",
      summary: "Which of these the record has, so that they need not be brought",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ digests: DIGESTS }),
      answer: objectOf({ known: listOf(DIGEST) }),
      handle: async ({ body }) =>
        mapResult(store().knownValues((body as unknown as { readonly digests: readonly Digest[] }).digests), (known) =>
          reply({ known: [...known] }),
        ),
    },
    {
      ...writing,
      path: "/v2/record/leases",
      id: "takeLease",
      summary: "Claim the gateway: nobody else applies until it is given back, or its holder is silent for too long",
      body: objectOf({
        actor: ACTOR,
        waitMs: { type: "integer", minimum: 0, maximum: LIMITS.apiRequestMs, description: "How long to wait for it." },
      }),
      status: 201,
      answer: objectOf({ lease: LEASE, silentMs: count("How long its holder may be silent, in milliseconds.") }),
      isIdempotent: false,
      handle: async (call) => {
        const { waitMs } = call.body as { readonly waitMs: number };
        const taken = await leases.take(call.caller.id, actorOf(call), waitMs, call.signal);
        return mapResult(taken, ({ id }) => ({ status: 201, body: { lease: id, silentMs: LIMITS.recordLeaseMs } }));
      },
    },
    {
      ...writing,
      path: "/v2/record/leases/{lease}/renew",
      id: "renewLease",
      summary: "Say that the holder of a claim is still there",
      isReading: true,
      params: objectOf({ lease: LEASE }),
      status: 204,
      answer: {},
      handle: async ({ caller, params }) => mapResult(leases.use(caller.id, params["lease"] ?? ""), () => ({ status: 204 })),
    },
    {
      method: "DELETE",
      path: "/v2/record/leases/{lease}",
      id: "endLease",
      summary: "Give a claim back",
      tag: "record",
      role: "editor",
      params: objectOf({ lease: LEASE }),
      status: 204,
      answer: {},
      handle: async ({ caller, params }) => {
        leases.release(caller.id, params["lease"] ?? "");
        return ok({ status: 204 });
      },
    },
    {
      ...writing,
      path: "/v2/record/intents",
      id: "beginApply",
      summary: "Settle what an interrupted apply left, and write down that one begins",
      isIdempotent: false,
      body: objectOf({ lease: LEASE, owner: OWNER, plan: DIGEST }),
      answer: objectOf({ fence: FENCE, settled: text("What became of an open candidate.") }),
      handle: (call) =>
        withLease(call, async ({ actor }) => {
          const settled = store().settleCandidate(ownerIn(call), actor);
          if (!settled.ok) return settled;
          const fence = store().begin(ownerIn(call), wordIn(call, "plan") as Digest, actor);
          return mapResult(fence, (claimed) => reply({ fence: { ...claimed }, settled: settled.value.outcome }));
        }),
    },
    {
      ...writing,
      path: "/v2/record/staged",
      id: "stageValues",
      summary: "Bring values ahead of the commit that names them",
      isReading: true,
      isIdempotent: false,
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({
        lease: LEASE,
        values: { type: "object", additionalProperties: { type: "string", pattern: "^[A-Za-z0-9+/]*={0,2}$" } },
      }),
      status: 204,
      answer: {},
      handle: (call) => withLease(call, async (lease) => stage(lease, call.body as JsonObject)),
    },
    {
      ...writing,
      path: "/v2/record/commits",
      id: "commitApply",
      summary: "Write the next generation as a candidate; the runtime tries it, and says so in its receipt",
      isIdempotent: false,
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ lease: LEASE, fence: FENCE, request: REQUEST }),
      handle: (call) => withLease(call, (lease) => commit(world, lease, call.body as JsonObject)),
    },
    {
      ...looking,
      path: "/v2/record/receipt",
      id: "readReceipt",
      summary: "What the runtime says of the open candidate, and the signed end of the ledger; waits for an answer",
      role: "editor",
      query: objectOf(
        { owner: OWNER, waitMs: { type: "integer", minimum: 0, maximum: 10_000, description: "How long to wait for an answer." } },
        ["waitMs"],
      ),
      handle: async ({ query, signal }) => await receipt(store(), query["owner"] as Owner, Number(query["waitMs"] ?? 0), signal),
    },
    {
      ...writing,
      path: "/v2/record/activations",
      id: "activateApply",
      summary: "The candidate that the runtime has answered for becomes active, or is rejected with the reason",
      isIdempotent: false,
      body: objectOf({ lease: LEASE, fence: FENCE }),
      handle: (call) =>
        withLease(call, async ({ actor }) => {
          const { fence } = call.body as unknown as { readonly fence: Fence };
          const answer = store().candidateAnswer(fence.owner);
          if (!answer.ok) return answer;
          const done = answer.value?.healthy === false ? store().settleCandidate(fence.owner, actor) : store().activate(fence);
          return done.ok ? said(receiptOf(store(), fence.owner)) : done;
        }),
    },
    {
      ...writing,
      path: "/v2/record/abandonments",
      id: "abandonApply",
      summary: "End an apply without effect, saying why",
      isIdempotent: false,
      body: objectOf({ fence: FENCE, why: text("Why.", { maxLength: 1_024 }) }),
      status: 204,
      answer: {},
      handle: async (call) => {
        const { fence, why } = call.body as unknown as { readonly fence: Fence; readonly why: string };
        return mapResult(store().abandon(fence, why), () => ({ status: 204 }));
      },
    },
    {
      ...writing,
      path: "/v2/record/pins/end",
      id: "endPin",
      summary: "Let what a rollback refused come back",
      body: objectOf({ owner: OWNER, actor: ACTOR }),
      status: 204,
      answer: {},
      handle: async (call) => mapResult(store().endPin(ownerIn(call), actorOf(call)), () => ({ status: 204 })),
    },
    {
      ...writing,
      path: "/v2/record/refusals",
      id: "recordRefusal",
      summary: "Note in the ledger that a plan was refused",
      body: objectOf({
        owner: OWNER,
        actor: ACTOR,
        codes: { type: "array", maxItems: 64, items: text("A code.", { pattern: "^[A-Z][A-Z0-9_]{1,63}$" }) },
        plan: orNull(DIGEST),
      }),
      status: 204,
      answer: {},
      handle: async (call) => {
        const { codes, plan } = call.body as unknown as { readonly codes: readonly string[]; readonly plan: Digest | null };
        return mapResult(store().recordRefusal(ownerIn(call), actorOf(call), codes, plan), () => ({ status: 204 }));
      },
    },
    {
      ...writing,
      path: "/v2/record/waivers",
      id: "recordWaiver",
      summary: "Note in the ledger that an owner takes the place of approvals",
      role: "owner",
      body: objectOf({ owner: OWNER, actor: ACTOR, waiver: ANY }),
      status: 204,
      answer: {},
      handle: async (call) =>
        mapResult(store().recordWaiver(ownerIn(call), actorOf(call), (call.body as { readonly waiver: JsonObject }).waiver), () => ({
          status: 204,
        })),
    },
  ];
}

/** The bytes of the new rows are in the request or were staged; every one is checked against its digest by the store. */
async function commit({ dir, store }: ApplyWorld, lease: Lease, body: JsonObject): Promise<Result<Reply>> {
  const { fence, request } = body as unknown as { readonly fence: Fence; readonly request: WireCommit };
  const resources = resourcesIn(lease.staged, request);
  if (!resources.ok) return resources;
  const recorded = store().values(archivesOf(resources.value).map(({ archive }) => archive));
  if (!recorded.ok) return recorded;
  for (const { archive } of archivesOf(resources.value)) {
    const bytes = lease.staged.get(archive) ?? recorded.value.get(archive);
    const installed = bytes ? await installPlugin(dir, bytes) : fail(missing(archive));
    if (!installed.ok) return installed;
  }
  const values = picked(lease.staged, request.values);
  const evidence = request.evidence && { list: request.evidence.list, values: picked(lease.staged, request.evidence.values) };
  const done = store().commit(
    fence,
    { ...request, actor: lease.actor, values, ...(evidence ? { evidence } : {}) } as unknown as CommitRequest,
    { candidate: true },
  );
  if (!done.ok) return done;
  lease.staged.clear();
  lease.stagedBytes = 0;
  return ok(reply({ generation: { ...done.value } }));
}

/** A commit as it crosses the network: maps of bytes are lists of digests that were staged. */
type WireCommit = Omit<CommitRequest, "values" | "evidence" | "actor"> & {
  readonly values: readonly Digest[];
  readonly evidence?: { readonly list: Digest; readonly values: readonly Digest[] };
};

function picked(staged: ReadonlyMap<Digest, Uint8Array>, digests: readonly Digest[]): ReadonlyMap<Digest, Uint8Array> {
  return new Map(digests.flatMap((digest) => (staged.has(digest) ? [[digest, staged.get(digest) as Uint8Array] as const] : [])));
}

function resourcesIn(staged: ReadonlyMap<Digest, Uint8Array>, { rows }: WireCommit): Result<readonly Resource[]> {
  const plugins = rows.filter(({ address, digest }) => address.startsWith("Plugin/") && digest !== null);
  const found: Resource[] = [];
  for (const { digest } of plugins) {
    const bytes = digest && staged.get(digest);
    if (!bytes) continue;
    try {
      found.push(JSON.parse(Buffer.from(bytes).toString("utf8")) as Resource);
    } catch {
      return fail(problem("API_INVALID", { detail: `The value ${digest} is no resource.` }));
    }
  }
  return ok(found);
}

function stage(lease: Lease, body: JsonObject): Result<Reply> {
  for (const [digest, text64] of Object.entries(body["values"] as Readonly<Record<string, string>>)) {
    const bytes = Buffer.from(text64, "base64");
    if (digestBytes(bytes) !== digest)
      return fail(problem("API_INVALID", { detail: `The bytes that came as ${digest} do not hash to it. Nothing of them was taken.` }));
    if (lease.stagedBytes + bytes.length > LIMITS.recordStagedBytes)
      return fail(problem("API_TOO_LARGE", { detail: `One commit brings at most ${LIMITS.recordStagedBytes} bytes.` }));
    lease.staged.set(digest, bytes);
    lease.stagedBytes += bytes.length;
  }
  return ok({ status: 204 });
}

function valuesOf(store: StoreWriter, digests: readonly Digest[]): Result<Reply> {
  const known = store.knownValues(digests);
  if (!known.ok) return known;
  const values: Record<string, string> = {};
  let size = 0;
  for (const digest of digests) {
    if (!known.value.has(digest)) continue;
    const found = store.values([digest]);
    if (!found.ok) return found;
    const bytes = found.value.get(digest);
    if (!bytes) continue;
    values[digest] = Buffer.from(bytes).toString("base64");
    size += bytes.length;
    if (size >= ANSWER_BYTES) break;
  }
  return ok(reply({ values, unknown: digests.filter((digest) => !known.value.has(digest)) }));
}

const POLL_MS = 25;

async function receipt(store: StoreWriter, owner: Owner, waitMs: number, signal: AbortSignal): Promise<Result<Reply>> {
  const until = performance.now() + waitMs;
  for (;;) {
    const answer = store.candidateAnswer(owner);
    if (!answer.ok) return answer;
    const open = store.candidate(owner);
    if (!open.ok) return open;
    if (answer.value || !open.value || performance.now() >= until || signal.aborted) return said(receiptOf(store, owner));
    await sleep(POLL_MS);
  }
}

function missing(archive: Digest): ReturnType<typeof problem> {
  return problem("API_INVALID", { detail: `The archive ${archive} is neither in the record nor was it brought.` });
}

function wordIn({ body }: Call, key: string): string {
  const value = (body as JsonObject)[key];
  return typeof value === "string" ? value : "";
}

function ownerIn(call: Call): Owner {
  return wordIn(call, "owner") as Owner;
}

/** The ledger says who it really was beside who they say they are. */
function actorOf(call: Call): string {
  const claimed = wordIn(call, "actor");
  return call.caller.token === null ? claimed : `${claimed} (${call.caller.id})`;
}

function reply(body: JsonObject): Reply {
  return { status: 200, body };
}

function said(result: Result<JsonObject>): Result<Reply> {
  return mapResult(result, reply);
}
