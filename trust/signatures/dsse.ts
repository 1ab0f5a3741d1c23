import {
  fail,
  fromBase64,
  isArray,
  isObject,
  LIMITS,
  ok,
  problem,
  shown,
  strictObject,
  type JsonObject,
  type Result,
} from "../../core/index.ts";

/** One signature of an envelope. */
export interface EnvelopeSignature {
  /** A hint about the key, chosen by the signer: never evidence. */
  readonly keyid: string;
  readonly sig: Uint8Array;
}

/** A DSSE envelope: a body with its type, and signatures over both. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

/** What in-toto statements are called in an envelope. Source: in-toto attestation framework, envelope layer. */
export const STATEMENT_TYPE = "application/vnd.in-toto+json";

/** What an SSH key signs an attestation under, so that no signature over a commit or a mail passes for one. */
export const SSH_NAMESPACE = "attestation@moltbot.dev";

/**
 * The bytes that are signed: the type as well as the body, so that a signature made for one kind of
 * document is never one for another. Source: DSSE v1 protocol, "Signature Definition" (PAE).
 */
export function signedBytes(type: string, body: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  return Buffer.concat([Buffer.from(head, "utf8"), body]);
}

/** The envelope as a JSON file, with a line break at its end. */
export function encodeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const json = {
    payloadType,
    payload: Buffer.from(payload).toString("base64"),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: Buffer.from(sig).toString("base64") })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * Reads an envelope strictly: known fields, canonical base64, at least one signature.
 *
 * @returns `ATTESTATION_INVALID` for anything else, or past {@link LIMITS.attestationBytes} and {@link LIMITS.attestationSignatures}.
 */
export function parseEnvelope(value: JsonObject): Result<Envelope> {
  const { payloadType, payload: encoded, signatures, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return invalid(`it has a field ${shown(unknown)}, which envelopes do not have`);
  if (payloadType !== STATEMENT_TYPE) return invalid(`its payloadType is not ${STATEMENT_TYPE}`);
  const payload = typeof encoded === "string" ? fromBase64(encoded) : undefined;
  if (!payload) return invalid("its payload is not base64 in its one form");
  if (!isArray(signatures) || signatures.length === 0) return invalid("it holds no signature");
  if (signatures.length > LIMITS.attestationSignatures)
    return invalid(`it holds ${signatures.length} signatures; ${LIMITS.attestationSignatures} are allowed (limits.attestationSignatures)`);
  const read = signatures.map((each) => (isObject(each) ? signatureOf(each) : undefined));
  const whole = read.filter((each) => each !== undefined);
  return whole.length === read.length ? ok({ payloadType, payload, signatures: whole }) : invalid("one of its signatures is malformed");
}

/** The JSON object of an attestation file, within its limit. */
export function parseAttestationJson(bytes: Uint8Array): Result<JsonObject> {
  if (bytes.length > LIMITS.attestationBytes)
    return invalid(`it has ${bytes.length} bytes; ${LIMITS.attestationBytes} are allowed (limits.attestationBytes)`);
  const value = strictObject(bytes);
  return typeof value === "string" ? invalid(value) : ok(value);
}

export function invalid(why: string): Result<never> {
  return fail(
    problem("ATTESTATION_INVALID", {
      detail: `The attestation cannot be used: ${why}.`,
      remedy: "Ask for the file again, or make it anew:\n  moltbot approve PLAN",
    }),
  );
}

function signatureOf({ keyid = "", sig, ...rest }: JsonObject): EnvelopeSignature | undefined {
  const bytes = typeof sig === "string" ? fromBase64(sig) : undefined;
  if (typeof keyid !== "string" || !bytes || bytes.length === 0 || Object.keys(rest).length > 0) return undefined;
  return { keyid, sig: bytes };
}
