import { execFileSync } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { SecureVersion } from "node:tls";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { jsonFetch } from "../agents/index.ts";
import { strictFetch } from "../auth/strict-fetch.ts";
import { call } from "../channels/http/request.ts";

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
  const failed = new Promise<string>((resolve) => server.once("tlsClientError", (error) => resolve(String("code" in error && error.code))));
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/`, failed };
}

const never = new AbortController().signal;
const clients: readonly (readonly [string, (url: string) => Promise<unknown>])[] = [
  ["a model provider's connection", async (url) => await jsonFetch()(url, { method: "GET", headers: {} })],
  [
    "a channel's request",
    async (url) => await call({ method: "GET", url: new URL(url), maxBytes: 100, timeoutMs: LIMITS.channelStepMs }, never),
  ],
  ["an identity provider's", async (url) => await strictFetch()(url)],
];

test.each(clients)("%s: a server without TLS 1.3 is refused for that, before its certificate is looked at", async (_, ask) => {
  const [old, modern] = [await serve("TLSv1.2"), await serve("TLSv1.3")];
  await ask(old.url).catch(() => undefined);
  expect(await old.failed).toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
  await ask(modern.url).catch(() => undefined);
  expect(await modern.failed).not.toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
});
