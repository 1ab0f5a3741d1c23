import { ok, type Result } from "../../core/index.ts";
import { newBus } from "../events/index.ts";
import { newTurns } from "../turns/index.ts";
import { effectParts } from "./effect-parts.ts";
import { faceParts } from "./face-parts.ts";
import { startParts } from "./lifecycle.ts";
import { recordParts } from "./record-parts.ts";
import { removeRunFile, writeRunFile, type RunFacts } from "./run-file.ts";
import type { ServerPart } from "./server-part.ts";
import type { Part, Stopped } from "./types.ts";
import type { GatewayWorld } from "./world.ts";

/** Runs the gateway of one state folder until `signal` is raised, then stops it in order. */
export async function runGateway(world: GatewayWorld, signal: AbortSignal): Promise<Result<Stopped>> {
  const startedAt = performance.now();
  const { parts, server } = compose(world);
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

/** Every part, in the order in which they start. */
function compose(world: GatewayWorld): { readonly parts: readonly Part[]; readonly server: ServerPart } {
  const bus = newBus();
  const turns = newTurns();
  const record = recordParts({
    world,
    bus,
    turns,
    trials: [{ name: "plugins", tries: (candidate, stop) => effects.plugins.trial(candidate, stop) }],
    activated: () => faces.sayRestart(),
  });
  const effects = effectParts({ world, bus, turns, record, log: () => faces.telemetry.log(), url: () => faces.server.url() });
  const faces = faceParts({ world, bus, turns, record, effects: () => effects });
  const { state, audit, live, tls, ephemeral, candidates } = record;
  const { tools, questions, talk, plugins, channels } = effects;
  const { telemetry, auth, rotation, server } = faces;
  return {
    parts: [
      state,
      telemetry,
      audit,
      live,
      tls,
      ephemeral,
      auth,
      tools,
      questions,
      talk,
      plugins,
      channels,
      tools.scheduler,
      candidates,
      rotation,
      server,
    ],
    server,
  };
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
