import { execFileSync } from "node:child_process";
import fs from "node:fs";
import type http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { SecureVersion } from "node:tls";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { LIMITS } from "../../core/index.ts";
import { strictFetch } from "./strict-fetch.ts";

let tls: { readonly key: Buffer; readonly cert: Buffer };

beforeAll(() => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-oidc-tls-"));
  const [key, cert] = [path.join(dir, "key.pem"), path.join(dir, "cert.pem")];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", ...made, ...subject], { stdio: "ignore" });
  tls = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  fs.rmSync(dir, { recursive: true });
});

async function serve(answer: http.RequestListener, maxVersion: SecureVersion = "TLSv1.3"): Promise<string> {
  const server = https.createServer({ ...tls, maxVersion }, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

test("TLS 1.3 with a certificate for the name, or nothing", async () => {
  const hello: http.RequestListener = (request, response) => void request.pipe(response.setHeader("x-method", request.method ?? ""));
  const [modern, old] = [await serve(hello), await serve(hello, "TLSv1.2")];
  const answer = await strictFetch(tls.cert)(`${modern}/token`, { method: "POST", body: "code=1" });
  expect([answer.status, answer.headers.get("x-method"), await answer.text()]).toEqual([200, "POST", "code=1"]);
  await expect(strictFetch(tls.cert)(old)).rejects.toThrow();
  await expect(strictFetch(tls.cert)(modern.replace("localhost", "127.0.0.1"))).rejects.toThrow();
  await expect(strictFetch()(modern)).rejects.toThrow();
});

test("no redirect is followed, and no answer is read without an end", async () => {
  const away = await serve((_, response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());
  expect((await strictFetch(tls.cert)(away)).status).toBe(302);
  const long = await serve((_, response) => void response.end(Buffer.alloc(LIMITS.oidcAnswerBytes + 1)));
  await expect(strictFetch(tls.cert)(long)).rejects.toThrow("more than");
  const exact = await serve((_, response) => void response.end(Buffer.alloc(LIMITS.oidcAnswerBytes)));
  expect((await (await strictFetch(tls.cert)(exact)).arrayBuffer()).byteLength).toBe(LIMITS.oidcAnswerBytes);
});
