import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { ChildProcess } from "node:child_process";
import { describe, expect, onTestFinished, test } from "vitest";
import { testProvider, type TestProvider } from "../runtime/auth/provider.fixture.ts";
import { folderWith, start } from "./cli.fixture.ts";
import { repositoryWith, run as runs } from "./secret-chat.fixture.ts";

/** A gateway that runs, with one person in its Team, and the CLI of somebody with a configuration folder of their own. */
interface World {
  readonly url: string;
  readonly provider: TestProvider;
  readonly config: string;
  readonly cwd: string;
  readonly run: (...args: readonly string[]) => Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  readonly login: (account: string, ...more: readonly string[]) => Promise<{ readonly code: number | null; readonly err: string }>;
}

function team(issuer: string): string {
  return `apiVersion: moltbot.dev/v1alpha1
kind: Team
metadata:
  name: ops
spec:
  people:
    members:
      - name: ada
        role: editor
        identities:
          oidc:
            - issuer: ${issuer}
              subject: ada-4711
`;
}

async function world(): Promise<World> {
  const provider = await testProvider();
  const folder = folderWith({ ...repositoryWith("http://127.0.0.1:1"), "all/team.yaml": team(provider.issuer) });
  const config = path.join(folder.path, "..", `${path.basename(folder.path)}-config`);
  onTestFinished(() => {
    folder.dispose();
    fs.rmSync(config, { recursive: true, force: true });
  });
  const env = { XDG_CONFIG_HOME: config };
  const run = (...args: readonly string[]) => runs(args, { cwd: folder.path, env }).done;
  expect(await run("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const gateway = start(["gateway", "run", "-o", "jsonl", "--oidc-issuer", provider.issuer, "--oidc-client-id", provider.clientId], {
    cwd: folder.path,
  });
  onTestFinished(() => stopped(gateway));
  let said = "";
  gateway.stdout?.on("data", (bytes: Buffer) => (said += bytes.toString()));
  gateway.stderr?.resume();
  await expect.poll(() => said, { timeout: 10_000 }).toContain('"url"');
  const [, url = ""] = /"url":"([^"]+)"/.exec(said) ?? [];
  const login = async (account: string, ...more: readonly string[]) => {
    const child = start(["gateway", "login", "--url", url, ...more], { cwd: folder.path, env });
    let err = "";
    child.stderr?.on("data", (bytes: Buffer) => (err += bytes.toString()));
    child.stdout?.resume();
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    await expect.poll(() => err, { timeout: 10_000 }).toMatch(/https?:\/\/\S+\n/);
    const [address = ""] = /https?:\/\/\S+/.exec(err) ?? [];
    const query = await provider.browse(address, account);
    await fetch(`${new URL(address).searchParams.get("redirect_uri")}?${query}`);
    return { code: await ended, err };
  };
  return { url, provider, config, cwd: folder.path, run, login };
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on("close", () => resolve());
    child.kill("SIGTERM");
  });
}

const NOT_ALLOWED = expect.stringContaining("this needs owner") as string;

describe("gateway login", () => {
  test("keeps a key that signs, and no token; logout ends it there and here", async () => {
    const { url, config, run, login } = await world();
    expect(await run("gateway", "token", "--url", url)).toMatchObject({ code: 4, err: expect.stringContaining("not logged in") as string });
    expect(await login("ada-4711")).toMatchObject({ code: 0 });
    const [name = ""] = keysIn(config);
    const file = path.join(config, "moltbot", "devices", name);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(allIn(config), "tokens").not.toMatch(/mbr_|eyJ/);
    const listed = await run("gateway", "devices", "--url", url);
    expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/device +device:[a-z0-9-]+ +ada +editor/) as string });
    expect(listed.out, "the login itself is over").not.toMatch(/^login/m);
    expect(await run("gateway", "status", "--url", url)).toMatchObject({ code: 0, out: expect.stringContaining("running at") as string });
    expect(await run("gateway", "approvals", "--url", url)).toMatchObject({ code: 0, out: expect.stringContaining("No call") as string });
    const frozen = await run("gateway", "freeze", "*", "--url", url, "--reason", "odd", "-o", "json");
    expect(frozen, frozen.err).toMatchObject({ code: 0 });
    const { holds } = JSON.parse(frozen.out) as { readonly holds: readonly { readonly id: string; readonly role: string }[] };
    expect(holds).toMatchObject([{ role: "editor" }]);
    expect(await run("gateway", "unfreeze", holds[0]?.id.slice(0, 8) ?? "", "--url", url)).toMatchObject({ code: 0 });
    // Without the store: what others keep is asked of the gateway, with the role one has there.
    expect(await run("gateway", "pairing", "--url", url)).toMatchObject({
      code: 0,
      out: expect.stringContaining("Nobody waits") as string,
    });
    expect(await run("gateway", "deliveries", "--url", url)).toMatchObject({
      code: 0,
      out: expect.stringContaining("Every answer") as string,
    });
    const gone = await run("gateway", "pairing", "revoke", "abcd2345", "--url", url);
    expect(gone).toMatchObject({ code: 1, err: expect.stringContaining("PAIRING_UNKNOWN") as string });
    expect(await run("gateway", "pairing", "invite", "web", "ann", "--url", url)).toMatchObject({ code: 4, err: NOT_ALLOWED });
    expect(await run("gateway", "person", "delete", "irc:ann", "--reason", "x", "--auto-approve", "--url", url)).toMatchObject({
      code: 4,
      err: NOT_ALLOWED,
    });
    const handed = path.join(config, "ann.json");
    expect(await run("gateway", "person", "export", "irc:ann", "--out", handed, "--url", url)).toMatchObject({ code: 4, err: NOT_ALLOWED });
    expect(fs.existsSync(handed)).toBe(false);
    // A token for what cannot sign, which makes nothing further.
    const token = (await run("gateway", "token", "--url", url)).out.trim();
    const ask = (target: string, body?: string) =>
      fetch(`${url}${target}`, {
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { method: "POST", body }),
      });
    expect((await ask("/v2/status")).status).toBe(200);
    expect((await ask("/v2/auth/token", "{}")).status).toBe(403);
    // Another login is another key; the one before is ended there, too.
    expect(await login("ada-4711")).toMatchObject({ code: 0 });
    expect(keysIn(config)).toHaveLength(1);
    expect((await ask("/v2/status")).status).toBe(401);
    expect(await run("gateway", "logout", "--url", url)).toMatchObject({ code: 0, out: expect.stringContaining("logged out") as string });
    expect(keysIn(config)).toEqual([]);
    expect(await run("gateway", "token", "--url", url)).toMatchObject({ code: 4 });
    expect((await run("gateway", "devices")).out).toBe("No devices and no logins.\n");
  }, 60_000);

  test("of somebody who is nobody here is refused", async () => {
    const { login, config } = await world();
    expect(await login("eve")).toMatchObject({ code: 4, err: expect.stringContaining("Team.people") as string });
    expect(keysIn(config)).toEqual([]);
  }, 60_000);
});

describe("gateway devices", () => {
  test("are added and revoked over the socket of the state folder, and audited", async () => {
    const { run, config } = await world();
    expect(await run("gateway", "devices")).toMatchObject({ code: 0, out: "No devices and no logins.\n" });
    expect(await run("gateway", "devices", "add", "reports", "--role", "viewer")).toMatchObject({ code: 0 });
    expect(fs.statSync(path.join(config, "moltbot", "devices", "reports.pem")).mode & 0o777).toBe(0o600);
    expect(await run("gateway", "devices", "add", "no/such")).toMatchObject({
      code: 1,
      err: expect.stringContaining("AUTH_INVALID") as string,
    });
    expect((await run("gateway", "devices")).out).toMatch(/device +device:reports +local +viewer/);
    expect(await run("gateway", "devices", "revoke", "device:reports")).toMatchObject({ code: 0 });
    expect((await run("gateway", "devices")).out).toBe("No devices and no logins.\n");
    const audit = (await run("audit", "tail", "--kind", "auth", "-o", "jsonl")).out.trim().split("\n");
    expect(audit.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(["auth.accepted", "auth.revoked"]);
  }, 60_000);

  test("need a gateway that runs", async () => {
    const folder = folderWith(repositoryWith("http://127.0.0.1:1"));
    onTestFinished(folder.dispose);
    const run = (...args: readonly string[]) => runs(args, { cwd: folder.path, env: { XDG_CONFIG_HOME: folder.path } }).done;
    expect(await run("gateway", "devices")).toMatchObject({ code: 7, err: expect.stringContaining("GATEWAY_UNREACHABLE") as string });
    expect(await run("gateway", "devices", "--url", "http://bots.acme.example")).toMatchObject({ code: 64 });
  });

  test("row 120: a key that others could read is not used", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ format: "pem", type: "pkcs8" });
    const folder = folderWith({ ...repositoryWith("http://127.0.0.1:1"), "moltbot/devices/laptop.pem": pem });
    onTestFinished(folder.dispose);
    fs.chmodSync(path.join(folder.path, "moltbot", "devices", "laptop.pem"), 0o644);
    const ran = await runs(["gateway", "token", "--url", "http://127.0.0.1:1"], { cwd: folder.path, env: { XDG_CONFIG_HOME: folder.path } })
      .done;
    expect(ran).toMatchObject({ code: 4, err: expect.stringContaining("GATEWAY_KEY") as string });
  });
});

function keysIn(config: string): readonly string[] {
  const folder = path.join(config, "moltbot", "devices");
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

function allIn(folder: string): string {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((each) => path.join(folder, each));
  return names
    .filter((each) => fs.statSync(each).isFile())
    .map((each) => fs.readFileSync(each, "utf8"))
    .join("\n");
}
