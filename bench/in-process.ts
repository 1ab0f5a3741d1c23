/** What happens inside one process: planning again after one file changed, and the writing part of an apply. */
import { performance } from "node:perf_hooks";
import { ok, type Result } from "../core/index.ts";
import { apply, newReadings, plan, type World as EngineWorld } from "../reconciler/engine.ts";
import { processWorld } from "../cmd/world.ts";
import { touch } from "./plants.ts";
import type { World } from "./world.ts";

async function engineWorld(progress: EngineWorld["progress"] = () => undefined): Promise<EngineWorld> {
  return await processWorld({ actor: "bench", signal: new AbortController().signal, progress });
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail ?? "failed");
  return result.value;
}

/** Milliseconds of each re-plan after one file changed; each must hold that one change more than the first. */
export async function replans(world: World, rounds: number): Promise<readonly number[]> {
  const kept: EngineWorld = { ...(await engineWorld()), readings: newReadings({ trustsIds: true }) };
  const before = must(await plan({ repo: world.folder }, kept)).plan.digest;
  const times: number[] = [];
  const seen = new Set([before]);
  for (let round = 0; round < rounds; round++) {
    touch({ ...world, agents: [world.agents[round] ?? ""] }, 1, 1_000 + round);
    const start = performance.now();
    const { digest } = must(await plan({ repo: world.folder }, kept)).plan;
    times.push(performance.now() - start);
    if (seen.has(digest)) throw new Error("the re-plan missed a change");
    seen.add(digest);
  }
  return times;
}

/** Seconds from the start of writing to the durable generation, of an apply that creates everything. */
export async function applyPhase(world: World): Promise<number> {
  let start = 0;
  const kept = await engineWorld(({ stage }) => {
    if (stage === "apply") start = performance.now();
  });
  const applied = must(
    await apply({ repo: world.folder }, null, { confirm: () => Promise.resolve(ok(undefined)), lockTimeoutMs: 0 }, kept),
  );
  if (applied.outcome !== "applied") throw new Error("nothing was applied");
  return (performance.now() - start) / 1000;
}
