import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { folderWith } from "../../cmd/cli.fixture.ts";
import { generateIdentity, identityFile, recipientOf, type Identity } from "../../trust/secrets/index.ts";

/** A person with a key. */
export interface Person {
  readonly identity: Identity;
  readonly recipient: string;
}

export async function person(type: "x25519" | "post-quantum" = "x25519"): Promise<Person> {
  const identity = await generateIdentity(type);
  return { identity, recipient: await recipientOf(identity) };
}

export interface SecretsRepository {
  /** The folder of moltbot.yaml. */
  readonly repo: string;
  /** A folder beside it, for keys and editors. */
  readonly aside: string;
  readonly env: (who: Person) => Readonly<Record<string, string>>;
  readonly write: (name: string, text: string) => void;
  readonly read: (name: string) => string;
  readonly git: (...args: readonly string[]) => string;
  readonly commit: (message: string) => void;
  readonly dispose: () => void;
}

const DOCUMENT = "apiVersion: moltbot.dev/v1alpha1\n";

export function project(rules: readonly Person[], more = ""): string {
  const list = rules.map(({ recipient }) => `          - ${recipient}\n`).join("");
  const secrets = rules.length === 0 ? "" : `  secrets:\n    rules:\n      - path: "*"\n        recipients:\n${list}`;
  return `${DOCUMENT}kind: Project\nmetadata:\n  name: acme\nspec:\n  description: x\n${secrets}${more}`;
}

export function secret(name: string, keys: readonly string[], more = ""): string {
  const values = keys.map((key) => `    # about ${key}\n    ${key}:\n      pending: {}\n`).join("");
  return `# The keys of ${name}.\n${DOCUMENT}kind: Secret\nmetadata:\n  name: ${name}\nspec:\n${more}  values:\n${values}`;
}

export function secretsRepository(files: Readonly<Record<string, string>>): SecretsRepository {
  const { path: root, dispose } = folderWith(Object.fromEntries(Object.entries(files).map(([name, text]) => [`r/${name}`, text])));
  const repo = path.join(root, "r");
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", repo, "-c", "user.name=T", "-c", "user.email=t@acme.example", "-c", "commit.gpgsign=false", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  git("init", "-q", "-b", "main");
  const env = ({ identity, recipient }: Person): Readonly<Record<string, string>> => {
    const file = path.join(root, `${recipient.slice(-12)}.txt`);
    fs.writeFileSync(file, `${identity.open()}\n`, { mode: 0o600 });
    return { MOLTBOT_AGE_IDENTITY_FILE: file };
  };
  return {
    repo,
    aside: root,
    env,
    git,
    dispose,
    write: (name, text) => {
      fs.mkdirSync(path.dirname(path.join(repo, name)), { recursive: true });
      fs.writeFileSync(path.join(repo, name), text);
    },
    read: (name) => fs.readFileSync(path.join(repo, name), "utf8"),
    commit: (message) => {
      git("add", "-A");
      git("commit", "-qm", message);
    },
  };
}

/** The text of an identity file, as people keep it. */
export async function identityText({ identity }: Person): Promise<string> {
  return (await identityFile(identity, "2026-01-02T03:04:05Z")).open();
}
