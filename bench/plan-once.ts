/**
 * One plan in a process of its own: `plan-once.ts FOLDER [--silent]` prints the CPU seconds that it took, start-up left out.
 * `--silent` puts a policy in the place of moltbot's own that reads and says nothing.
 */
import { digestBytes } from "../core/index.ts";
import { plan } from "../reconciler/engine.ts";
import { processWorld } from "../cmd/world.ts";
import type { Policy } from "../trust/policy/index.ts";

const [repo = "", how] = process.argv.slice(2);
const NOTHING = { deny: [], warn: [], oblige: [], broken: null };
const silent: Policy = {
  digest: digestBytes(""),
  data: digestBytes(""),
  policies: [],
  rules: {},
  reads: [],
  evaluate: () => NOTHING,
};

const world = await processWorld({ actor: "bench", signal: new AbortController().signal, progress: () => undefined });
const started = process.cpuUsage();
const made = await plan({ repo }, how === "--silent" ? { ...world, policy: silent } : world);
const { user, system } = process.cpuUsage(started);
if (!made.ok) throw new Error(made.diagnostics[0]?.detail);
const denied = made.value.blockers.map(({ detail }) => detail);
if (denied.length > 0) throw new Error(denied[0]);
process.stdout.write(`${(user + system) / 1e6}\n`);
