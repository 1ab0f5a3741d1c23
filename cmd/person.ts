import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, shown, systemClock, type Owner, type Resource, type Result } from "../core/index.ts";
import { openAudit } from "../runtime/audit/index.ts";
import { openClient } from "../runtime/client/index.ts";
import { askAs } from "./gateway-access.ts";
import { readActive } from "../runtime/load/index.ts";
import { deletePerson, exportPerson, KEEPERS, type ActiveResources, type Deleted, type Exported } from "../runtime/person/index.ts";
import { openStore, type StorePorts } from "../runtime/store/index.ts";
import type { Session } from "./session.ts";
import { runningGateway } from "../runtime/process/index.ts";
import { stateOf } from "./state-of.ts";
import { withRecords } from "./with-records.ts";

interface PersonFlags {
  /** A gateway elsewhere. */
  readonly url?: string | undefined;
  readonly "passphrase-file"?: string | undefined;
}

type World = Parameters<typeof exportPerson>[0];

/** Everything about a person, in a new file that nobody else may read. */
export async function exportTo(session: Session, flags: PersonFlags, ids: readonly string[], file: string): Promise<Result<Exported>> {
  const full = path.resolve(file);
  if (fs.existsSync(full))
    return fail(problem("OUTPUT_EXISTS", { detail: `${shown(file)} exists, and is not written over.`, remedy: "Name another file." }));
  const save = (exported: Result<Exported>): Result<Exported> =>
    exported.ok
      ? written(full, `${JSON.stringify({ formatVersion: "1.0", kind: "PersonExport", ...exported.value }, null, 2)}\n`, exported)
      : exported;
  if (flags.url === undefined) return await withStore(session, flags, (world) => save(exportPerson(world, ids)));
  const answer = await askAs(session, flags.url, "POST", "/v2/persons/export", { ids: [...ids] });
  return save(answer.ok ? ok(answer.value as unknown as Exported, answer.warnings) : answer);
}

function written(file: string, text: string, exported: Result<Exported>): Result<Exported> {
  try {
    fs.writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    return exported;
  } catch (error) {
    return fail(problem("OUTPUT_FAILED", { detail: `${shown(file)} cannot be written.`, cause: error }));
  }
}

/** Deletes everything about a person: by the gateway that runs, which holds some of it in memory, else in the store. */
export async function deleteOf(session: Session, flags: PersonFlags, ids: readonly string[], reason: string): Promise<Result<Deleted>> {
  if (flags.url !== undefined) {
    const answer = await askAs(session, flags.url, "POST", "/v2/persons/delete", { ids: [...ids], reason });
    return answer.ok ? ok(answer.value as unknown as Deleted, answer.warnings) : answer;
  }
  const state = await stateOf(session);
  if (!state.ok) return state;
  const running = runningGateway(state.value);
  if (!running.ok) return running;
  const socket = running.value === null || running.value === "starting" ? null : running.value.socket;
  if (socket !== null) {
    const client = openClient({ place: { socket }, clock: systemClock });
    const answer = await client.ask("POST", "/v2/persons/delete", { ids, reason }, session.interrupt.signal);
    return answer.ok ? ok(answer.value as unknown as Deleted, answer.warnings) : answer;
  }
  return await withStore(session, flags, (world) => deletePerson(world, ids, reason));
}

async function withStore<T>(session: Session, flags: PersonFlags, work: (world: World) => Result<T>): Promise<Result<T>> {
  return await withRecords(session, flags, async (records, dir) => {
    const { clock, ids, actor } = await session.world();
    const audit = openAudit(dir, { clock });
    if (!audit.ok) return audit;
    try {
      const active = (): Result<ActiveResources> => activeIn(dir, { clock, randomHex: () => ids.next() });
      const done = work({ records, audit: audit.value, keepers: KEEPERS, clock, ids, actor, active });
      return done.ok ? ok(done.value, [...audit.warnings, ...done.warnings]) : done;
    } finally {
      audit.value.close();
    }
  });
}

/** What every owner has active in a store. One that cannot be read is not passed over: it may name the person. */
function activeIn(dir: string, ports: StorePorts): Result<ActiveResources> {
  const store = openStore(dir, { mode: "read" }, ports);
  if (!store.ok) return store;
  try {
    const owners = store.value?.owners() ?? ok([]);
    if (!owners.ok || !store.value) return owners.ok ? ok(new Map()) : owners;
    const found = new Map<Owner, readonly Resource[]>();
    for (const owner of owners.value) {
      const active = readActive(store.value, owner);
      if (!active.ok) return active;
      if (active.value) found.set(owner, active.value.resources);
    }
    return ok(found);
  } finally {
    store.value?.close();
  }
}
