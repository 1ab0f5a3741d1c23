/** The client side of the stepwise target: what a network target's adapter does, limits included. */
import {
  digestJson,
  fail,
  isObject,
  ok,
  problem,
  type Diagnostic,
  type Digest,
  type Generation,
  type Json,
  type Resource,
  type Result,
} from "../../core/index.ts";
import type { RecordPort } from "../../reconciler/record/index.ts";
import type { Target } from "../../reconciler/targets/index.ts";
import { OWNER, type ServerState } from "./server.fixture.ts";

export interface ClientLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export function stepwiseTarget(url: string, limits: ClientLimits = { timeoutMs: 300, maxBytes: 1024 * 1024 }): Target {
  const ask = (path: string, body: Json | undefined, signal: AbortSignal): Promise<Result<Json>> =>
    request(url + path, body, limits, signal);
  const never = new AbortController().signal;
  return {
    type: "openclaw",
    mode: "stepwise",
    record: noRecord(),
    assess: () => ok(new Map()),
    lock: () => Promise.resolve(ok({ release: () => undefined })),
    observe: async (owner, _desired, signal) => {
      const answer = await ask("/state", undefined, signal);
      if (!answer.ok) return answer;
      const state = answer.value as unknown as ServerState;
      const rows = new Map(state.rows.map((row) => [row.address, row.digest]));
      const resources = new Map(state.rows.map((row) => [row.address, row.resource as Resource]));
      const live = {
        owner,
        lineage: "stepwise",
        generation: state.generation,
        rows,
        edits: [],
        holds: [],
        pin: null,
        ledgerHead: null,
        foreign: new Map(),
      };
      return ok({
        live,
        read: async (addresses) =>
          ok(new Map(addresses.flatMap((each) => (resources.has(each) ? [[each, resources.get(each) as Resource]] : [])))),
      });
    },
    claim: async (_owner, plan) => {
      const answer = await ask("/claim", {}, never);
      return answer.ok ? ok({ owner: OWNER, number: (answer.value as { epoch: number }).epoch, plan }) : answer;
    },
    execute: async (step, _values, fence, signal) => {
      const body = { ...step, after: step.after, epoch: fence.number } as unknown as Json;
      const answer = await ask("/step", body, signal);
      return answer.ok ? ok(undefined) : answer;
    },
    conclude: async (plan, facts, steps, fence) => {
      const isWhole = steps.every((step) => step.status === "done");
      const generation: Generation = {
        owner: OWNER,
        number: plan.body.target.generation + 1,
        status: isWhole ? "active" : "candidate",
        reason: facts.reason,
        because: facts.because,
        digest: digestJson(steps as unknown as Json),
        plan: plan.digest,
        resolved: plan.body.inputs.resolved,
        schema: plan.body.inputs.schema,
        engine: plan.body.engine,
        commit: null,
        dirty: false,
        actor: facts.actor,
        createdAt: "2026-01-01T00:00:00.000Z",
        resources: facts.rows.size,
      };
      const answer = await ask(
        "/conclude",
        { epoch: fence.number, generation: generation as unknown as Json, released: facts.released },
        never,
      );
      return answer.ok ? ok(generation) : answer;
    },
  };
}

async function request(url: string, body: Json | undefined, limits: ClientLimits, signal: AbortSignal): Promise<Result<Json>> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]),
    });
    const text = await readLimited(response, limits.maxBytes);
    if (response.status === 409) return fail(problem("FENCE_LOST", { detail: "The target has a newer claim." }));
    if (response.status === 422) return fail(problem("STEP_FAILED", { detail: "The target refuses this step." }));
    if (!response.ok) return fail(unavailable(`it answered ${response.status}`, response.headers.get("retry-after")));
    const value = JSON.parse(text) as Json;
    return isObject(value) ? ok(value) : fail(unavailable("its answer is no object", null));
  } catch (error) {
    return fail(unavailable(error instanceof Error ? error.name : "no answer", null));
  }
}

async function readLimited(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RangeError("answer too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function unavailable(why: string, retryAfter: string | null): Diagnostic {
  const context = retryAfter === null ? {} : { retryAfterMs: Math.min(Number(retryAfter), 5) * 1000 };
  return problem("TARGET_UNAVAILABLE", { detail: `The target cannot be used: ${why}.`, context });
}

function noRecord(): RecordPort {
  const none = async (): Promise<Result<never>> =>
    fail(problem("NO_RECORD", { detail: "The stepwise target of the tests keeps no record of its own." }));
  return {
    owners: async () => ok(null),
    status: async () => ok(null),
    generations: async () => ok(null),
    rows: none,
    resources: none,
    values: async () => ok(new Map()),
    ledger: async () => ok(null),
    headProof: async () => ok(null),
    verifyLedger: none,
    endPin: none,
    recordWaiver: none,
    recordRefusal: none,
    backup: none,
    restore: none,
    acceptOlder: none,
    migrate: none,
    renewKey: none,
  };
}

export const NO_DIGEST: Digest = digestJson(null);
