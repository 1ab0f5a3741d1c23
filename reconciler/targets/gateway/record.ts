import {
  fail,
  mapResult,
  problem,
  type Address,
  type Digest,
  type Generation,
  type HeadProof,
  type JsonObject,
  type LedgerRecord,
  type Owner,
  type Result,
} from "../../../core/index.ts";
import type { Client } from "../../../runtime/client/index.ts";
import type { LedgerReport, RecordPort, RecordStatus } from "../../record/types.ts";
import { CHECKED, GENERATIONS, HEAD_PROOF, OWNERS, readAs, RECORDS, ROWS_ANSWER, STATUS, type Form } from "./forms.ts";
import { readResources } from "./observe.ts";
import { readValues } from "./wire.ts";

/** The record behind a gateway's API. Whoever keeps it also cares for it: what changes the store itself is done there. */
export function gatewayRecord(client: Client, signal: AbortSignal): RecordPort {
  const get = async <T>(target: string, form: Form, pick: (answer: JsonObject) => unknown): Promise<Result<T>> =>
    mapResult(readAs<JsonObject>(await client.ask("GET", target, null, signal), form, "its record"), (answer) => pick(answer) as T);
  const post = async (target: string, body: JsonObject): Promise<Result<void>> =>
    mapResult(await client.ask("POST", target, body, signal), () => undefined);
  const rows = (owner: Owner, generation: number): Promise<Result<ReadonlyMap<Address, Digest>>> =>
    get(
      `/v2/record/rows?owner=${owner}&generation=${generation}`,
      ROWS_ANSWER,
      ({ rows: all }) => new Map(all as unknown as readonly [Address, Digest][]),
    );
  return {
    owners: () => get<readonly Owner[]>("/v2/record/owners", OWNERS, ({ owners }) => owners),
    status: (owner) => get<RecordStatus>(`/v2/record/status?owner=${owner}`, STATUS, (answer) => answer),
    generations: (owner) =>
      get<readonly Generation[]>(`/v2/record/generations?owner=${owner}`, GENERATIONS, ({ generations }) => generations),
    rows,
    resources: async (owner, generation) => {
      const found = await rows(owner, generation);
      return found.ok ? await readResources(client, found.value, signal) : found;
    },
    values: (digests) => readValues(client, digests, signal),
    ledger: (from, limit) => get<readonly LedgerRecord[]>(`/v2/ledger?from=${from}&limit=${limit}`, RECORDS, ({ records }) => records),
    headProof: () => get<HeadProof>("/v2/record/head", HEAD_PROOF, (answer) => answer),
    verifyLedger: async (head) =>
      readAs<LedgerReport>(await client.ask("POST", "/v2/record/verify", { head: head && { ...head } }, signal), CHECKED, "its ledger"),
    endPin: (owner, actor) => post("/v2/record/pins/end", { owner, actor }),
    recordRefusal: (owner, actor, codes, plan) => post("/v2/record/refusals", { owner, actor, codes: [...codes], plan }),
    recordWaiver: (owner, actor, waiver) => post("/v2/record/waivers", { owner, actor, waiver }),
    backup: () => elsewhere("backup"),
    restore: () => elsewhere("restore"),
    acceptOlder: () => elsewhere("restore"),
    migrate: () => elsewhere("migrate"),
    renewKey: () => elsewhere("gateway reset-store"),
  };
}

function elsewhere(command: string): Promise<Result<never>> {
  return Promise.resolve(
    fail(
      problem("RECORD_ELSEWHERE", {
        detail: "The record is on the gateway's machine, and so are its keys: this is done there.",
        remedy: `On that machine, with its state folder:\nmoltbot ${command} --state DIR`,
      }),
    ),
  );
}
