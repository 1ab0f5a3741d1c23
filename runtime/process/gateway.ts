import { fail, ok, problem, type Result } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import type { Authenticator } from "../gateway/index.ts";
import { candidatePart } from "./candidate-part.ts";
import { startParts } from "./lifecycle.ts";
import { removeRunFile, writeRunFile, type RunFacts } from "./run-file.ts";
import { serverPart, type ListenWish } from "./server-part.ts";
import { storePart, type StoreWorld } from "./store-part.ts";
import type { StoreWriter } from "../store/index.ts";
import type { Part, Stopped } from "./types.ts";

export interface GatewayWorld extends StoreWorld {
  readonly version: string;
  readonly listen: ListenWish;
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
  const server = serverPart({
    dir: world.dir,
    listen: world.listen,
    origins: [],
    names: [],
    routes: () => [],
    readiness: () => lacking(state.store()),
    authenticator: () => ONLY_LOCAL,
    fault: (error, id) => world.tell({ kind: "trouble", reason: `${id}: ${error instanceof Error ? error.message : "unknown"}` }),
  });
  const parts: readonly Part[] = [state, candidates, server];
  const running = await startParts(parts, signal);
  if (!running.ok) return running;
  const facts: RunFacts = {
    pid: process.pid,
    version: world.version,
    startedAt: world.clock.now().toISOString(),
    url: server.url(),
    socket: server.socket(),
  };
  writeRunFile(world.dir, facts);
  world.tell({ kind: "ready", facts, ms: Math.round(performance.now() - startedAt) });
  await raised(signal);
  world.tell({ kind: "stopping" });
  removeRunFile(world.dir);
  return ok(await running.value.stop(), running.warnings);
}

/** What is missing before messages can be taken. */
function lacking(store: StoreWriter): readonly string[] {
  const owners = store.owners();
  if (!owners.ok) return ["the store cannot be read"];
  const isActive = owners.value.some((owner) => {
    const active = store.active(owner);
    return active.ok && active.value !== null;
  });
  return isActive ? [] : ["nothing was applied yet"];
}

/** The user of this machine that may open the socket owns the state folder, and so may do everything. */
const ONLY_LOCAL: Authenticator = {
  authenticate: async ({ isLocal }) =>
    isLocal
      ? ok({ id: "local", kind: "person", role: "owner", verified: true, person: null, token: null })
      : fail(problem("API_UNAUTHENTICATED", { detail: "The request carries no valid proof of who sends it." })),
  onRevoked: () => () => {},
};

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
