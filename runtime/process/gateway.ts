import { ok, type Result } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { candidatePart } from "./candidate-part.ts";
import { startParts } from "./lifecycle.ts";
import { removeRunFile, writeRunFile, type RunFacts } from "./run-file.ts";
import { storePart, type StoreWorld } from "./store-part.ts";
import type { Part, Stopped } from "./types.ts";

export interface GatewayWorld extends StoreWorld {
  readonly version: string;
  /** What an operator reads while it runs: one line each, without secrets. */
  readonly tell: (event: GatewayEvent) => void;
}

export type GatewayEvent =
  | { readonly kind: "ready"; readonly facts: RunFacts; readonly ms: number }
  | {
      readonly kind: "answered";
      readonly owner: string;
      readonly generation: number;
      readonly healthy: boolean;
      readonly reason: string | null;
    }
  | { readonly kind: "trouble"; readonly reason: string }
  | { readonly kind: "stopping" };

/** Runs the gateway of one state folder until `signal` is raised, then stops it in order. */
export async function runGateway(world: GatewayWorld, signal: AbortSignal): Promise<Result<Stopped>> {
  const startedAt = performance.now();
  const bus = newBus();
  const state = storePart(world);
  const candidates = candidatePart({
    store: state.store,
    actor: world.actor,
    trials: [],
    tell: ({ owner, generation, healthy, reason }) => {
      world.tell({ kind: "answered", owner, generation, healthy, reason });
      const at = world.clock.now().toISOString();
      bus.publish({
        type: "generation.changed",
        at,
        correlation: world.ids.next(),
        owner,
        generation,
        outcome: healthy ? "active" : "rejected",
      });
    },
    failed: (reason) => world.tell({ kind: "trouble", reason }),
  });
  const parts: readonly Part[] = [state, candidates];
  const running = await startParts(parts, signal);
  if (!running.ok) return running;
  const facts: RunFacts = { pid: process.pid, version: world.version, startedAt: world.clock.now().toISOString(), url: null, socket: null };
  writeRunFile(world.dir, facts);
  world.tell({ kind: "ready", facts, ms: Math.round(performance.now() - startedAt) });
  await raised(signal);
  world.tell({ kind: "stopping" });
  removeRunFile(world.dir);
  return ok(await running.value.stop(), running.warnings);
}

function raised(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  // An open handle: a gateway with nothing to do stays, until it is told to stop.
  const stay = setInterval(() => {}, 2 ** 30);
  return new Promise((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        clearInterval(stay);
        resolve();
      },
      { once: true },
    );
  });
}
