import path from "node:path";
import { fail, type Result } from "../../core/index.ts";
import type { Proof } from "../../reconciler/engine.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { writeFileAtomically } from "../reports.ts";
import { conclude } from "../session.ts";
import { proofText, proofViews } from "../views/proof.ts";

export default class Prove extends MoltbotCommand {
  static override summary = "Collect what proves why a generation exists";
  static override description =
    "The plan it was made from, the approvals that counted, the signed commits, what judged them, and the ledger up to its signed head, in one file. " +
    "`prove verify` checks it on any machine, with no store, repository or network, now or years later. Nothing secret is in it; prompts are.";
  static override examples = [
    { description: "The active generation", command: "<%= config.bin %> prove --out proof.json" },
    { description: "An earlier one", command: "<%= config.bin %> prove 41 --out proof.json" },
  ];
  static override args = { generation: Args.integer({ description: "its number (default: the active one)", min: 1, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json"),
    out: Flags.string({ helpValue: "FILE", description: "write it there instead of to standard output", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Prove);
    const session = this.session(flags);
    const { prove } = await import("../../reconciler/engine.ts");
    const proof = await prove(session.query, args.generation ?? null, await session.world());
    return conclude(session, written(proof, flags.out), { views: proofViews(flags.out) });
  }
}

function written(proof: Result<Proof>, out: string | undefined): Result<Proof> {
  if (!proof.ok || out === undefined) return proof;
  const failure = writeFileAtomically(path.resolve(out), proofText(proof.value), 0o600);
  return failure ? fail(failure) : proof;
}
