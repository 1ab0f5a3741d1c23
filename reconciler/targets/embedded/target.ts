import { hostname } from "node:os";
import {
  fail,
  mapResult,
  ok,
  type Actor,
  type Clock,
  type Digest,
  type Fence,
  type Ids,
  type Owner,
  type Result,
} from "../../../core/index.ts";
import { loadGeneration } from "../../../runtime/load/index.ts";
import { lockForApply, openStore, type StorePorts, type StoreWriter } from "../../../runtime/store/index.ts";
import type { StoreKeyChoice } from "../../record/types.ts";
import type { Target } from "../types.ts";
import { commitPlan } from "./commit.ts";
import { observe } from "./observe.ts";
import { inspectArchives, installArchives } from "./plugins.ts";
import { embeddedRecord } from "./record.ts";

export interface EmbeddedOptions {
  /** The state folder, absolute. */
  readonly dir: string;
  readonly version: string;
  readonly schema: Digest;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly storeKeys?: StoreKeyChoice | undefined;
}

/** Our own runtime on this machine, through its store: effect and record commit together. */
export function embeddedTarget(options: EmbeddedOptions): Target {
  const { dir, clock } = options;
  const ports: StorePorts = {
    clock,
    randomHex: () => options.ids.next(),
    ...(options.storeKeys && { storeKeys: options.storeKeys }),
  };
  return {
    type: "embedded",
    mode: "atomic",
    record: embeddedRecord(dir, ports),
    assess: (resources) => mapResult(loadGeneration(resources), ({ lacks }) => lacks),
    inspect: (resources) => inspectArchives(dir, resources),
    mend: (resources, values) => installArchives(dir, resources, values),
    lock: (actor, timeoutMs, signal) =>
      lockForApply(dir, { host: hostname(), pid: process.pid, actor, since: clock.now().toISOString() }, { timeoutMs, signal }),
    observe: (owner, desired) => Promise.resolve(observe(dir, ports, owner, desired)),
    claim: (owner, plan, actor) => Promise.resolve(withWriter(dir, ports, actor, (store) => claim(store, owner, plan, actor))),
    commit: async (plan, values, facts, fence, signal) => {
      const check = loadGeneration(facts.resources);
      if (!check.ok) return check;
      const store = openStore(dir, { mode: "write", create: true, actor: facts.actor }, ports);
      if (!store.ok) return store;
      try {
        return await commitPlan({
          store: store.value,
          dir,
          plan,
          values,
          facts,
          fence,
          signal,
          version: options.version,
          schema: options.schema,
        });
      } finally {
        store.value.close();
      }
    },
    release: (fence, why) => Promise.resolve(withWriter(dir, ports, "moltbot", (store) => store.abandon(fence, why))),
  };
}

/** Settles what an interrupted apply left, then takes the next fence with the intent: transaction (1). */
function claim(store: StoreWriter, owner: Owner, plan: Digest, actor: Actor): Result<Fence> {
  const settled = store.settleCandidate(owner, actor);
  return settled.ok ? store.begin(owner, plan, actor) : settled;
}

function withWriter<T>(dir: string, ports: StorePorts, actor: Actor, use: (store: StoreWriter) => Result<T>): Result<T> {
  const store = openStore(dir, { mode: "write", create: true, actor }, ports);
  if (!store.ok) return fail(...store.diagnostics);
  try {
    const result = use(store.value);
    return result.ok ? ok(result.value, [...store.warnings, ...result.warnings]) : result;
  } finally {
    store.value.close();
  }
}
