import { digestBytes, fail, LIMITS, mapResult, ok, problem, type Digest, type JsonObject, type Result } from "../../../core/index.ts";
import type { StoreWriter } from "../../store/index.ts";
import { listOf, objectOf } from "../schema.ts";
import type { Call, Reply, Route } from "../types.ts";
import type { Lease } from "./leases.ts";
import { DIGEST, DIGESTS, LEASE } from "./schemas.ts";
import { READING, reply, withLease, WRITING, type ApplyWorld } from "./world.ts";

/** One answer with values stays below this; what does not fit is asked for again. */
const ANSWER_BYTES = 8 * 1024 * 1024;

/** Bytes by digest: asked for, and brought ahead of the commit that names them. */
export function valueRoutes({ store, leases }: ApplyWorld): readonly Route[] {
  return [
    {
      ...READING,
      path: "/v2/record/values",
      id: "readValues",
      summary: "Bytes by digest; what does not fit is left for the next request",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ digests: DIGESTS }),
      answer: objectOf({ values: { type: "object" }, unknown: listOf(DIGEST) }),
      handle: async (call) => valuesOf(store(), digestsIn(call)),
    },
    {
      ...READING,
      path: "/v2/record/known",
      id: "knownValues",
      summary: "Which of these the record has, so that they need not be brought",
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({ digests: DIGESTS }),
      answer: objectOf({ known: listOf(DIGEST) }),
      handle: async (call) => mapResult(store().knownValues(digestsIn(call)), (known) => reply({ known: [...known] })),
    },
    {
      ...WRITING,
      path: "/v2/record/staged",
      id: "stageValues",
      summary: "Bring values ahead of the commit that names them",
      isReading: true,
      bodyBytes: LIMITS.recordBodyBytes,
      body: objectOf({
        lease: LEASE,
        values: { type: "object", additionalProperties: { type: "string", pattern: "^[A-Za-z0-9+/]*={0,2}$" } },
      }),
      status: 204,
      answer: {},
      handle: (call) => withLease(leases, call, async (lease) => stage(lease, call.body as JsonObject)),
    },
  ];
}

function digestsIn({ body }: Call): readonly Digest[] {
  return (body as unknown as { readonly digests: readonly Digest[] }).digests;
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
