import { escapeText } from "../../core/index.ts";
import type { Verified } from "../../trust/signatures/index.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

export const verifiedViews: Views<Verified> = {
  ...plainViews(({ statement, ...rest }) => ({
    formatVersion: "1.0",
    kind: "BundleVerification",
    ...rest,
    predicateType: statement?.predicateType ?? null,
  })),
  text: (verified, look) => fitted(look, verifiedText(verified, look)),
};

export function verifiedText({ artifact, keyed, identity, issuer, signedAt, statement }: Verified, look: Look): string {
  const by = keyed ? "the holder of the key" : `${escapeText(identity ?? "")}\n  issuer     ${escapeText(issuer ?? "")}`;
  return [
    `${symbolOf(look, "ok")} Verified  ${artifact}`,
    `  signed by  ${by}`,
    `  signed at  ${signedAt ?? "an unknown time: nobody trusted says when"}`,
    ...(statement ? [`  states     ${escapeText(statement.predicateType)}`] : []),
    "",
  ].join("\n");
}
