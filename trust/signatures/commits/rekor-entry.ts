import type { TransparencyLogEntry } from "@sigstore/bundle";
import { createHash } from "node:crypto";
import type { CmsSigner } from "./cms.ts";
import { allBytesIn, bytesIn, messageIn, numberIn, readMessage } from "./protobuf.ts";

/** Where gitsign keeps the log's answer, with `gitsign.rekorMode=offline`. */
const REKOR_ENTRY = "1.3.6.1.4.1.57264.3.1";

/**
 * The log entry that gitsign puts beside its signature. It leaves out the body, which is made again from
 * what was signed: an entry for anything else does not verify then.
 *
 * @returns null where there is none; undefined where it cannot be read.
 */
export function rekorEntryOf(signer: CmsSigner): TransparencyLogEntry | null | undefined {
  const bytes = signer.unsigned.get(REKOR_ENTRY);
  if (!bytes) return null;
  const entry = readMessage(bytes);
  const [logId, kind] = [bytesIn(messageIn(entry, 2), 1), messageIn(entry, 3)];
  const [promise, proof] = [bytesIn(messageIn(entry, 5), 1), messageIn(entry, 6)];
  const isKnown = bytesIn(kind, 1)?.toString() === "hashedrekord" && bytesIn(kind, 2)?.toString() === "0.0.1";
  if (!entry || !logId || !isKnown || !promise) return undefined;
  return {
    logIndex: numberIn(entry, 1),
    logId: { keyId: logId },
    kindVersion: { kind: "hashedrekord", version: "0.0.1" },
    integratedTime: numberIn(entry, 4),
    inclusionPromise: { signedEntryTimestamp: promise },
    inclusionProof: proof && {
      logIndex: numberIn(proof, 1),
      rootHash: bytesIn(proof, 2) ?? Buffer.alloc(0),
      treeSize: numberIn(proof, 3),
      hashes: [...allBytesIn(proof, 4)],
      checkpoint: { envelope: bytesIn(messageIn(proof, 5), 1)?.toString("utf8") ?? "" },
    },
    canonicalizedBody: Buffer.from(bodyOf(signer)),
  };
}

/** Rekor's `hashedrekord` 0.0.1 over the signed attributes, in its canonical form: keys sorted, no space. */
function bodyOf({ certificate, signature, signedBytes }: CmsSigner): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
  const value = createHash("sha256").update(signedBytes).digest("hex");
  return JSON.stringify({
    apiVersion: "0.0.1",
    kind: "hashedrekord",
    spec: {
      data: { hash: { algorithm: "sha256", value } },
      signature: { content: signature.toString("base64"), publicKey: { content: Buffer.from(pem).toString("base64") } },
    },
  });
}
