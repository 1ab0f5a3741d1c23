import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { moltbot, type Ran } from "../../cmd/cli.fixture.ts";
import { gitRepository, runningOnes, type Running } from "../../cmd/watching.fixture.ts";

const ones = runningOnes();
const folders: string[] = [];

/** Ends and removes everything that {@link setting} made. */
export async function endAll(): Promise<void> {
  await ones.stopAll();
  for (const each of folders.splice(0)) fs.rmSync(each, { recursive: true, force: true });
}

export const startIn = ones.start;
export const removeLater = (file: string): void => void folders.push(file);

export interface Setting {
  readonly repo: string;
  readonly state: string;
  readonly config: string;
  readonly cli: (...args: readonly string[]) => Ran;
  /** Starts the gateway on the same state folder and port. */
  readonly run: () => Promise<Running>;
  readonly gateway: Running;
}

export function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-gateway-target-"));
  folders.push(made);
  return made;
}

/** A gateway with a state folder of its own, and a repository elsewhere that is applied to it over the network. */
export async function setting(): Promise<Setting> {
  const [home, config] = [folder(), folder()];
  const state = path.join(home, "state");
  const start = async (port: string): Promise<Running> => {
    const one = ones.start(["gateway", "run", "-o", "jsonl", "--state", state, "--port", port], { cwd: home });
    await one.says('"type":"ready"');
    return one;
  };
  const gateway = await start("0");
  const facts = JSON.parse(moltbot(["gateway", "status", "--state", state, "-o", "json"]).out) as {
    readonly facts: { readonly url: string };
  };
  const { url } = facts.facts;
  const env = { XDG_CONFIG_HOME: config };
  expect(moltbot(["gateway", "devices", "add", "ci", "--role", "editor", "--state", state], { env })).toMatchObject({ code: 0 });
  const repository = gitRepository({
    "moltbot.yaml": `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: tiny\nspec:\n  target:\n    type: gateway\n    url: ${url}\n    applyTimeout: 5s\n`,
  });
  folders.push(repository.path);
  const cli = (...args: readonly string[]) => moltbot(args, { cwd: repository.path, env });
  return { repo: repository.path, state, config, cli, run: () => start(new URL(url).port), gateway };
}
