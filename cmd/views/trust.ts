import { escapeText } from "../../core/index.ts";
import type { AnchorReport, ApprovalWaiver, TrustReport } from "../../reconciler/engine.ts";
import type { TrustedSigner } from "../../trust/signatures/index.ts";
import { plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

/** Who judges the next commit, and whom they allow. */
export const trustViews: Views<TrustReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "Trust", ...report })),
  text: (report, look) => {
    const blocks = [[judgeText(report)], signerLines(report.signers, look), anchorLines(report, look), policyLines(report, look)];
    return fitted(
      look,
      `${blocks
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join("\n"))
        .join("\n\n")}\n`,
    );
  },
};

/** An anchor that was just stored. */
export const anchorViews: Views<AnchorReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "TrustAnchor", ...report })),
  text: (report, look) =>
    fitted(look, `${symbolOf(look, "ok")} Trust anchor stored in ${escapeText(report.file)}: this host takes signed commits only.\n`),
};

/** Approvals that an operator waived. */
export const waivedViews: Views<ApprovalWaiver> = {
  ...plainViews((waiver) => ({ formatVersion: "1.0", kind: "ApprovalWaiver", ...waiver })),
  text: ({ effect, generation }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} Waived the approvals of effect ${effect} over generation ${generation}, for one apply. The ledger has it.\n`,
    ),
};

export const removedViews: Views<{ readonly file: string; readonly removed: boolean }> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "TrustAnchorRemoved", ...report })),
  text: ({ file, removed }, look) =>
    fitted(look, removed ? `${symbolOf(look, "ok")} Removed ${escapeText(file)}.\n` : `There is no ${escapeText(file)}; nothing to do.\n`),
};

function judgeText({ owner, isApplied, judge, level, generation }: TrustReport): string {
  const whose = owner === null ? "Commits" : `Commits for ${escapeText(owner)}`;
  if (judge === "anchor") return `${whose} must be signed, by whom this host's anchor allows:`;
  if (!isApplied) return `${whose} are judged by nobody yet: nothing is applied, and this host has no trust anchor.`;
  if (judge !== "generation") return `${whose} are not verified. To require signatures, see docs/commits.md.`;
  const which = `generation ${generation ?? ""}`;
  return level === "require" ? `${whose} must be signed, by whom ${which} allows:` : `${whose} are judged by ${which}, which only warns:`;
}

/** One line for each signer; the same for the question before an anchor is stored. */
export function signerLines(signers: readonly TrustedSigner[], look: Look): readonly string[] {
  if (signers.length === 0) return [];
  const rows = signers.map(({ form, identity, key, valid }) => [form, identity, key, valid].map((cell) => escapeText(cell)));
  return table(["FORM", "WHO", "KEY OR ISSUER", "VALID"], rows, look);
}

const POLICIES_ASKED: Readonly<Record<NonNullable<TrustReport["policies"]>["level"], string>> = {
  locked: "Compiled policies are those that the lock file names",
  rebuild: "Compiled policies must be built again to the same bytes",
  attested: "Compiled policies must be attested",
};

/** Nothing is said where the lock file alone is asked and nobody is listed: so it is everywhere else, too. */
function policyLines({ policies }: TrustReport, look: Look): readonly string[] {
  if (!policies || (policies.level === "locked" && policies.signers.length === 0)) return [];
  const asked = POLICIES_ASKED[policies.level];
  if (policies.signers.length === 0) return [`${asked}; nobody is listed who may attest them.`];
  const rows = policies.signers.map(({ name, form, who, issuer }) => [name, form, who, issuer ?? ""].map((cell) => escapeText(cell)));
  return [`${asked}; who may attest them:`, ...table(["NAME", "FORM", "IDENTITY OR KEY", "ISSUER"], rows, look)];
}

function anchorLines({ judge, anchor }: TrustReport, look: Look): readonly string[] {
  if (!anchor) return [];
  const since = anchor.since === null ? "" : `, history vouched for up to ${anchor.since.slice(0, 12)}`;
  const head = `anchor  ${escapeText(anchor.file)}, by ${escapeText(anchor.actor)} at ${escapeText(anchor.at)}${since}`;
  return judge === "anchor" ? [head] : [`${head}, for whom it trusted first:`, ...signerLines(anchor.signers, look)];
}
