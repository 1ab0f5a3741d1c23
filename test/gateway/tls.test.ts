import { execFileSync } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import path from "node:path";
import tls from "node:tls";
import { afterEach, beforeAll, expect, test } from "vitest";
import { moltbot } from "../../cmd/cli.fixture.ts";
import { tinyRepository } from "../../cmd/repository.fixture.ts";
import { edit, runningOnes, type Running } from "../../cmd/watching.fixture.ts";

const ones = runningOnes();
let repo: ReturnType<typeof tinyRepository> | undefined;
let pair: Pair;
let other: Pair;
let old: Pair;

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

beforeAll(() => {
  pair = pairMade();
  other = pairMade();
  old = pairMade("20200101000000Z", "20210101000000Z");
});

afterEach(async () => {
  await ones.stopAll();
  repo?.dispose();
});

/** A real key, and a certificate of it by openssl that signs itself. */
function pairMade(from?: string, until?: string): Pair {
  const folder = tinyRepository();
  const [key, certificate] = [path.join(folder.path, "key.pem"), path.join(folder.path, "cert.pem")];
  const place = "subjectAltName=DNS:bots.acme.example,IP:127.0.0.1,DNS:*.acme.example";
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-subj", "/CN=bots", "-addext", place, "-days", "90", ...made], { stdio: "pipe" });
  if (from !== undefined && until !== undefined) {
    fs.writeFileSync(path.join(folder.path, "index"), "");
    fs.writeFileSync(
      path.join(folder.path, "ca"),
      "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\npolicy=p\n[p]\ncommonName=supplied\n",
    );
    execFileSync("openssl", ["req", "-new", "-key", key, "-subj", "/CN=bots", "-out", "csr"], { cwd: folder.path, stdio: "pipe" });
    const dates = ["-startdate", from, "-enddate", until, "-md", "sha256"];
    const signed = ["-selfsign", "-keyfile", key, "-in", "csr", "-out", certificate, "-batch", "-notext", ...dates];
    execFileSync("openssl", ["ca", "-config", "ca", ...signed], { cwd: folder.path, stdio: "pipe" });
  }
  const read = { certificate: fs.readFileSync(certificate, "utf8"), key: fs.readFileSync(key, "utf8") };
  folder.dispose();
  return read;
}

const TLS = "tls: {certificate: {file: tls/gateway.pem}, key: {secret: tls, key: key}}";

function repositoryWith(listen: string, { certificate }: Pair = pair): string {
  repo = tinyRepository({
    "moltbot.yaml": `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: tiny\nspec:\n  target:\n    type: embedded\n    listen: {${listen}}\n`,
    "tls/gateway.pem": certificate,
    "secrets/tls.yaml":
      "apiVersion: moltbot.dev/v1alpha1\nkind: Secret\nmetadata:\n  name: tls\nspec:\n  values:\n    key:\n      env:\n        name: GATEWAY_TLS_KEY\n",
  });
  return repo.path;
}

function run(folder: string, key: string = pair.key, ...args: readonly string[]): Running {
  const applied = moltbot(["apply", "--auto-approve"], { cwd: folder });
  expect(applied, applied.err).toMatchObject({ code: 0 });
  return ones.start(["gateway", "run", "-o", "jsonl", ...args], { cwd: folder, env: { GATEWAY_TLS_KEY: key } });
}

async function urlOf(gateway: Running): Promise<URL> {
  await gateway.says('"type":"ready"');
  const ready = gateway
    .out()
    .split("\n")
    .find((line) => line.includes('"type":"ready"'));
  return new URL((JSON.parse(ready ?? "") as { readonly facts: { readonly url: string } }).facts.url);
}

function ask(url: URL, host?: string): Promise<{ readonly status: number | undefined; readonly hsts: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    https
      .get(new URL("/livez", url), { ca: pair.certificate, headers, agent: false, checkServerIdentity: () => undefined }, (answer) => {
        answer.resume().on("end", () => resolve({ status: answer.statusCode, hsts: answer.headers["strict-transport-security"] }));
      })
      .on("error", reject);
  });
}

function handshake(url: URL, version: "TLSv1.2" | "TLSv1.3"): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: Number(url.port), ca: pair.certificate, minVersion: version, maxVersion: version };
    const socket = tls.connect(options, () => {
      resolve(socket.getProtocol());
      socket.end();
    });
    socket.on("error", reject);
  });
}

test("TLS 1.3 and nothing below it, with HSTS, by the names of the certificate and those declared", async () => {
  const gateway = run(repositoryWith(`address: 127.0.0.1, hosts: [front.acme.example], ${TLS}`));
  const url = await urlOf(gateway);
  expect(url.protocol).toBe("https:");
  expect(await handshake(url, "TLSv1.3")).toBe("TLSv1.3");
  await expect(handshake(url, "TLSv1.2")).rejects.toThrow(/protocol version/);
  expect(await ask(url)).toEqual({ status: 200, hsts: expect.stringContaining("max-age=") });
  const by = async (host: string) => (await ask(url, host)).status;
  expect([await by(`bots.acme.example:${url.port}`), await by("front.acme.example")]).toEqual([200, 200]);
  expect([await by("any.acme.example"), await by("evil.example")]).toEqual([403, 403]);
  expect(gateway.out() + gateway.err()).not.toContain("PRIVATE KEY");
  expect(await gateway.stop()).toBe(0);
});

test("the key may be an envelope, which the gateway alone opens", async () => {
  const folder = repositoryWith(TLS);
  const cli = (args: readonly string[], input = "") => moltbot(args, { cwd: folder, input });
  const first = ones.start(["gateway", "run", "-o", "jsonl"], { cwd: folder });
  await urlOf(first);
  expect(await first.stop()).toBe(0);
  fs.rmSync(path.join(folder, "secrets", "tls.yaml"));
  const recipient = cli(["gateway", "recipient"]).out.trim();
  expect(cli(["secret", "set", "tls", "key", "--recipient", recipient], pair.key)).toMatchObject({ code: 0 });
  const gateway = run(folder, "");
  expect(await handshake(await urlOf(gateway), "TLSv1.3")).toBe("TLSv1.3");
  expect(await gateway.stop()).toBe(0);
});

test("the declared port counts, the flag before it, and another one is a restart that plan and gateway tell", async () => {
  const free = await freePort();
  const folder = repositoryWith(`port: ${free}`);
  const gateway = run(folder);
  expect((await urlOf(gateway)).host).toBe(`127.0.0.1:${free}`);
  edit(folder, { "moltbot.yaml": [`port: ${free}`, `port: ${free}, ${TLS}`] });
  expect(moltbot(["plan", "-o", "json"], { cwd: folder }).out).toMatch(/"restart"/);
  expect(moltbot(["apply", "--auto-approve"], { cwd: folder }).code).toBe(0);
  await gateway.says("listens there after a restart");
  expect(await gateway.stop()).toBe(0);
  const next = run(folder, pair.key, "--port", "0");
  const url = await urlOf(next);
  expect([url.protocol, url.port === String(free)]).toEqual(["https:", false]);
  expect(await next.stop()).toBe(0);
});

test.each([
  ["a key of another certificate", () => pair, () => other.key, "not the one of the certificate"],
  ["a key that is none", () => pair, () => "nonsense-of-a-key", "not in PEM form"],
])("with %s nothing listens, and the key is not told", async (_, certificate, key, why) => {
  const gateway = run(repositoryWith(TLS, certificate()), key());
  await gateway.says("TLS_INVALID");
  expect(gateway.out() + gateway.err()).toContain(why);
  expect(gateway.out() + gateway.err()).not.toMatch(/nonsense-of-a-key|PRIVATE/);
  expect(gateway.out()).not.toContain('"type":"ready"');
  expect(await gateway.stop()).not.toBe(0);
});

test("a certificate that has expired is warned of", async () => {
  const gateway = run(repositoryWith(TLS, old), old.key);
  await urlOf(gateway);
  expect(gateway.out()).toContain("has expired at 2021-01-01T00:00:00.000Z");
  expect(await gateway.stop()).toBe(0);
});

test.each(["0.0.0.0", "10.1.2.3", '"::"', "127.0.0.256"])("%s without TLS is an error of validate, at its place", (address) => {
  const folder = repositoryWith(`address: ${address}, port: 8443`);
  const wrong = moltbot(["validate"], { cwd: folder });
  expect(wrong.code).toBe(1);
  expect(wrong.err).toMatch(/moltbot\.yaml:8:23 {2}error LISTEN_UNPROTECTED[\s\S]*tls: \{certificate/);
  expect(moltbot(["plan"], { cwd: folder }).err).toContain("LISTEN_UNPROTECTED");
  edit(folder, { "moltbot.yaml": ["port: 8443", TLS] });
  expect(moltbot(["validate"], { cwd: folder }).code).toBe(0);
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
