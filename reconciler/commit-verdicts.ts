import { LIMITS } from "../core/index.ts";
import { judgeCommit, type CommitTrust, type Verdict } from "../trust/signatures/index.ts";
import type { HistoricCommit } from "./source/index.ts";

/**
 * Verdicts of this process, by what the commit's bytes hash to and who judges: the verify stage, the search for
 * authors and the plan under the lock look at the same commits. Never kept longer.
 */
const verdicts = new Map<string, Verdict | undefined>();

/** What a signature is worth whatever the time is now; judged once for each trust. */
export async function verdictOf(commit: HistoricCommit, trust: CommitTrust): Promise<Verdict | undefined> {
  const key = `${trust.digest} ${commit.id}`;
  if (verdicts.has(key)) return verdicts.get(key);
  const verdict = await judgeOne(commit, trust, null);
  if (verdicts.size >= LIMITS.commitsVerified) verdicts.clear();
  verdicts.set(key, verdict);
  return verdict;
}

/** @param now - Seconds: the key must be good then, too. */
export async function judgeOne({ parsed }: HistoricCommit, trust: CommitTrust, now: number | null): Promise<Verdict | undefined> {
  return "fault" in parsed ? { status: "untrusted", why: parsed.fault } : await judgeCommit(parsed, trust, now);
}
