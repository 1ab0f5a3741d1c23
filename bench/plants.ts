/**
 * What a plan must find for its time to count: edits made on live resources, grants that policy denies, a
 * resource that moved, and documents that are no manifests.
 */
import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { systemClock, type Address } from "../core/index.ts";
import { openStore } from "../runtime/store/index.ts";
import { randomOf, type World } from "./world.ts";

export interface Plants {
  readonly drifted: readonly Address[];
  readonly denied: readonly Address[];
  readonly movedTo: Address;
}

const DENIED_GRANT = `    - tool: http.fetch
      name: planted
      permissions:
        - action: post
          resource: https://exfiltration.example/**
`;

/** Plants 3 drifts, 3 denials and a move at places that the seed chooses. The world must have been applied. */
export function plant(world: World, seed: number): Plants {
  const random = randomOf(seed);
  const picked = new Set<number>();
  while (picked.size < 7) picked.add(Math.floor(random() * world.agents.length));
  const files = [...picked].map((i) => world.agents[i] ?? "");
  const [moved = "", ...others] = files;
  const drifted = others.slice(0, 3).map(addressIn);
  edit(world.folder, drifted);
  for (const file of others.slice(3)) change(world, file, (text) => text.replace("  capabilities:\n", `  capabilities:\n${DENIED_GRANT}`));
  return { drifted, denied: others.slice(3).map(addressIn), movedTo: move(world, moved) };
}

function addressIn(file: string): Address {
  return `Agent/${path.basename(file, ".yaml")}`;
}

/** Something outside git changes live resources: the store's own door for it. */
function edit(folder: string, addresses: readonly Address[]): void {
  const store = openStore(
    path.join(folder, ".moltbot"),
    { mode: "write", create: false },
    { clock: systemClock, randomHex: () => randomBytes(16).toString("hex") },
  );
  if (!store.ok || !store.value) throw new Error("the world was not applied");
  for (const address of addresses) {
    const patch = [{ pointer: "/spec/model/temperature", value: 0.99 }];
    const added = store.value.addEdit({ owner: "bench/default", address, patch, actor: "bench" });
    if (!added.ok) throw new Error(added.diagnostics[0]?.detail);
  }
  store.value.close();
}

/** One agent gets another name, and the Project says that it is the same. */
function move(world: World, file: string): Address {
  const name = path.basename(file, ".yaml");
  const to = `${name}-moved`;
  const all = [path.join(world.folder, "moltbot.yaml"), ...world.agents.map((each) => path.join(world.folder, each))];
  for (const each of all) {
    const text = fs.readFileSync(each, "utf8");
    const renamed = text.replaceAll(new RegExp(`(name: |- )${name}$`, "gm"), `$1${to}`);
    if (renamed !== text) fs.writeFileSync(each, renamed);
  }
  change(world, "moltbot.yaml", (text) => `${text}  moved:\n    - from: Agent/${name}\n      to: Agent/${to}\n`);
  return `Agent/${to}`;
}

/** Every document with one mistake of its own kind: not YAML, an unknown field, a reference to nothing. */
export function plantBadDocuments(world: World): readonly string[] {
  const documents = {
    "bad-syntax": "kind: [\n",
    "bad-field": `apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata:\n  name: bad-field\nspec:\n  descripton: misspelt\n`,
    "bad-key": `apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata:\n  name: bad-key\n  name: twice\nspec:\n  prompt: x\n`,
  };
  return Object.entries(documents).map(([name, text]) => {
    const file = path.join("r", "d0", `${name}.yaml`);
    fs.writeFileSync(path.join(world.folder, file), text);
    return file;
  });
}

export function removeBadDocuments(world: World, files: readonly string[]): void {
  for (const file of files) fs.rmSync(path.join(world.folder, file));
}

/** Changes some agents' prompts; another round changes them to something else. */
export function touch(world: World, share: number, round: number): number {
  const step = Math.max(1, Math.round(1 / share));
  const files = world.agents.filter((_, i) => i % step === 0);
  for (const file of files)
    change(world, file, (text) => text.replace(/^ {2}prompt: \|\n(?: {4}Round .*\n)?/m, `  prompt: |\n    Round ${round}.\n`));
  return files.length;
}

function change(world: World, file: string, edited: (text: string) => string): void {
  const at = path.join(world.folder, file);
  fs.writeFileSync(at, edited(fs.readFileSync(at, "utf8")));
}

interface PlanShown {
  readonly body: {
    readonly changes: readonly { readonly address: string; readonly action: string }[];
    readonly drift: readonly { readonly address: string }[];
    readonly violations: readonly { readonly address: string; readonly level: string }[];
  };
}

/** Throws unless the plan, as `-o json` prints it, holds everything that was planted. */
export function checkFound(stdout: string, plants: Plants): void {
  const { body } = JSON.parse(stdout) as PlanShown;
  const drifted = new Set(body.drift.map((each) => each.address));
  const denied = new Set(body.violations.filter((each) => each.level === "enforce").map((each) => each.address));
  const isMoved = body.changes.some((each) => each.action === "move" && each.address === plants.movedTo);
  const missed = [
    ...plants.drifted.filter((address) => !drifted.has(address)).map((address) => `drift of ${address}`),
    ...plants.denied.filter((address) => !denied.has(address)).map((address) => `denial of ${address}`),
    ...(isMoved ? [] : [`move to ${plants.movedTo}`]),
  ];
  if (missed.length > 0) throw new Error(`the plan missed: ${missed.join(", ")}`);
}

/** Throws unless the failing run names each of the bad files. */
export function checkRefused(stdout: string, files: readonly string[]): void {
  const missed = files.filter((file) => !stdout.includes(file));
  if (missed.length > 0) throw new Error(`the plan did not complain about: ${missed.join(", ")}`);
}
