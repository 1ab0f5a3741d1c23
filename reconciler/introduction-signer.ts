import type { JsonObject } from "../core/index.ts";
import { judgeCommit, parseCommit, readCommitTrust } from "../trust/signatures/index.ts";
import { rawCommit } from "./source/index.ts";

/**
 * Who signed one commit, by the signers that a Project trusts. Null where it is not signed, not by any of them,
 * or where that cannot be told.
 */
export async function signerOfCommit(folder: string, id: string, trust: JsonObject): Promise<string | null> {
  const bytes = await rawCommit(folder, id);
  const parsed = bytes && parseCommit(bytes, id.length === 64 ? "sha256" : "sha1");
  if (!parsed || !("commit" in parsed)) return null;
  const read = await readCommitTrust(trust);
  if ("faults" in read) return null;
  const verdict = await judgeCommit(parsed.commit, read.trust, null);
  return verdict?.status === "good" ? verdict.signer.identity : null;
}
