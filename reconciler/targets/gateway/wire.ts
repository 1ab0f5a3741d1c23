import { digestBytes, fail, isDigest, ok, problem, type Digest, type JsonObject, type Result } from "../../../core/index.ts";
import type { Client } from "../../../runtime/client/index.ts";
import { KNOWN, readAs, VALUES } from "./forms.ts";

/** The parts of a request; the values of one stay below what the gateway takes. */
const PART_BYTES = 12 * 1024 * 1024;
const PART_DIGESTS = 50_000;

interface ValuesSaid {
  readonly values: Readonly<Record<string, string>>;
  readonly unknown: readonly Digest[];
}

/** Bytes by digest. Every value is checked against the digest it was asked for: the gateway is not believed. */
export async function readValues(
  client: Client,
  digests: Iterable<Digest>,
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<Digest, Uint8Array>>> {
  let wanted = [...new Set(digests)];
  const found = new Map<Digest, Uint8Array>();
  while (wanted.length > 0) {
    const asked = wanted.slice(0, PART_DIGESTS);
    const answer = readAs<ValuesSaid>(await client.ask("POST", "/v2/record/values", { digests: asked }, signal), VALUES, "its values");
    if (!answer.ok) return answer;
    const { values, unknown } = answer.value;
    const done = new Set<Digest>(unknown);
    for (const [digest, text] of Object.entries(values)) {
      const bytes = Buffer.from(text, "base64");
      if (!isDigest(digest) || digestBytes(bytes) !== digest)
        return fail(problem("GATEWAY_RECEIPT", { detail: `The gateway gave other bytes than those of ${digest}.` }));
      found.set(digest, bytes);
      done.add(digest);
    }
    const left = wanted.filter((digest) => !done.has(digest));
    if (left.length === wanted.length) return fail(problem("GATEWAY_RECEIPT", { detail: "The gateway neither has values nor says so." }));
    wanted = left;
  }
  return ok(found);
}

export async function knownValues(client: Client, digests: ReadonlySet<Digest>, signal: AbortSignal): Promise<Result<ReadonlySet<Digest>>> {
  const known = new Set<Digest>();
  const all = [...digests];
  for (let i = 0; i < all.length; i += PART_DIGESTS) {
    const asked = await client.ask("POST", "/v2/record/known", { digests: all.slice(i, i + PART_DIGESTS) }, signal);
    const answer = readAs<{ readonly known: readonly Digest[] }>(asked, KNOWN, "its values");
    if (!answer.ok) return answer;
    for (const digest of answer.value.known) known.add(digest);
  }
  return ok(known);
}

/** Brings bytes ahead of the commit that names them, in parts. */
export async function stageValues(
  client: Client,
  lease: string,
  values: ReadonlyMap<Digest, Uint8Array>,
  signal: AbortSignal,
): Promise<Result<void>> {
  let part: Record<string, string> = {};
  let size = 0;
  const send = async (): Promise<Result<JsonObject>> => {
    const body = { lease, values: part };
    [part, size] = [{}, 0];
    return await client.ask("POST", "/v2/record/staged", body, signal);
  };
  for (const [digest, bytes] of values) {
    if (size > 0 && size + bytes.length > PART_BYTES) {
      const sent = await send();
      if (!sent.ok) return sent;
    }
    part[digest] = Buffer.from(bytes).toString("base64");
    size += bytes.length;
  }
  const sent = await send();
  return sent.ok ? ok(undefined) : sent;
}
