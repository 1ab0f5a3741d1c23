import { isDigest, isObject, type Digest, type JsonObject } from "../../../core/index.ts";

/** What a statement about compiled policies is called. Its subject is the bundle. */
export const POLICY_PREDICATE = "https://moltbot.dev/attestation/policies/v1";

/** That a bundle was compiled from these sources, by this compiler. Who says so is told by the signature alone. */
export interface PolicyClaim {
  /** Over the name, text and data of every Policy: the `sources` of the lock. */
  readonly sources: Digest;
  /** Over the lock file itself, which decides what rules are sent and where they stand. */
  readonly lock: Digest;
  readonly builder: { readonly moltbot: string; readonly opa: { readonly version: string; readonly sha256: string } };
  /** What the builder's clock said: a claim. */
  readonly at: string;
}

/** What is signed: the digest of the bundle, and the claim about it. */
export function policyClaim(wasm: Digest, claim: PolicyClaim) {
  const subject = { name: "policies/bundle.wasm", sha256: wasm.slice("sha256:".length) };
  return { subject, predicateType: POLICY_PREDICATE, predicate: claim as unknown as JsonObject };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MAX_VERSION = 256;
const SHA256 = /^[0-9a-f]{64}$/;

/** The claim of a predicate; undefined for one that is not whole, or says more: nothing is signed that nobody reads. */
export function parseClaim(predicate: JsonObject | null): PolicyClaim | undefined {
  const { sources, lock, builder, at, ...more } = predicate ?? {};
  if (!isDigest(sources) || !isDigest(lock) || typeof at !== "string" || !INSTANT.test(at)) return undefined;
  const { moltbot, opa, ...rest } = isObject(builder) ? builder : {};
  const { version, sha256, ...other } = isObject(opa) ? opa : {};
  if (typeof moltbot !== "string" || typeof version !== "string" || typeof sha256 !== "string" || !SHA256.test(sha256)) return undefined;
  if (moltbot.length > MAX_VERSION || version.length > MAX_VERSION) return undefined;
  const isMore = [more, rest, other].some((each) => Object.keys(each).length > 0);
  return isMore ? undefined : { sources, lock, builder: { moltbot, opa: { version, sha256 } }, at };
}
