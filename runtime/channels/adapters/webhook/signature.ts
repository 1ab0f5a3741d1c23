import { createHmac, timingSafeEqual } from "node:crypto";
import { LIMITS } from "../../../../core/index.ts";

/** What proves a request. */
export interface SignedHeaders {
  readonly "x-moltbot-timestamp": string;
  readonly "x-moltbot-nonce": string;
  readonly "x-moltbot-signature": string;
}

const TIMESTAMP = /^[1-9][0-9]{9,11}$/;
const NONCE = /^[A-Za-z0-9_-]{16,64}$/;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** The time in seconds, the nonce and the bytes of the body, with a dot between: no part can be moved into another. */
export function signWebhook(secret: string, timestamp: string, nonce: string, body: Uint8Array): SignedHeaders {
  return {
    "x-moltbot-timestamp": timestamp,
    "x-moltbot-nonce": nonce,
    "x-moltbot-signature": `sha256=${macOf(secret, timestamp, nonce, body).toString("hex")}`,
  };
}

export interface WebhookProof {
  readonly timestamp: string;
  readonly nonce: string;
  readonly mac: Buffer;
}

/** What the headers say, before the body is read. Null: not signed, or not now. */
export function proofIn(headers: Readonly<Record<string, string | readonly string[] | undefined>>, now: Date): WebhookProof | null {
  const text = (name: keyof SignedHeaders): string => {
    const value = headers[name];
    return typeof value === "string" ? value : "";
  };
  const timestamp = text("x-moltbot-timestamp");
  const nonce = text("x-moltbot-nonce");
  const [, mac] = SIGNATURE.exec(text("x-moltbot-signature")) ?? [];
  if (!TIMESTAMP.test(timestamp) || !NONCE.test(nonce) || mac === undefined) return null;
  const isNow = Math.abs(Number(timestamp) * 1000 - now.getTime()) <= LIMITS.webhookWindowMs;
  return isNow ? { timestamp, nonce, mac: Buffer.from(mac, "hex") } : null;
}

/** Compares in constant time. */
export function verifyWebhook(secret: string, { timestamp, nonce, mac }: WebhookProof, body: Uint8Array): boolean {
  const wanted = macOf(secret, timestamp, nonce, body);
  return wanted.length === mac.length && timingSafeEqual(wanted, mac);
}

function macOf(secret: string, timestamp: string, nonce: string, body: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${timestamp}.${nonce}.`).update(body).digest();
}
