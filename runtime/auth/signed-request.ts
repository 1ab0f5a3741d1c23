import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { canonicalJson } from "../../core/index.ts";
import { verifyDetached } from "../../trust/signatures/index.ts";

/**
 * A request signed by a key: device keys sign it raw with Ed25519, SSH keys of people by
 * `ssh-keygen -Y sign -n moltbot-request`. It is good for one use, for this store, for a short time.
 *
 *     Authorization: Moltbot-Signature key="device:laptop", time="...", nonce="...", signature="BASE64"
 */
export const REQUEST_NAMESPACE = "moltbot-request";
/** Always in this order: one request has one form. */
const HEADER =
  /^Moltbot-Signature key="((?:device|ssh):[A-Za-z0-9:+/-]{1,100})", time="(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)", nonce="([A-Za-z0-9_-]{22,64})", signature="([A-Za-z0-9+/]+={0,2})"$/;

/** What is signed of a request. */
export interface RequestToSign {
  readonly lineage: string;
  readonly method: string;
  readonly target: string;
  readonly bodySha256: string;
  readonly time: string;
  readonly nonce: string;
  readonly key: string;
}

export interface SignedRequest {
  /** `device:NAME` or `ssh:SHA256:...`. */
  readonly key: string;
  readonly time: string;
  readonly nonce: string;
  readonly signature: Buffer;
}

export function bytesToSign(request: RequestToSign): Buffer {
  return Buffer.from(`moltbot-request-1\n${canonicalJson({ ...request })}`);
}

export function headerOf({ key, time, nonce, signature }: SignedRequest): string {
  return `Moltbot-Signature key="${key}", time="${time}", nonce="${nonce}", signature="${signature.toString("base64")}"`;
}

/** For clients with a device key. */
export function signRequest(request: RequestToSign, key: KeyObject): string {
  return headerOf({ ...request, signature: sign(null, bytesToSign(request), key) });
}

export function parseSignedRequest(header: string): SignedRequest | undefined {
  const [, key, time, nonce, signature] = HEADER.exec(header) ?? [];
  if (key === undefined || time === undefined || nonce === undefined || signature === undefined) return undefined;
  return { key, time, nonce, signature: Buffer.from(signature, "base64") };
}

export function isSignedByDevice(request: RequestToSign, publicKey: string, signature: Buffer): boolean {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  return signature.length === 64 && verify(null, bytesToSign(request), key, signature);
}

/** The key a request was really signed with, as a public key file has it. */
export function sshSigner(request: RequestToSign, signature: Buffer): string | undefined {
  const found = verifyDetached(bytesToSign(request), signature, REQUEST_NAMESPACE);
  return "key" in found ? found.key : undefined;
}
