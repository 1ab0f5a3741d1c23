import {
  fail,
  InternalError,
  ok,
  shown,
  type Actor,
  type Clock,
  type Diagnostic,
  type Ids,
  type Result,
  type Secret,
} from "../../core/index.ts";
import {
  holdRuntime,
  lockForApply,
  openRecords,
  openStore,
  type RuntimeHold,
  type SealedRecords,
  type StoreWriter,
} from "../store/index.ts";
import os from "node:os";
import type { Part } from "./types.ts";
import { runningGateway } from "./run-file.ts";
import { newWriteWatch } from "./writable.ts";

export interface StoreWorld {
  readonly dir: string;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly storeKey?: Secret<string> | undefined;
  readonly tell: (event: { readonly kind: "trouble"; readonly reason: string }) => void;
}

/** The state folder while the gateway runs: nobody else's, and open. */
export interface StorePart extends Part {
  readonly store: () => StoreWriter;
  readonly records: () => SealedRecords;
  /** Why nothing can be written now; null where it can. */
  readonly trouble: () => string | null;
}

/** Another apply may be making the store this very moment. */
const LOCK_WAIT_MS = 10_000;

/**
 * Holds the state folder as its one gateway and opens the store in it. Where nothing was ever applied the
 * store is made, so that the runtime has the key that secrets are encrypted for before the first apply.
 */
export function storePart(world: StoreWorld): StorePart {
  let hold: RuntimeHold | undefined;
  let store: StoreWriter | undefined;
  let records: SealedRecords | undefined;
  const writes = newWriteWatch((reason) => world.tell({ kind: "trouble", reason: reason ?? "The store takes what is written again." }));
  const ports = { clock: world.clock, randomHex: () => world.ids.next() };
  return {
    name: "state folder",
    store: () => there(store),
    records: () => there(records),
    trouble: writes.trouble,
    start: async (signal) => {
      const held = holdRuntime(world.dir);
      if (!held.ok) return fail(...held.diagnostics.map((each) => namingHolder(world.dir, each)));
      hold = held.value;
      const opened = openStore(world.dir, { mode: "write", create: false }, ports);
      if (!opened.ok) return opened;
      const made = opened.value ? opened : await makeStore(world, signal);
      if (!made.ok) return made;
      store = made.value ?? undefined;
      const sealed = openRecords(world.dir, world.storeKey, store);
      if (!sealed.ok) return sealed;
      records = sealed.value ? writes.watch(sealed.value) : undefined;
      return ok(undefined, [...opened.warnings, ...made.warnings]);
    },
    stop: async () => {
      records?.close();
      store?.close();
      hold?.release();
      [records, store, hold] = [undefined, undefined, undefined];
    },
  };
}

/** Who holds it, as it says of itself: what an operator looks for next. */
function namingHolder(dir: string, held: Diagnostic): Diagnostic {
  const found = held.code === "RUNTIME_HELD" ? runningGateway(dir) : ok(null);
  if (!found.ok || found.value === null || found.value === "starting") return held;
  const { pid, startedAt, version } = found.value;
  return {
    ...held,
    detail: `${held.detail} It is process ${pid}, moltbot ${shown(version)}, since ${shown(startedAt)}.`,
    context: { ...held.context, pid },
  };
}

async function makeStore(world: StoreWorld, signal: AbortSignal): Promise<Result<StoreWriter>> {
  const holder = { host: os.hostname(), pid: process.pid, actor: world.actor, since: world.clock.now().toISOString() };
  const lock = await lockForApply(world.dir, holder, { timeoutMs: LOCK_WAIT_MS, signal });
  if (!lock.ok) return fail(...lock.diagnostics);
  try {
    return openStore(
      world.dir,
      { mode: "write", create: true, actor: world.actor },
      { clock: world.clock, randomHex: () => world.ids.next() },
    );
  } finally {
    lock.value.release();
  }
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new InternalError("a part of the gateway was used before it started");
  return part;
}
