import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Result } from "../../core/index.ts";
import { apply, plan, type Applied, type World } from "../../reconciler/engine.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { agentText, ECHO, manifest, value, worldOf, write, YES } from "../engine.fixture.ts";
import { gatewayOn, type RunningGateway } from "../gateway/running.fixture.ts";
import { between, type Between } from "./between.fixture.ts";

/** A gateway, an applier elsewhere, and somebody on the line between them, all in this process. */
export interface Inside {
  readonly gateway: Omit<RunningGateway, "repo">;
  /** Ends the gateway, does something to its folder, and starts it again on the same port. */
  readonly restart: (between: () => void) => Promise<void>;
  readonly world: (more?: Partial<World>) => World;
  readonly line: Between;
  readonly repo: string;
  /** Declares another prompt, so that there is something to apply. */
  readonly declare: (prompt: string) => void;
  readonly apply: (more?: Partial<World>, repo?: string) => Promise<Result<Applied>>;
  readonly changes: () => Promise<number>;
  /** What the gateway itself says is active, past whoever is on the line. */
  readonly active: () => Promise<{ readonly number: number; readonly digest: string; readonly prompt: string } | null>;
  /** Declares the signed plugin of the quickstart, with these limits. */
  readonly declarePlugin: (limits: string) => void;
  readonly addDevice: (name: string, role?: string) => Promise<string>;
}

const OWNER = "acme/default";
const WAIT = { ...YES, lockTimeoutMs: 10_000 };

export async function inside(more: Parameters<typeof gatewayOn>[1] = {}): Promise<Inside> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-inside-"));
  onTestFinished(() => fs.rmSync(home, { recursive: true, force: true }));
  const start = (port: number): ReturnType<typeof gatewayOn> => gatewayOn(path.join(home, "state"), { leaseMs: 1_500, port, ...more });
  let gateway = await start(0);
  const line = await between(gateway.facts.url);
  onTestFinished(async () => {
    await line.close();
    await gateway.stop();
  });
  const addDevice = async (name: string, role = "editor"): Promise<string> => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const { x } = publicKey.export({ format: "jwk" });
    const made = await gateway.ask("/v2/auth/devices", { method: "POST", body: { name, publicKey: x, role } });
    if (made.status !== 201) throw new Error(made.text);
    const file = path.join(home, `${name}.pem`);
    fs.writeFileSync(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    return file;
  };
  const key = await addDevice("ci");
  const repo = path.join(home, "repo");
  const declare = (prompt: string): void => write(repo, { "agents/a.yaml": agentText("a", `prompt: ${JSON.stringify(prompt)}`) });
  write(repo, {
    "moltbot.yaml": projectOf(line.url),
    "providers/echo.yaml": ECHO,
  });
  declare("Be kind.");
  const worldFor = (other: Partial<World> = {}): World => worldOf({ deviceKeys: () => ({ named: key, folder: "" }), ...other });
  return {
    get gateway() {
      return gateway;
    },
    restart: async (meanwhile) => {
      const { port } = new URL(gateway.facts.url);
      await gateway.stop();
      meanwhile();
      gateway = await start(Number(port));
    },
    world: worldFor,
    line,
    repo,
    declare,
    addDevice,
    declarePlugin: (limits) => {
      const from = path.join(ROOT, "examples", "quickstart");
      for (const name of ["plugins/text.tar.gz", "plugins/text.sigstore.json", "trust/plugins.pub"]) {
        fs.mkdirSync(path.dirname(path.join(repo, name)), { recursive: true });
        fs.copyFileSync(path.join(from, name), path.join(repo, name));
      }
      const text = fs.readFileSync(path.join(from, "plugins/text.yaml"), "utf8");
      write(repo, {
        "plugins/text.yaml": `${text}  limits: ${limits}\n`,
        "moltbot.yaml": projectOf(line.url, "trust: {plugins: [{name: quickstart, key: {file: trust/plugins.pub}}]}"),
      });
    },
    apply: async (other = {}, from = repo) => await apply({ repo: from }, null, WAIT, worldFor(other)),
    changes: async () => {
      const { create, update, delete: gone, replace } = value(await plan({ repo }, worldFor())).plan.body.summary;
      return create + update + gone + replace;
    },
    active: async () => {
      const asked = { method: "POST", body: { owner: OWNER, addresses: [] } };
      const { generation, rows } = (await gateway.ask("/v2/record/observe", asked)).body as unknown as Observed;
      if (!generation) return null;
      const digest = rows.find(([address]) => address === "Agent/a")?.[1] ?? "";
      const { values } = (await gateway.ask("/v2/record/values", { method: "POST", body: { digests: [digest] } })).body as unknown as {
        readonly values: Readonly<Record<string, string>>;
      };
      const agent = JSON.parse(Buffer.from(values[digest] ?? "", "base64").toString()) as { readonly spec: { readonly prompt: string } };
      return { number: generation.number, digest: generation.digest, prompt: agent.spec.prompt };
    },
  };
}

function projectOf(url: string, more = ""): string {
  return manifest("Project", "acme", `target: {type: gateway, url: "${url}", applyTimeout: 2s}\n${more}`);
}

interface Observed {
  readonly generation: { readonly number: number; readonly digest: string } | null;
  readonly rows: readonly (readonly [string, string])[];
}
