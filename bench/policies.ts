/** What evaluating policies costs: the built-in ones, through the same function as a plan's, on one core. */
import { performance } from "node:perf_hooks";
import type { JsonObject } from "../core/index.ts";
import { loadBuiltinPolicy, type Policy } from "../trust/policy/index.ts";
import type { Figures } from "./rows.ts";

function question(i: number): JsonObject {
  return {
    granted: true,
    action: "get",
    constraints: { approval: "never" },
    expiry: i % 2 === 0 ? "none" : "expired",
    network: { inside: true },
    workspace: null,
    passthrough: null,
    reach: { openChannel: `channel-${i}`, ceiling: null },
  };
}

/** Asks so many questions, of which so many differ; every answer is looked at. */
export function askMany(count: number, different: number): () => Figures {
  const loaded = loadBuiltinPolicy();
  if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.detail ?? "failed");
  const policy: Policy = loaded.value;
  let round = 0;
  return () => {
    // Questions of an earlier round are remembered: each round brings its own.
    const first = round++ * different;
    const start = performance.now();
    const cpu = process.cpuUsage();
    for (let i = 0; i < count; i++) {
      const n = first + (i % different);
      const { deny, broken } = policy.evaluate("grant", question(n));
      const isExpired = deny.some((each) => each.rule === "expiry.expired");
      if (broken || isExpired !== (n % 2 === 1)) throw new Error("policies gave another answer than expected");
    }
    const { user, system } = process.cpuUsage(cpu);
    return { wallS: (performance.now() - start) / 1000, cpuS: (user + system) / 1_000_000 };
  };
}
