import type { CommitSigner } from "../trust/signatures/index.ts";
import type { LiveState } from "./diff/index.ts";
import type { ChangePosition, Evidence, Plan } from "./plan/index.ts";
import type { ResolvedConfig } from "./resolve/index.ts";
import type { RepositoryInfo } from "./source/index.ts";

/** What a plan says besides its body: which commit, where in the files, who drifted what. Made again by apply. */
export function evidenceOf(
  repository: RepositoryInfo,
  config: ResolvedConfig,
  live: LiveState,
  changes: Plan["body"]["changes"],
  signer: CommitSigner | null,
): Evidence {
  const positions = changes.flatMap((change): ChangePosition[] => {
    const layer = config.byAddress.get(change.address)?.layers[0];
    return layer ? [{ address: change.address, file: layer.file, line: layer.line }] : [];
  });
  return {
    repository,
    signer: signer?.identity ?? null,
    positions,
    edits: live.edits.map(({ id, address, actor, at }) => ({ id, address, actor, at })),
    holds: live.holds.map(({ id, actor, at }) => ({ id, actor, at })),
    pin: live.pin && { generation: live.pin.generation, because: live.pin.because, actor: live.pin.actor, at: live.pin.at },
    ...(live.candidate && {
      candidate: { generation: live.candidate.number, actor: live.candidate.actor, at: live.candidate.createdAt },
    }),
    ...(live.unmanaged !== undefined && live.unmanaged > 0 && { unmanaged: live.unmanaged }),
    ledgerHead: live.ledgerHead,
    owner: live.owner,
  };
}
