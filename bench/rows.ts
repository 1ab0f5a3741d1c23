/** The workloads, each a function that runs once, checks that the answer is right, and says what it took. */
import fs from "node:fs";
import path from "node:path";
import { applyPhase, replans } from "./in-process.ts";
import { checkFound, checkRefused, plant, plantBadDocuments, removeBadDocuments, touch, type Plants } from "./plants.ts";
import { askMany } from "./policies.ts";
import { openMany } from "./secrets.ts";
import { verifyMany } from "./bundles.ts";
import { median, MOLTBOT, NODE, peakMiB, run, type Ran } from "./run.ts";
import { writeWorld, type Shape, type World } from "./world.ts";

export interface Row {
  readonly name: string;
  readonly goalS: number | null;
  /** Once more, in turn with the other rows. */
  once(round: number): Promise<Figures> | Figures;
}

export interface Figures {
  readonly wallS: number;
  /** Null where it cannot be told apart from the rest of the process. */
  readonly cpuS: number | null;
}

export interface Bench {
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}

function moltbot(bench: Bench, args: readonly string[], expected: readonly number[]): Ran {
  const ran = run([NODE, MOLTBOT, ...args], { env: bench.env });
  if (!expected.includes(ran.code)) throw new Error(`moltbot ${args.join(" ")} ended with ${ran.code}: ${ran.stderr.slice(0, 2_000)}`);
  return ran;
}

const DENIED = 3;
const INVALID = 1;

/** A world in git, applied once, with plants in it. */
export function planted(bench: Bench, name: string, count: number, shape: Shape): { readonly world: World; readonly plants: Plants } {
  const world = fresh(bench, name, count, shape);
  moltbot(bench, ["apply", "--auto-approve", "-C", world.folder], [0]);
  return { world, plants: plant(world, count) };
}

export function fresh(bench: Bench, name: string, count: number, shape: Shape): World {
  const world = writeWorld(path.join(bench.scratch, name), count, shape);
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    ["-c", "user.name=bench", "-c", "user.email=bench@acme.example", "-c", "commit.gpgsign=false", "commit", "-qm", "World"],
  ]) {
    const ran = run(["git", "-C", world.folder, ...args], { env: bench.env });
    if (ran.code !== 0) throw new Error(ran.stderr);
  }
  return world;
}

export function startRows(bench: Bench): readonly Row[] {
  const one = fresh(bench, "one", 4, "random");
  return [
    { name: "node -e 0", goalS: null, once: () => run([NODE, "-e", "0"], { env: bench.env }) },
    { name: "--version", goalS: null, once: () => moltbot(bench, ["--version"], [0]) },
    { name: "plan, one file", goalS: 0.15, once: () => moltbot(bench, ["plan", "--no-cache", "-C", one.folder], [0]) },
  ];
}

export function planRows(bench: Bench, count: number): readonly Row[] {
  const empty = fresh(bench, `empty-${count}`, count, "random");
  const { world, plants } = planted(bench, `planted-${count}`, count, "random");
  const changing = planted(bench, `changing-${count}`, count, "random");
  const goal = (at10k: number, at100k: number): number | null => (count === 10_000 ? at10k : count === 100_000 ? at100k : null);
  const plan = (folder: string, ...more: readonly string[]): Ran => moltbot(bench, ["plan", "-o", "json", "-C", folder, ...more], [DENIED]);
  const found = (ran: Ran, those: Plants): Ran => {
    checkFound(ran.stdout, those);
    return ran;
  };
  return [
    {
      name: `cold plan, ${count} creates`,
      goalS: count === 10_000 ? 1.1 : null,
      once: () => {
        const ran = moltbot(bench, ["plan", "--no-cache", "-C", empty.folder], [0]);
        if (!ran.stdout.includes(`${count + 1} create`)) throw new Error("not everything is created");
        return ran;
      },
    },
    {
      name: `cold plan, ${count} applied, plants`,
      goalS: count === 10_000 ? 1.1 : null,
      once: () => found(plan(world.folder, "--no-cache"), plants),
    },
    {
      name: `cold plan, ${count}, 3 bad documents`,
      goalS: null,
      once: () => {
        const files = plantBadDocuments(world);
        const ran = moltbot(bench, ["plan", "--no-cache", "-C", world.folder], [INVALID]);
        removeBadDocuments(world, files);
        checkRefused(ran.stderr, files);
        return ran;
      },
    },
    {
      name: `warm plan, ${count}, nothing changed since, plants`,
      goalS: goal(0.15, 0.6),
      once: () => {
        plan(world.folder);
        return found(plan(world.folder), plants);
      },
    },
    {
      name: `plan, ${count}, 1 % changed since, plants`,
      goalS: count === 10_000 ? 0.25 : null,
      once: (round) => {
        touch(changing.world, 0.01, round);
        return found(plan(changing.world.folder), changing.plants);
      },
    },
  ];
}

export function otherRows(bench: Bench, count: number, rounds: number): readonly Row[] {
  const again = (name: string): World => writeWorld(path.join(bench.scratch, name), count, "random");
  const values = Math.min(1_000, count);
  let openAll: ReturnType<typeof openMany> | undefined;
  const bundles = Math.min(100, count);
  let verifyAll: ReturnType<typeof verifyMany> | undefined;
  return [
    {
      name: `open ${values} secret values in process`,
      goalS: values === 1_000 ? 0.75 : null,
      once: async () => ({ wallS: await (await (openAll ??= openMany(values)))(), cpuS: null }),
    },
    {
      name: `verify ${bundles} bundles in process`,
      goalS: bundles === 100 ? 1 : null,
      once: async () => ({ wallS: (await (verifyAll ??= verifyMany(bundles)))(), cpuS: null }),
    },
    { name: "100,000 policy evaluations in process", goalS: 1, once: askMany(100_000, 100_000) },
    { name: "500,000 policy evaluations in process, 1,000 different", goalS: 1, once: askMany(500_000, 1_000) },
    {
      name: `re-plan in process, one file of ${count}`,
      goalS: 0.005,
      once: async () => ({ wallS: median(await replans(fresh(bench, "replan", count, "random"), Math.max(3, rounds))) / 1000, cpuS: null }),
    },
    {
      name: `apply ${count} from empty, whole command`,
      goalS: count === 10_000 ? 1.6 : null,
      once: () => moltbot(bench, ["apply", "--auto-approve", "-C", again("apply").folder], [0]),
    },
    {
      name: `apply ${count} from empty, writing`,
      goalS: count === 10_000 ? 0.25 : null,
      once: async () => ({ wallS: await applyPhase(again("apply-phase")), cpuS: null }),
    },
  ];
}

/** Peak memory of a cold plan of everything, in MiB. */
export function memory(bench: Bench, count: number): number {
  const world = fresh(bench, `memory-${count}`, count, "random");
  const mib = peakMiB([MOLTBOT, "plan", "--no-cache", "-C", world.folder], bench.env);
  fs.rmSync(world.folder, { recursive: true });
  return mib;
}

/** CPU seconds of a cold plan that finds its plants, for one size of one shape. */
export function growthPoint(bench: Bench, count: number, shape: Shape, rounds: number): number {
  const { world, plants } = planted(bench, `growth-${shape}-${count}`, count, shape);
  const times = Array.from({ length: rounds }, () => {
    const ran = moltbot(bench, ["plan", "-o", "json", "--no-cache", "-C", world.folder], [DENIED]);
    checkFound(ran.stdout, plants);
    return ran.cpuS;
  });
  fs.rmSync(world.folder, { recursive: true });
  return median(times);
}
