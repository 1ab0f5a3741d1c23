/**
 * A whole private sigstore instance on 127.0.0.1: certificate authority, certificate log, transparency log
 * and timestamp authority, with a trust root for it.
 */
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, initializeTSA, rekorHandler, tsaHandler } from "@sigstore/mock";

type HandlerFn = (body: string) => Promise<{ statusCode: number; response: string | ArrayBufferView; contentType?: string }>;

export interface Chain {
  readonly url: string;
  readonly close: () => Promise<void>;
  /** The trust root as its file holds it; changed by the callback. */
  readonly root: (change?: (root: RootJson) => void) => Uint8Array;
  /** An identity token for somebody. */
  readonly token: (subject?: string, issuer?: string, more?: Readonly<Record<string, unknown>>) => string;
  /** What was asked, newest last. */
  readonly asked: string[];
}

export interface ValidJson {
  start?: string;
  end?: string;
}
export interface LogJson {
  baseUrl: string;
  hashAlgorithm: string;
  publicKey: { rawBytes: string; keyDetails: string; validFor?: ValidJson };
  logId: { keyId: string };
}
export interface AuthorityJson {
  uri?: string;
  certChain: { certificates: { rawBytes: string }[] };
  validFor?: ValidJson;
}
export interface RootJson {
  mediaType: string;
  tlogs: LogJson[];
  certificateAuthorities: AuthorityJson[];
  ctlogs: LogJson[];
  timestampAuthorities: AuthorityJson[];
}

export const IDENTITY = "https://ci.acme.example/plugins/.build.yml@refs/heads/main";
export const ISSUER = "https://token.ci.acme.example";

interface KeyPairKeyObjectResult {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const ecKeys = (): KeyPairKeyObjectResult => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

/**
 * @param now - The time all authorities go by; whole seconds, because timestamps have no more.
 * @param loggedAt - The time the transparency log goes by, where it is another.
 */
export async function startChain(now: Date = wholeSeconds(), loggedAt: Date = now): Promise<Chain> {
  const [caKeys, ctKeys, logKeys, tsaKeys] = [ecKeys(), ecKeys(), ecKeys(), ecKeys()];
  const ctlog = await initializeCTLog(ctKeys, now);
  const ca = await initializeCA(caKeys, ctlog, now);
  const asked: string[] = [];
  const handlers = new Map<string, HandlerFn>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push(request.url ?? "");
      const handle = handlers.get(request.url ?? "");
      void respond(response, handle, Buffer.concat(parts).toString());
    });
  });
  const url = await listening(server);
  const tlog = await initializeTLog(url, logKeys, loggedAt);
  const tsa = await initializeTSA(tsaKeys, now);
  for (const handler of [fulcioHandler(ca), tsaHandler(tsa)]) handlers.set(handler.path, handler.fn);
  const entries = rekorHandler(tlog);
  handlers.set(entries.path, (body) => entries.fn(asRekorWrites(body)));
  const start = new Date(now.getTime() - 86_400_000).toISOString();
  const logOf = (spki: Buffer, baseUrl: string): LogJson => ({
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: spki.toString("base64"), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor: { start } },
    logId: { keyId: createHash("sha256").update(spki).digest("base64") },
  });
  const authorityOf = (certificates: readonly ArrayBufferView[]): AuthorityJson => ({
    uri: url,
    certChain: {
      certificates: certificates.map((each) => ({
        rawBytes: Buffer.from(each.buffer, each.byteOffset, each.byteLength).toString("base64"),
      })),
    },
    validFor: { start },
  });
  const spki = ({ publicKey }: KeyPairKeyObjectResult): Buffer => publicKey.export({ type: "spki", format: "der" });
  return {
    url,
    asked,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
    root: (change) => {
      const root: RootJson = {
        mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        tlogs: [logOf(spki(logKeys), url)],
        certificateAuthorities: [authorityOf([ca.rootCertificate])],
        ctlogs: [logOf(spki(ctKeys), `${url}/ct`)],
        timestampAuthorities: [authorityOf([tsa.intCertificate, tsa.rootCertificate])],
      };
      change?.(root);
      return new TextEncoder().encode(JSON.stringify(root, null, 2));
    },
    token: (subject = IDENTITY, issuer = ISSUER, more = {}) => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
      const seconds = Math.floor(Date.now() / 1000);
      const claims = { sub: subject, iss: issuer, aud: "sigstore", iat: seconds, exp: seconds + 600, ...more };
      return `${part({ alg: "none" })}.${part(claims)}.${part("unsigned")}`;
    },
  };
}

/** A log records of a DSSE envelope only its digests; the mock would keep the proposal as it came. */
function asRekorWrites(body: string): string {
  const entry = JSON.parse(body) as { kind: string; spec: { proposedContent?: { envelope: string; verifiers: string[] } } };
  if (entry.kind !== "dsse" || !entry.spec.proposedContent) return body;
  const { envelope, verifiers } = entry.spec.proposedContent;
  const parsed = JSON.parse(envelope) as { payload: string; signatures: { sig: string }[] };
  const sha256 = (bytes: Buffer | string): object => ({ algorithm: "sha256", value: createHash("sha256").update(bytes).digest("hex") });
  return JSON.stringify({
    ...entry,
    spec: {
      envelopeHash: sha256(envelope),
      payloadHash: sha256(Buffer.from(parsed.payload, "base64")),
      signatures: parsed.signatures.map(({ sig }, i) => ({ signature: sig, verifier: verifiers[i] })),
    },
  });
}

/** Whole seconds, and a little later than now: the mock makes the authorities' own certificates valid from their making on. */
export function wholeSeconds(): Date {
  return new Date((Math.ceil(Date.now() / 1000) + 30) * 1000);
}

async function respond(response: ServerResponse, handle: HandlerFn | undefined, body: string): Promise<void> {
  if (!handle) return void response.writeHead(404).end();
  const answer = await handle(body);
  response.writeHead(answer.statusCode, { "content-type": answer.contentType ?? "text/plain" });
  response.end(answer.response);
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
