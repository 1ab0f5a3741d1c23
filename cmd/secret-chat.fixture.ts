import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { BIN, cleanEnv, type Ran } from "./cli.fixture.ts";

export interface Running {
  readonly pid: number | undefined;
  readonly done: Promise<Ran>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Runs the built CLI without blocking this process, which may be the server it talks to. */
export function run(
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string | Uint8Array; readonly env?: Readonly<Record<string, string>> },
): Running {
  const child = spawn(BIN, args, { cwd: options.cwd, env: cleanEnv(options.env), stdio: ["pipe", "pipe", "pipe"] });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  const done = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: Buffer.concat(out).toString("utf8"), err: Buffer.concat(err).toString("utf8") }));
  });
  return { pid: child.pid, done, kill: (signal) => void child.kill(signal) };
}

const DOCUMENT = "apiVersion: moltbot.dev/v1alpha1\n";

/** A Project with one agent whose provider's key is a Secret that has no value yet. */
export function repositoryWith(endpoint: string): Readonly<Record<string, string>> {
  return {
    "moltbot.yaml": `${DOCUMENT}kind: Project\nmetadata:\n  name: acme\nspec:\n  description: x\n`,
    "all/agent.yaml": `${DOCUMENT}kind: Agent\nmetadata:\n  name: helper\nspec:\n  model:\n    provider: cloud\n    name: m\n  prompt: Help.\n`,
    "all/provider.yaml": `${DOCUMENT}kind: ModelProvider\nmetadata:\n  name: cloud\nspec:\n  type: openai-compatible\n  endpoint: ${endpoint}/v1\n  credentials:\n    secret: api\n    key: key\n  timeout: 5s\n  retries:\n    attempts: 0\n`,
    "all/secret.yaml": `# The provider's key.\n${DOCUMENT}kind: Secret\nmetadata:\n  name: api\nspec:\n  values:\n    key: # from the console\n      pending: {}\n`,
  };
}

/** Every file below a folder that holds one of these texts. */
export function filesWith(folder: string, texts: readonly string[]): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.lstatSync(path.join(folder, name)).isFile())
    .filter((name) => {
      const bytes = fs.readFileSync(path.join(folder, name));
      return texts.some((text) => bytes.includes(text));
    });
}

/** A value in the encodings in which it could leak. */
export function encodingsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    encodeURIComponent(value),
  ];
}
