import { hash } from "node:crypto";
import { bundleToJSON, toDSSEBundle, toMessageSignatureBundle, type Bundle } from "@sigstore/bundle";
import { dsse } from "@sigstore/core";
import type { Signature, Signer, Witness } from "@sigstore/sign";
import { fail, ok, problem, type Json, type Result } from "../../../core/index.ts";

/** Who signs, and who bears witness that and when it happened. */
export interface BundleSigner {
  readonly signer: Signer;
  readonly witnesses: readonly Witness[];
}

const IN_TOTO = "application/vnd.in-toto+json";

/** Signs a file: a sigstore bundle of version 0.3, as the text of its file. */
export async function signArtifact(bytes: Uint8Array, by: BundleSigner): Promise<Result<string>> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return await signed(data, by, (key) =>
    toMessageSignatureBundle({ digest: hash("sha256", data, "buffer"), certificateChain: false, ...key }),
  );
}

/** Signs a statement about a file: what `predicate` claims of `sha256` (hexadecimal), as in-toto in a DSSE envelope. */
export async function signStatement(
  subject: { readonly name: string; readonly sha256: string },
  predicateType: string,
  predicate: Json,
  by: BundleSigner,
): Promise<Result<string>> {
  const { name, sha256 } = subject;
  const statement = { _type: "https://in-toto.io/Statement/v1", subject: [{ name, digest: { sha256 } }], predicateType, predicate };
  const artifact = Buffer.from(JSON.stringify(statement));
  const data = dsse.preAuthEncoding(IN_TOTO, artifact);
  return await signed(data, by, (key) => toDSSEBundle({ artifact, artifactType: IN_TOTO, certificateChain: false, ...key }));
}

interface KeyPart {
  readonly signature: Buffer;
  readonly certificate?: Buffer;
  readonly keyHint?: string;
}

async function signed(data: Buffer, { signer, witnesses }: BundleSigner, make: (key: KeyPart) => Bundle): Promise<Result<string>> {
  try {
    const signature = await signer.sign(data);
    const bundle = make(keyPart(signature));
    const { key } = signature;
    const pem = key.$case === "publicKey" ? key.publicKey : key.certificate;
    const found = await Promise.all(witnesses.map((witness) => witness.testify(bundle.content, pem)));
    bundle.verificationMaterial.tlogEntries = found.flatMap(({ tlogEntries }) => tlogEntries ?? []);
    const rfc3161Timestamps = found.flatMap(({ rfc3161Timestamps: each }) => each ?? []);
    bundle.verificationMaterial.timestampVerificationData = rfc3161Timestamps.length > 0 ? { rfc3161Timestamps } : undefined;
    return ok(`${JSON.stringify(bundleToJSON(bundle))}\n`);
  } catch (error) {
    return failed(error);
  }
}

function keyPart({ signature, key }: Signature): KeyPart {
  return key.$case === "publicKey"
    ? { signature, ...(key.hint === undefined ? {} : { keyHint: key.hint }) }
    : { signature, certificate: derOf(key.certificate) };
}

/** The first certificate of a PEM chain. */
function derOf(pem: string): Buffer {
  const [body = ""] = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(pem)?.slice(1) ?? [];
  return Buffer.from(body, "base64");
}

const WHO: Readonly<Record<string, string>> = {
  IDENTITY_TOKEN_READ_ERROR: "the identity token could not be read",
  IDENTITY_TOKEN_PARSE_ERROR: "the identity token could not be read",
  CA_CREATE_SIGNING_CERTIFICATE_ERROR: "the certificate authority gave no certificate",
  TLOG_CREATE_ENTRY_ERROR: "the transparency log took no entry",
  TLOG_FETCH_ENTRY_ERROR: "the transparency log did not give back the entry it has already",
  TSA_CREATE_TIMESTAMP_ERROR: "the timestamp authority gave no timestamp",
};

/** Of foreign errors only the code is told: their messages may hold what was sent. */
function failed(error: unknown): Result<never> {
  const { code = "", cause } = error instanceof Error ? (error as Error & { readonly code?: string }) : {};
  const { statusCode, code: reason } = (cause ?? {}) as { readonly statusCode?: number; readonly code?: string };
  const why = statusCode === undefined ? reason : `HTTP ${statusCode}`;
  return fail(
    problem("SIGNING_FAILED", {
      detail: `Nothing was signed: ${WHO[code] ?? "the signature could not be made"}${why === undefined ? "" : ` (${why})`}.`,
      remedy: "Look at the address and the token, and run it again.",
    }),
  );
}
