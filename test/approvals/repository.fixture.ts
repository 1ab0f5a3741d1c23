import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { BIN, cleanEnv, folderWith, moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import type { Plan } from "../../reconciler/engine.ts";
import { encodeEnvelope, signedBytes, SSH_NAMESPACE, STATEMENT_TYPE } from "../../trust/signatures/dsse.ts";
import { encodeStatement } from "../../trust/signatures/statement.ts";
import { sshWorkshop, type SshWorkshop } from "../../trust/signatures/commits/ssh.fixture.ts";

/** A real git repository whose Project asks people, with their real keys. */
export interface Asking {
  readonly root: string;
  readonly shop: SshWorkshop;
  /** Runs the CLI there. */
  readonly run: (...args: readonly string[]) => Ran;
  /** The same without blocking, so that servers of the test can answer. */
  readonly runAsync: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>;
  readonly write: (file: string, text: string) => void;
  readonly commit: (message: string, author?: string) => void;
  readonly git: (...args: readonly string[]) => string;
  /** Plans HEAD, and has these people sign it, whether or not it can count; gives the files. */
  readonly approved: (...people: readonly string[]) => readonly string[];
  readonly applied: (...files: readonly string[]) => Ran;
  readonly dispose: () => void;
}

export const AGENT = (grants: string): string =>
  `apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata:\n  name: support\nspec:\n  model:\n    provider: echo\n    name: echo\n  prompt: Help.\n${grants}`;
export const GRANT = `  capabilities:\n    - tool: time\n      permissions:\n        - action: call\n`;
const PROVIDER = `apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: echo\nspec:\n  type: echo\n`;

export function projectAsking(rules: string, more = ""): string {
  return `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: acme\nspec:\n  target:\n    type: embedded\n${more}  approvals:\n${rules}`;
}
export const ruleOf = (when: string, count = 1): string => `    - when: ${when}\n      count: ${count}\n      people:\n        - leads\n`;

export function askingRepository(rules: string, more = "", members = ""): Asking {
  const shop = sshWorkshop();
  for (const name of ["ada", "bob", "eve"]) shop.key(name);
  const pem = generateKeyPairSync("ed25519");
  fs.writeFileSync(path.join(shop.folder, "carol.pem"), pem.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const raw = Buffer.from(pem.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const member = (name: string, key: string): string =>
    `      - name: ${name}\n        role: owner\n        identities:\n          ssh:\n            - ${key}\n          emails:\n            - ${name}@acme.example\n`;
  const team = [member("ada", shop.publicKey("ada")), member("bob", shop.publicKey("bob")), member("carol", sshLine(raw)), members].join(
    "",
  );
  const folder = folderWith({
    "moltbot.yaml": projectAsking(rules, more),
    "agents/support.yaml": AGENT(""),
    "agents/echo.yaml": PROVIDER,
    "teams/leads.yaml": `apiVersion: moltbot.dev/v1alpha1\nkind: Team\nmetadata:\n  name: leads\nspec:\n  people:\n    members:\n${team}`,
    ".gitignore": ".moltbot/\n/*.json\n",
  });
  const root = folder.path;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", root, ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: root, GIT_CONFIG_NOSYSTEM: "1" },
    });
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@acme.example");
  const commit = (message: string, author = "Ada <ada@acme.example>"): void => {
    git("add", "-A");
    git("commit", "-q", "-m", message, `--author=${author}`);
  };
  commit("first");
  const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: root });
  let made = 0;
  const approvedBy = (people: readonly string[]): readonly string[] => {
    const plan = `plan-${++made}.json`;
    run("plan", "--ref", "HEAD", "--out", plan, "--quiet");
    return people.map((name) => {
      const file = `approval-${made}-${name}.json`;
      if (name === "carol") {
        const ran = run("approve", plan, "--key", path.join(shop.folder, "carol.pem"), "--auto-approve", "--out", file);
        if (ran.code !== 0) throw new Error(ran.err);
      } else fs.writeFileSync(path.join(root, file), approvalBy(shop, name, path.join(root, plan)));
      return file;
    });
  };
  return {
    root,
    shop,
    run,
    runAsync: (args, env) => runAsync(root, args, env),
    git,
    commit,
    write: (file, text) => {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), text);
    },
    approved: (...people) => approvedBy(people),
    applied: (...files) => run("apply", "--ref", "HEAD", "--auto-approve", "--quiet", ...files.flatMap((file) => ["--approval", file])),
    dispose: () => {
      shop[Symbol.dispose]();
      folder.dispose();
    },
  };
}

/** What `approve` writes for an SSH key. The command has tests of its own: here it would be most of the time that others take. */
function approvalBy(shop: SshWorkshop, name: string, file: string): string {
  const { digest, effect, body } = JSON.parse(fs.readFileSync(file, "utf8")) as Plan;
  const owner = `${body.project}/${body.environment}`;
  const payload = encodeStatement({ kind: "approval", owner, effect, plan: digest, at: new Date().toISOString(), comment: null });
  const armored = shop.sign(name, Buffer.from(signedBytes(STATEMENT_TYPE, payload)).toString(), SSH_NAMESPACE);
  const sig = Buffer.from(armored.trim().split("\n").slice(1, -1).join(""), "base64");
  return encodeEnvelope({ payloadType: STATEMENT_TYPE, payload, signatures: [{ keyid: "", sig }] });
}

/** The public half of an Ed25519 key as SSH writes it. */
function sshLine(raw: Buffer): string {
  const wire = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([wire(Buffer.from("ssh-ed25519")), wire(raw)]).toString("base64")}`;
}

async function runAsync(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(BIN, args, { cwd, env: cleanEnv(env), stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}
