import { deflateRawSync, inflateRawSync } from "node:zlib";
import { digestJson, digestBytes, isArray, isDigest, isObject, LIMITS, ok, type Digest, type Json, type Result } from "../../core/index.ts";
import { builtinPolicyFiles, isolatedPolicy, parseLock, type Policy, type PolicyFiles } from "../../trust/policy/index.ts";
import { must, type SealedRecords, type SealedSlot } from "../store/index.ts";

/**
 * The policies that moltbot shipped while decisions were made. An upgrade replaces their files, so the gateway
 * keeps those it judges by: a decision can be asked again of the very bundle that made it.
 */
const SLOT = "gate/shipped-policies";

/** Keeps the policies that are installed now, unless they are kept already; of too many, the oldest go. */
export function keepShipped(records: SealedRecords, folder?: string): Result<void> {
  const files = builtinPolicyFiles(folder);
  if (!files.ok) return files;
  const digest = digestOf(files.value);
  return records.together((open) => {
    const slot = must(open.get(SLOT));
    const known = digestsIn(slot);
    if (known.includes(digest)) return ok(undefined);
    const kept = [...known, digest].slice(-LIMITS.shippedPolicies);
    const head = Buffer.from(JSON.stringify({ v: 1, digests: kept }));
    const next = (slot?.entries ?? 0) + 1;
    must(open.update(SLOT, { append: [encode(files.value)], head, dropBefore: next - kept.length + 1 }));
    return ok(undefined);
  });
}

/** One version of the shipped policies. Whoever starts it ends it. */
export interface ShippedVersion {
  readonly digest: Digest;
  readonly start: () => Result<Policy>;
}

/** Those that are kept, the newest first; each is read only when it is its turn. */
export function* shippedBefore(records: SealedRecords): Generator<ShippedVersion> {
  const slot = must(records.get(SLOT));
  for (let number = slot?.entries ?? 0; number > (slot?.trimmed ?? 0); number--) {
    const [bytes] = must(records.read(SLOT, { from: number, limit: 1 }));
    const files = bytes && decode(bytes);
    const lock = files && parseLock(Buffer.from(files.lock).toString("utf8"));
    if (files && lock?.ok) yield { digest: lock.value.wasm, start: () => isolatedPolicy(files.bundle, lock.value) };
  }
}

function digestOf({ bundle, lock }: PolicyFiles): Digest {
  return digestJson([digestBytes(lock), digestBytes(bundle)]);
}

function digestsIn(slot: SealedSlot | null): readonly Digest[] {
  const value = slot ? parsed(Buffer.from(slot.head).toString("utf8")) : undefined;
  return isObject(value) && isArray(value["digests"]) ? value["digests"].filter((each) => isDigest(each)) : [];
}

function encode({ bundle, lock }: PolicyFiles): Uint8Array {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  return deflateRawSync(JSON.stringify({ v: 1, bundle: base64(bundle), lock: base64(lock) }), { level: 1 });
}

/** What a bundle and its lock take as base64, at most. */
const MOST_BYTES = 4 * LIMITS.policyBytes;

function decode(bytes: Uint8Array): PolicyFiles | undefined {
  const value = parsed(inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString("utf8"));
  if (!isObject(value) || value["v"] !== 1 || typeof value["bundle"] !== "string" || typeof value["lock"] !== "string") return undefined;
  return { bundle: Buffer.from(value["bundle"], "base64"), lock: Buffer.from(value["lock"], "base64") };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
