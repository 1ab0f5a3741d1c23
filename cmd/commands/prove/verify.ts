import path from "node:path";
import { LIMITS } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { readInputFile } from "../../input-file.ts";
import { conclude } from "../../session.ts";
import { proofReportViews } from "../../views/proof.ts";

export default class ProveVerify extends MoltbotCommand {
  static override summary = "Check a proof with nothing but its file";
  static override description =
    "Every digest, signature and link of the ledger is computed again. What the proof cannot say itself is whose keys to believe: name the ledger key that " +
    "an earlier `audit export` or proof showed, and the signers you know, as a trust anchor.";
  static override examples = [
    { description: "Does it hold in itself?", command: "<%= config.bin %> prove verify proof.json" },
    {
      description: "Is it from the store and the people we know?",
      command: '<%= config.bin %> prove verify proof.json --ledger-key "$KEY" --trust-anchor anchor.json',
    },
  ];
  static override args = { file: Args.string({ description: "a file written by `prove`", required: true, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    "ledger-key": Flags.string({
      helpValue: "KEY",
      description: "the public ledger key that must have signed the head",
      env: "MOLTBOT_LEDGER_KEY",
    }),
    "trust-anchor": Flags.string({
      helpValue: "FILE",
      description: "whose commits to believe, in place of what the proof says judged them",
      env: "MOLTBOT_TRUST_ANCHOR",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(ProveVerify);
    const session = this.session(flags);
    const { readTrustAnchor, verifyProof } = await import("../../../reconciler/engine.ts");
    const anchor = flags["trust-anchor"] === undefined ? null : readTrustAnchor(path.resolve(flags["trust-anchor"]));
    if (anchor && !anchor.ok) return conclude(session, anchor, { views: proofReportViews });
    const bytes = readInputFile(args.file, LIMITS.proofBytes);
    if (!bytes.ok) return conclude(session, bytes, { views: proofReportViews });
    const choices = { ledgerKey: flags["ledger-key"] ?? null, trust: anchor?.value.trust ?? null, since: anchor?.value.since ?? null };
    return conclude(session, await verifyProof(bytes.value, choices), { views: proofReportViews });
  }
}
