import { createPublicKey, X509Certificate as NodeCertificate } from "node:crypto";
import type { TransparencyLogEntry } from "@sigstore/bundle";

/** The key or certificate that signed, in DER form. */
export interface SignedBy {
  readonly der: Buffer;
}

/**
 * What the library leaves open about a log entry that it accepted. It compares digest and signature with
 * the entry, not the key: with another key, the same signature can be made to fit, and the log would
 * confirm somebody else's signing. And a proof may claim another root or size than the checkpoint it was
 * computed against.
 *
 * @returns what is wrong, in words. Never throws.
 */
export function entryProblem(entry: TransparencyLogEntry, { der }: SignedBy): string | undefined {
  try {
    const body: unknown = JSON.parse(entry.canonicalizedBody.toString("utf8"));
    const named = verifierOf(body, entry.kindVersion.kind, entry.kindVersion.version);
    if (!named) return "the log entry names no key";
    if (!named.equals(der)) return "the log entry names another key";
    return proofProblem(entry);
  } catch {
    return "the log entry cannot be decoded";
  }
}

/** Below a checkpoint stand signatures and nothing else. Source: C2SP signed-note, "Signatures". */
const SIGNATURES = /^(?:\u2014 \S+ [A-Za-z0-9+/]+={0,2}\n)+$/;

function proofProblem({ inclusionProof }: TransparencyLogEntry): string | undefined {
  if (!inclusionProof?.checkpoint) return undefined;
  const { envelope } = inclusionProof.checkpoint;
  const [, size, root] = envelope.split("\n");
  if (!SIGNATURES.test(envelope.slice(envelope.indexOf("\n\n") + 2))) return "something stands behind the signatures of the checkpoint";
  if (size !== inclusionProof.treeSize) return "the inclusion proof is for a log of another size than the checkpoint's";
  return root === inclusionProof.rootHash.toString("base64") ? undefined : "the inclusion proof has another root than the checkpoint";
}

/** Where each kind of entry keeps the key: as PEM in base64 (Rekor 1), or as DER (Rekor 2). */
const PEM_AT: Readonly<Record<string, readonly string[]>> = {
  "hashedrekord 0.0.1": ["spec", "signature", "publicKey", "content"],
  "dsse 0.0.1": ["spec", "signatures", "0", "verifier"],
  "intoto 0.0.2": ["spec", "content", "envelope", "signatures", "0", "publicKey"],
};
const DER_AT: Readonly<Record<string, readonly string[]>> = {
  "hashedrekord 0.0.2": ["spec", "hashedRekordV002", "signature", "verifier"],
  "dsse 0.0.2": ["spec", "dsseV002", "signatures", "0", "verifier"],
};

function verifierOf(body: unknown, kind: string, version: string): Buffer | undefined {
  const form = `${kind} ${version}`;
  const pem = at(body, PEM_AT[form] ?? []);
  if (typeof pem === "string" && Object.hasOwn(PEM_AT, form)) return derOf(Buffer.from(pem, "base64").toString("latin1"));
  const verifier = at(body, DER_AT[form] ?? ["nowhere"]);
  const raw = at(verifier, ["x509Certificate", "rawBytes"]) ?? at(verifier, ["publicKey", "rawBytes"]);
  return typeof raw === "string" ? Buffer.from(raw, "base64") : undefined;
}

function derOf(pem: string): Buffer {
  if (pem.includes("BEGIN CERTIFICATE")) return new NodeCertificate(pem).raw;
  return createPublicKey(pem).export({ type: "spki", format: "der" });
}

function at(value: unknown, path: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}
