import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { canonicalJson, digestBytes, isArray, isDigest, isObject, LIMITS, type Digest, type Json } from "../core/index.ts";
import type { Approvals } from "./approving.ts";
import type { Plan, PlanBody } from "./plan/index.ts";

/**
 * What is kept with a generation, so that somebody else can be shown later why it exists: the plan it was
 * made from and the approvals that counted.
 */
export interface Evidence {
  readonly list: Digest;
  readonly values: ReadonlyMap<Digest, Uint8Array>;
}

/** The list that a receipt names: everything else by digest. */
export interface EvidenceList {
  readonly formatVersion: "1.0";
  /** `stored` is that of the compressed body; `digest` is the plan's own. */
  readonly plan: { readonly digest: Digest; readonly stored: Digest };
  readonly approvals: readonly Digest[];
}

const LEVEL = 1;

/** Pure but for the compression, which depends on the version of zstd: what it is checked by is the digest inside. */
export function evidenceFor({ body, digest }: Plan, { given }: Approvals): Evidence {
  // Not canonical: whoever reads it makes the canonical form again to compare the digest.
  const stored = zstdCompressSync(Buffer.from(JSON.stringify(body)), { params: { [LEVEL_PARAMETER]: LEVEL } });
  const approvals = given.map(({ bytes }) => [digestBytes(bytes), bytes] as const);
  const list: EvidenceList = {
    formatVersion: "1.0",
    plan: { digest, stored: digestBytes(stored) },
    approvals: approvals.map(([each]) => each).sort(),
  };
  const text = Buffer.from(canonicalJson(list as unknown as Json));
  return { list: digestBytes(text), values: new Map([[digestBytes(text), text], [list.plan.stored, stored], ...approvals]) };
}

/** ZSTD_c_compressionLevel: node's constants are loaded with much else. */
const LEVEL_PARAMETER = 100;

/** @returns undefined for bytes that are no list of this version. */
export function parseEvidence(bytes: Uint8Array): EvidenceList | undefined {
  const value = jsonOf(bytes);
  if (!isObject(value) || value["formatVersion"] !== "1.0") return undefined;
  const { plan, approvals } = value;
  if (!isObject(plan) || !isDigest(plan["digest"]) || !isDigest(plan["stored"])) return undefined;
  if (!isArray(approvals) || !approvals.every(isDigest)) return undefined;
  return { formatVersion: "1.0", plan: { digest: plan["digest"], stored: plan["stored"] }, approvals };
}

/** The body of a plan that was kept; undefined where it is not one any more. */
export function storedBody(stored: Uint8Array): PlanBody | undefined {
  try {
    const value = jsonOf(zstdDecompressSync(stored, { maxOutputLength: LIMITS.planFileBytes }));
    return isObject(value) ? (value as unknown as PlanBody) : undefined;
  } catch {
    return undefined;
  }
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
