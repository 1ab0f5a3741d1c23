/** What a plan of signed plugins costs: each with an archive, a keyless bundle and a resource of its own. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { loadSigning } from "../trust/signatures/index.ts";
import { writeArchive } from "../trust/signatures/archive/index.ts";
import { IDENTITY, ISSUER, startChain } from "../trust/signatures/bundles/chain.fixture.ts";
import { must } from "./in-process.ts";
import { exponent, median } from "./run.ts";
import { planOnce } from "./with-policies.ts";

export interface PluginGrowth {
  readonly points: readonly { readonly count: number; readonly cpuS: number }[];
  readonly exponent: number;
}

/** CPU seconds of a cold plan for each number of plugins, start-up left out. */
export async function pluginGrowth(folder: string, sizes: readonly number[], rounds: number): Promise<PluginGrowth> {
  const repos = await writeRepositories(folder, sizes);
  const times = new Map(sizes.map((count) => [count, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [count, all] of times) all.push(planOnce([repos.get(count) ?? ""]));
  }
  const points = [...times].map(([count, all]) => ({ count, cpuS: median(all) }));
  return { points, exponent: exponent(points.map(({ count, cpuS }) => [count, cpuS])) };
}

async function writeRepositories(folder: string, sizes: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { keylessSigner, signArtifact } = await loadSigning();
  const chain = await startChain();
  const by = keylessSigner({ fulcioUrl: chain.url, rekorUrl: chain.url, tsaUrl: chain.url }, chain.token());
  const repos = new Map(sizes.map((count) => [count, path.join(folder, `plugins-${count}`)]));
  for (const repo of repos.values()) {
    fs.mkdirSync(path.join(repo, "r"), { recursive: true });
    fs.mkdirSync(path.join(repo, "bundles"));
    fs.writeFileSync(path.join(repo, "moltbot.yaml"), projectText());
    fs.writeFileSync(path.join(repo, "root.json"), chain.root());
  }
  const most = Math.max(...sizes);
  for (let i = 0; i < most; i++) {
    const bytes = archiveOf(i);
    const bundle = must(await signArtifact(bytes, by));
    for (const [count, repo] of repos) {
      if (i >= count) continue;
      fs.writeFileSync(path.join(repo, `bundles/p${i}.tar.gz`), bytes);
      fs.writeFileSync(path.join(repo, `bundles/p${i}.json`), bundle);
      fs.writeFileSync(path.join(repo, `r/p${i}.yaml`), pluginText(i, createHash("sha256").update(bytes).digest("hex")));
    }
  }
  await chain.close();
  return repos;
}

const nameOf = (i: number): string => `plugin-${String(i).padStart(4, "0")}x`;

function archiveOf(i: number): Uint8Array {
  const manifest = `formatVersion: "1.0"\nkind: PluginManifest\nname: ${nameOf(i)}\nversion: 1.0.0\nruntime: js\nentry: index.js\ntools: [{name: find}]\ncapabilities: []\n`;
  const code = `export const tools = { find: () => ${i} };\n${"// A plugin of some kilobytes.\n".repeat(100)}`;
  const files = { "plugin.yaml": manifest, "index.js": code };
  return must(writeArchive(Object.entries(files).map(([name, text]) => ({ path: name, bytes: Buffer.from(text), isExecutable: false }))));
}

const HEAD = "apiVersion: moltbot.dev/v1alpha1\n";

function projectText(): string {
  const signer = `    - name: bench\n      identity: ${IDENTITY}\n      issuer: ${ISSUER}\n`;
  return `${HEAD}kind: Project\nmetadata:\n  name: bench\nspec:\n  sources: [r]\n  target:\n    type: embedded\n  trust:\n    root:\n      file: root.json\n    plugins:\n${signer}`;
}

function pluginText(i: number, digest: string): string {
  return `${HEAD}kind: Plugin
metadata:
  name: ${nameOf(i)}
spec:
  version: 1.0.0
  bundle:
    digest: sha256:${digest}
    file: bundles/p${i}.tar.gz
    signature: bundles/p${i}.json
  signer:
    identity: ${IDENTITY}
    issuer: ${ISSUER}
  tools:
    - name: find
`;
}
