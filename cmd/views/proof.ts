import { escapeText } from "../../core/index.ts";
import type { Proof, ProofReport } from "../../reconciler/engine.ts";
import { jsonLine, jsonText, plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** The bytes of a proof file. */
export function proofText(proof: Proof): string {
  return jsonText(proof);
}

/** The proof itself, unless it went to a file: then what was written. */
export function proofViews(out: string | undefined): Views<Proof> {
  return {
    json: (proof) => {
      const { owner, generation } = proof;
      const said = { formatVersion: "1.0", kind: "ProofWritten", file: out, owner, generation: generation.number };
      return out === undefined ? proofText(proof) : jsonLine(said);
    },
    text: (proof, look) => {
      if (out === undefined) return proofText(proof);
      const { owner, generation, approvals, commits, ledger } = proof;
      const parts = [
        counted(approvals.length, "approval"),
        commits === null ? "no commits" : counted(commits.length, "commit"),
        counted(ledger.records.length, "ledger record"),
      ];
      return fitted(
        look,
        `${symbolOf(look, "ok")} ${escapeText(out)} proves generation ${generation.number} of ${escapeText(owner)}: its plan, ${parts.join(", ")}.\n`,
      );
    },
  };
}

export const proofReportViews: Views<ProofReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "ProofReport", ...report })),
  text: (report, look) => {
    const { owner, generation, appliedAt, actor, commit, signedBy, effect, approvedBy, head, ledgerKey } = report;
    const key = report.isKeyKnown ? "the key you named" : "a key you did not name (--ledger-key)";
    const judged = report.isJudgedFromOutside ? "" : "; it is the first generation and judged itself (--trust-anchor)";
    const rows = [
      ["applied", `${appliedAt} by ${escapeText(actor)}`],
      [
        "commit",
        `${commit ?? "none"}${signedBy === null ? ", nobody was asked for a signature" : `, signed by ${escapeText(signedBy)}`}${judged}`,
      ],
      ["effect", effect],
      ...(report.policiesBy === null ? [] : [["policies", `attested by ${escapeText(report.policiesBy)}`] as const]),
      ...(report.waived === null
        ? []
        : [
            [
              "waived",
              `by ${escapeText(report.waived.actor)} at ${escapeText(report.waived.at)}, in the place of approvals: ${escapeText(report.waived.because)}`,
            ],
          ]),
      [
        "approved",
        approvedBy.length === 0 ? (report.waived === null ? "nobody was asked" : "by nobody") : `by ${escapeText(approvedBy.join(", "))}`,
      ],
      ["ledger", `ends at ${head.seq}:${head.hash}, signed by ${key}: ${escapeText(ledgerKey)}`],
    ];
    const lines = rows.map(([name = "", text = ""]) => `  ${name.padEnd(9)}${text}\n`).join("");
    return fitted(look, `${symbolOf(look, "ok")} The proof of generation ${generation} of ${escapeText(owner)} holds.\n${lines}`);
  },
};
