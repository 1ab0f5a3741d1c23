import { digestJson, ok, type Digest, type Generation, type Json, type Owner, type Result } from "../core/index.ts";
import { claimedStatement, type Attested } from "../trust/signatures/index.ts";
import { parseEvidence } from "./proof.ts";
import type { Target } from "./targets/index.ts";

/** What of a record approvals are held against. */
export type ApprovalRecord = Pick<Target["record"], "generations" | "values" | "status" | "ledger">;

type Statement = Attested["statement"];

/** Why an approval is used up, to end a sentence; undefined when it is not. */
export type IsSpent = (statement: Statement) => string | undefined;

/**
 * An approval is good for one apply. Otherwise, what was approved once and then taken back could be brought
 * in again by anybody, with the old approval. It is recognised by what it states, for the file around that
 * can be written in many ways. What is older than the generations that are kept cannot be told any more.
 */
export async function spentApprovals(record: ApprovalRecord, owner: Owner): Promise<Result<IsSpent>> {
  const generations = await record.generations(owner);
  if (!generations.ok) return generations;
  const kept = (generations.value ?? []).toSorted((a, b) => a.number - b.number);
  const counted = new Map<Digest, number>();
  for (const generation of kept) {
    const given = await statementsOf(record, generation);
    if (!given.ok) return given;
    for (const each of given.value) counted.set(markOf(each), generation.number);
  }
  const [oldest] = kept;
  const since = oldest && oldest.number > 1 ? oldest.createdAt : null;
  return ok((statement) => {
    const number = counted.get(markOf(statement));
    if (number !== undefined) return `it was counted for generation ${number}, and is good for once.`;
    return since !== null && statement.at < since
      ? "it is older than the generations that are kept, so it may have been counted."
      : undefined;
  });
}

function markOf(statement: Statement): Digest {
  return digestJson(statement as unknown as Json);
}

async function statementsOf(record: ApprovalRecord, { evidence }: Generation): Promise<Result<readonly Statement[]>> {
  if (evidence === undefined) return ok([]);
  const list = await record.values([evidence]);
  if (!list.ok) return list;
  const bytes = list.value.get(evidence);
  const { approvals } = (bytes && parseEvidence(bytes)) ?? { approvals: [] };
  if (approvals.length === 0) return ok([]);
  const files = await record.values(approvals);
  return files.ok ? ok([...files.value.values()].flatMap((each) => claimedStatement(each) ?? [])) : files;
}
