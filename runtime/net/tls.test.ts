import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import type { EventEmitter } from "node:events";
import fs from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import nodeTls, { type SecureVersion } from "node:tls";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { LIMITS, ok, type Result, type TlsException, type JsonObject } from "../../core/index.ts";
import { keylessSigner } from "../../trust/signatures/signing/keyless.ts";
import { jsonFetch } from "../agents/index.ts";
import { Fault } from "../agents/providers/fault.ts";
import { newOidc } from "../auth/oidc.ts";
import { strictFetch } from "../auth/strict-fetch.ts";
import { asked, clientOf } from "../oauth/client.ts";
import { transportClass } from "../channels/adapters/irc/transport.ts";
import { call } from "../channels/http/request.ts";
import { openClient, type DeviceKey } from "../client/index.ts";
import type { OtlpConfig } from "../telemetry/config.ts";
import { post } from "../telemetry/send.ts";
import { clientTls, onTlsException, sharedExceptions, tlsTooOld, type TlsExceptions } from "./index.ts";

let own: { readonly key: Buffer; readonly cert: Buffer };

beforeAll(() => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-net-tls-"));
  const [key, cert] = [path.join(dir, "key.pem"), path.join(dir, "cert.pem")];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", ...made, "-subj", "/CN=localhost"], { stdio: "ignore" });
  own = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  fs.rmSync(dir, { recursive: true });
});

/** A server of this version at most, and why the handshakes with it failed. */
async function serve(maxVersion: SecureVersion): Promise<{ readonly url: string; readonly failed: Promise<string> }> {
  const server = https.createServer({ ...own, maxVersion });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const failed = new Promise<string>((resolve) => {
    server.once("tlsClientError", (error) => resolve(String("code" in error && error.code)));
    server.once("secureConnection", () => resolve("spoken"));
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/`, failed };
}

const never = new AbortController().signal;
const EXCEPTED: TlsExceptions = [{ host: "localhost", minVersion: "TLSv1.2", reason: "a test" }];

const said = (result: Result<unknown>): string => (result.ok ? "" : (result.diagnostics[0]?.code ?? ""));
const device = (): Result<DeviceKey> => ok({ name: "d", key: generateKeyPairSync("ed25519").privateKey });
const clock = { now: () => new Date() };
const collector = (url: string): OtlpConfig => ({ endpoint: url, headers: {}, service: "s" });

/** Every client of ours that goes out over TLS: how it asks, and what it says of a server that is too old. */
const clients: readonly (readonly [string, (url: string, tls: TlsExceptions) => Promise<string>, string])[] = [
  [
    "a model provider's connection",
    async (url, tls) => {
      try {
        await jsonFetch(tls)(url, { method: "GET", headers: {} });
        return "";
      } catch (error) {
        return error instanceof Fault ? (error.parts.code ?? "") : String(error);
      }
    },
    "TLS_TOO_OLD",
  ],
  [
    "a channel's request",
    async (url, tls) => said(await call({ method: "GET", url: new URL(url), maxBytes: 100, timeoutMs: LIMITS.channelStepMs, tls }, never)),
    "TLS_TOO_OLD",
  ],
  [
    "an IRC connection",
    async (url, tls) => {
      const Transport = transportClass(true, { attach: () => undefined } as never, tls);
      const transport = new Transport({ host: "localhost", port: Number(new URL(url).port) }) as EventEmitter & { connect: () => void };
      const closed = new Promise<Error | false>((resolve) => transport.once("close", resolve));
      transport.connect();
      const why = await closed;
      return why instanceof Error ? why.message : "";
    },
    "tlsExceptions",
  ],
  [
    "an identity provider's",
    async (url, tls) => {
      try {
        await strictFetch(undefined, () => tls)(url);
        return "";
      } catch (error) {
        return String(error);
      }
    },
    "tlsExceptions",
  ],
  [
    "another gateway",
    async (url, tls) =>
      said(await openClient({ place: { url: new URL(url).origin, tls }, clock, proof: { kind: "device", key: device } }).lineage(never)),
    "TLS_TOO_OLD",
  ],
  ["a collector of traces", async (url, tls) => await post(collector(url), "v1/traces", {}, tls, never), "later"],
  [
    "the command line's at a gateway",
    async (url) => said(await openClient({ place: { url: new URL(url).origin }, clock }).lineage(never)),
    "TLS_TOO_OLD",
  ],
];

test.each(clients)("%s: a server without TLS 1.3 is refused for that, before its certificate is looked at", async (_, ask, why) => {
  const [old, modern] = [await serve("TLSv1.2"), await serve("TLSv1.3")];
  expect(await ask(old.url, [])).toContain(why);
  expect(await old.failed).toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
  await ask(modern.url, []);
  expect(await modern.failed).not.toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
});

test.each(clients.slice(0, -1))(
  "%s: with an exception for the host its certificate is looked at, and that is told",
  async (_, ask, why) => {
    const used: TlsException[] = [];
    onTestFinished(onTlsException((each) => used.push(each)));
    const other: TlsExceptions = [{ host: "other.example", minVersion: "TLSv1.2", reason: "another" }];
    const [one, two] = [await serve("TLSv1.2"), await serve("TLSv1.2")];
    await ask(one.url, other);
    expect([await one.failed, used]).toEqual(["ERR_SSL_UNSUPPORTED_PROTOCOL", []]);
    const what = await ask(two.url, EXCEPTED);
    expect(await two.failed).not.toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
    if (why !== "later") expect(what).not.toContain(why);
    expect(used).toEqual(EXCEPTED);
  },
);

test("a host is one host however it is written", () => {
  const ip: TlsExceptions = [{ host: "[::1]", minVersion: "TLSv1.2", reason: "a test" }];
  expect([clientTls("::1", ip), clientTls("[::1]", ip), clientTls("LOCALHOST", EXCEPTED)].map((each) => each.minVersion)).toEqual(
    Array(3).fill("TLSv1.2"),
  );
  for (const host of ["a.localhost", "localhost.example", "ocalhost", ""]) expect(clientTls(host, EXCEPTED).minVersion).toBe("TLSv1.3");
});

test("in nobody's name only what everybody excepts", () => {
  const more = [...EXCEPTED, { host: "b.example", minVersion: "TLSv1.2", reason: "b" } as const];
  expect([sharedExceptions([]), sharedExceptions([more]), sharedExceptions([more, EXCEPTED]), sharedExceptions([more, []])]).toEqual([
    [],
    more,
    EXCEPTED,
    [],
  ]);
});

test("whoever logs in is told which field, whatever the library made of it", async () => {
  const [one, two] = [await serve("TLSv1.2"), await serve("TLSv1.2")];
  const settings = { clientId: "c", scopes: [] };
  const account = await asked("p", async () => ok(await clientOf({ ...settings, issuer: one.url })));
  const oidc = newOidc({ issuer: two.url, clientId: "c" }, clock);
  const person = await oidc.deviceStart(undefined);
  expect([said(account), said(person)]).toEqual(["TLS_TOO_OLD", "TLS_TOO_OLD"]);
});

test("the remedy is what is to be written", () => {
  expect(tlsTooOld("legacy.acme.example").remedy).toContain("tlsExceptions: [{host: legacy.acme.example, minVersion: TLSv1.2");
  expect(tlsTooOld("::1").remedy).toContain('{host: "[::1]"');
});

test("keyless signing, whose library connects by itself: a server without TLS 1.3 is refused for that", async () => {
  const before = nodeTls.DEFAULT_MIN_VERSION;
  onTestFinished(() => void (nodeTls.DEFAULT_MIN_VERSION = before));
  const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const old = await serve("TLSv1.2");
  const { signer } = keylessSigner(
    { fulcioUrl: old.url, rekorUrl: old.url },
    `${part({ alg: "none" })}.${part({ sub: "a", iss: "https://issuer.example" })}.x`,
  );
  const signing = signer.sign(Buffer.from("x")).catch(() => undefined);
  expect(await old.failed).toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
  await signing;
});
