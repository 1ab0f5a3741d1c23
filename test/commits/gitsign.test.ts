import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { ISSUER, startChain, wholeSeconds, type Chain } from "../../trust/signatures/bundles/chain.fixture.ts";
import { PERSON } from "../../trust/signatures/commits/gitsign.fixture.ts";
import { agentText, ECHO, manifest } from "../engine.fixture.ts";

/**
 * Commits signed as gitsign signs them, from the real `git commit -S` to what is applied: git calls a program that gets a
 * certificate of minutes from a private authority, signs with openssl and asks a private log.
 */

interface Signing {
  readonly chain?: Chain;
  readonly subject?: string;
  readonly issuer?: string;
  /** "no": as gitsign signs by default, without the log's answer. */
  readonly offline?: "no";
}

let chain: Chain;
let other: Chain;
let late: Chain;
let folder: ReturnType<typeof folderWith>;
let tools: ReturnType<typeof folderWith>;
/** The commit that is applied, and what the CLI said to it. */
let first: string;
let planned: Ran;
let applied: Ran;
let askedBefore: number;
let askedAfter: number;

beforeAll(async () => {
  const now = wholeSeconds();
  [chain, other] = [await startChain(), await startChain()];
  late = await startChain(now, new Date(now.getTime() + 3_600_000));
  const node = path.join(ROOT, "node_modules/.bin/node");
  tools = folderWith({ gitsign: `#!/bin/sh\nexec ${node} ${path.join(import.meta.dirname, "gitsign-program.ts")} "$@"\n` });
  fs.chmodSync(path.join(tools.path, "gitsign"), 0o755);
  folder = folderWith({
    ".gitignore": ".moltbot/\n",
    "moltbot.yaml": projectOf(),
    "trust/root.json": rootOf(chain),
    "r/echo.yaml": ECHO,
    "r/a.yaml": agentText("a"),
  });
  await git({}, "init", "-q", "-b", "main");
  first = await commit("first");
  expect(await raw(first)).toMatch(/^gpgsig -----BEGIN SIGNED MESSAGE-----$/m);
  expect(run("trust", "init", "--auto-approve", "--quiet")).toMatchObject({ code: 0 });
  askedBefore = chain.asked.length;
  planned = run("plan", "--ref", "HEAD");
  applied = run("apply", "--ref", "HEAD", "--auto-approve", "--quiet");
  askedAfter = chain.asked.length;
});
afterAll(async () => {
  for (const each of [chain, other, late]) await each.close();
  folder.dispose();
  tools.dispose();
});

/** The root of one instance; of `late` the same authority, whose log dates everything an hour after its certificates. */
function rootOf(of: Chain): string {
  return Buffer.from(of.root()).toString();
}

function projectOf(identity = PERSON, issuer = ISSUER): string {
  const trust = `trust:\n  root: {file: trust/root.json}\n  identities: [{name: ops, identity: ${JSON.stringify(identity)}, issuer: ${JSON.stringify(issuer)}}]`;
  return manifest("Project", "acme", `target: {type: embedded}\nverification: {commits: require}\n${trust}`);
}

const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: folder.path });
const codes = ({ err }: Ran): readonly string[] => [...err.matchAll(/^error ([A-Z_]+)/gm)].map(([, code = ""]) => code);

/** The real git; not blocking, because the instance answers in this process. */
async function git(
  { chain: of = chain, subject = PERSON, issuer = ISSUER, offline }: Signing,
  ...args: readonly string[]
): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    HOME: tools.path,
    GIT_CONFIG_NOSYSTEM: "1",
    CHAIN_URL: of.url,
    CHAIN_TOKEN: of.token(subject, issuer),
    CHAIN_SUBJECT: subject,
    ...(offline === undefined ? {} : { CHAIN_OFFLINE: offline }),
  };
  const settings = ["user.name=Ops", "user.email=ops@acme.example", "gpg.format=x509", `gpg.x509.program=${tools.path}/gitsign`];
  const child = spawn("git", [...settings.flatMap((each) => ["-c", each]), ...args], { cwd: folder.path, env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${err}`);
  return out.trim();
}

async function commit(message: string, signing: Signing = {}): Promise<string> {
  await git(signing, "add", "-A");
  await git(signing, "commit", "-q", "--allow-empty", "-S", "-m", message);
  return await git(signing, "rev-parse", "HEAD");
}

/** Makes a commit object of these bytes the newest commit. */
async function placed(object: string): Promise<void> {
  const file = path.join(tools.path, "object");
  fs.writeFileSync(file, object);
  await git({}, "update-ref", "refs/heads/main", await git({}, "hash-object", "-t", "commit", "-w", file));
}

const raw = async (rev: string): Promise<string> => `${await git({}, "cat-file", "commit", rev)}\n`;
const signatureIn = (object: string): string => /^gpgsig [\s\S]*?END SIGNED MESSAGE-----\n(?: \n)?/m.exec(object)![0];

describe("a commit signed with gitsign", () => {
  test("is planned and applied from git, offline, and the ledger says whose it is", () => {
    expect(planned).toMatchObject({ code: 0, out: expect.stringContaining(`signed by ${PERSON}`) as string });
    expect(applied).toMatchObject({ code: 0 });
    expect(askedAfter).toBe(askedBefore);
    const [record] = (JSON.parse(run("audit", "tail", "-n", "1", "-o", "json").out) as { records: [{ body: object }] }).records;
    const said = { verification: "verified", judge: "anchor", signer: PERSON, signerForm: "x509", signerIssuer: ISSUER };
    expect(record.body).toMatchObject({ ...said, commit: first });
  });

  test("is followed from a repository elsewhere, as a server does it", async () => {
    await back();
    const state = path.join(tools.path, "state");
    expect(run("trust", "init", "--state", state, "--auto-approve", "--quiet")).toMatchObject({ code: 0 });
    const watched = run("watch", "--source", folder.path, "--branch", "main", "--state", state, "--once");
    expect(watched).toMatchObject({ code: 0 });
    const status = run("status", "--state", state, "-o", "json");
    expect(JSON.parse(status.out)).toMatchObject({ active: { number: 1, commit: first } });
  });

  test("whose author is anybody is judged by the certificate alone", async () => {
    await back();
    fs.writeFileSync(path.join(folder.path, "r/a.yaml"), agentText("a", "prompt: New."));
    await git({}, "add", "-A");
    await git({}, "commit", "-q", "-S", "-m", "second", "--author=Eve <eve@evil.example>");
    expect(run("plan", "--ref", "HEAD")).toMatchObject({ code: 0 });
  });

  test.each<readonly [string, Signing, string]>([
    ["another identity", { subject: "https://people.acme.example/eve" }, "COMMIT_SIGNER_NOT_ALLOWED"],
    ["another issuer of the same identity", { issuer: "https://token.evil.example" }, "COMMIT_SIGNER_NOT_ALLOWED"],
    ["an issuer that begins like it", { issuer: `${ISSUER}.evil.example` }, "COMMIT_SIGNER_NOT_ALLOWED"],
    ["row 84: an identity that begins with the allowed one", { subject: `${PERSON}.evil.example` }, "COMMIT_SIGNER_NOT_ALLOWED"],
    ["row 84: an identity that ends with the allowed one", { subject: `https://evil.example/?${PERSON}` }, "COMMIT_SIGNER_NOT_ALLOWED"],
    [
      "row 84: an identity that fits the allowed one as a pattern",
      { subject: PERSON.replace("people.", "peopleX") },
      "COMMIT_SIGNER_NOT_ALLOWED",
    ],
    ["no trusted time, as gitsign leaves it by default", { offline: "no" }, "COMMIT_SIGNATURE_INVALID"],
  ])("%s is refused", async (_, signing, code) => {
    await back();
    await commit("not ours", signing);
    refused(code);
  });

  test("a certificate and a log of another instance are refused", async () => {
    await back();
    await commit("not ours", { chain: other });
    refused("COMMIT_SIGNATURE_INVALID");
  });

  test("a certificate that was over when the log took it is refused", async () => {
    await back();
    const [mine, theirs] = [JSON.parse(rootOf(chain)), JSON.parse(rootOf(late))] as [Record<string, object[]>, Record<string, object[]>];
    const both = Object.fromEntries(
      Object.entries(mine).map(([key, list]) => [key, Array.isArray(list) ? [...list, ...(theirs[key] ?? [])] : list]),
    );
    const anchor = path.join(tools.path, "both.json");
    const trust = { root: JSON.stringify(both), identities: [{ name: "ops", identity: PERSON, issuer: ISSUER }] };
    fs.writeFileSync(
      anchor,
      JSON.stringify({ formatVersion: "1.0", kind: "TrustAnchor", trust, since: null, over: null, actor: "", at: "" }),
    );
    const state = path.join(tools.path, "fresh");
    const ask = (): Ran => run("plan", "--ref", "HEAD", "--state", state, "--trust-anchor", anchor);
    expect(ask()).toMatchObject({ code: 0 });
    await commit("too late", { chain: late });
    const ran = ask();
    expect([ran.code, codes(ran)]).toEqual([4, ["COMMIT_SIGNATURE_INVALID"]]);
    expect(ran.err).toContain("CERTIFICATE_ERROR");
  });

  test("row 41: the signature of another commit, or of this one before it was changed, is refused", async () => {
    await back();
    const good = await raw(await commit("second"));
    await placed(good.replace(/\nsecond\n$/, "\nsecond, and more\n"));
    refused("COMMIT_SIGNATURE_INVALID");
    await back();
    fs.writeFileSync(path.join(folder.path, "r/a.yaml"), agentText("a", "prompt: Let me in."));
    const evil = await raw(await commit("evil", { subject: "https://people.acme.example/eve" }));
    await placed(evil.replace(signatureIn(evil), () => signatureIn(good)));
    refused("COMMIT_SIGNATURE_INVALID");
  });

  test("a good commit on top does not make the one below it good", async () => {
    await back();
    await commit("not ours", { subject: "https://people.acme.example/eve" });
    await commit("ours");
    refused("COMMIT_SIGNER_NOT_ALLOWED");
  });

  test("one that takes its own signer in is judged by the list before it", async () => {
    await back();
    const eve = "https://people.acme.example/eve";
    fs.writeFileSync(path.join(folder.path, "moltbot.yaml"), projectOf(eve));
    await commit("let me in", { subject: eve });
    refused("COMMIT_SIGNER_NOT_ALLOWED");
  });
});

async function back(): Promise<void> {
  await git({}, "reset", "-q", "--hard", first);
}

/** Neither planned without saying so, nor applied. */
function refused(code: string): void {
  for (const ran of [run("plan", "--ref", "HEAD"), run("apply", "--ref", "HEAD", "--auto-approve", "--quiet")]) {
    expect([ran.code, [...new Set(codes(ran))]], ran.err).toEqual([4, [code]]);
  }
  expect((JSON.parse(run("status", "-o", "json").out) as { active: { commit: string } }).active.commit).toBe(first);
}
