import { setTimeout as sleep } from "node:timers/promises";
import type { Owner, Result } from "../../../core/index.ts";
import type { StoreWriter } from "../../store/index.ts";
import { objectOf, OWNER } from "../schema.ts";
import type { Reply, Route } from "../types.ts";
import { RECEIPT } from "./answers.ts";
import { receiptOf } from "./views.ts";
import { LOOKING, said, type ApplyWorld } from "./world.ts";

const MOST_MS = 10_000;
const POLL_MS = 25;

/** What the runtime says of the candidate: seen, active, digest, health. */
export function receiptRoutes({ store }: ApplyWorld): readonly Route[] {
  return [
    {
      ...LOOKING,
      path: "/v2/record/receipt",
      id: "readReceipt",
      summary: "What the runtime says of the open candidate, and the signed end of the ledger; waits for an answer",
      role: "editor",
      answer: RECEIPT,
      query: objectOf(
        { owner: OWNER, waitMs: { type: "integer", minimum: 0, maximum: MOST_MS, description: "How long to wait for an answer." } },
        ["waitMs"],
      ),
      handle: async ({ query, signal }) => await receipt(store(), query["owner"] as Owner, Number(query["waitMs"] ?? 0), signal),
    },
  ];
}

async function receipt(store: StoreWriter, owner: Owner, waitMs: number, signal: AbortSignal): Promise<Result<Reply>> {
  const until = performance.now() + waitMs;
  for (;;) {
    const answer = store.candidateAnswer(owner);
    if (!answer.ok) return answer;
    const open = store.candidate(owner);
    if (!open.ok) return open;
    if (answer.value || !open.value || performance.now() >= until || signal.aborted) return said(receiptOf(store, owner));
    await sleep(POLL_MS);
  }
}
