import { escapeText, type Digest } from "../../core/index.ts";
import { plainViews, type Views } from "./index.ts";
import { fitted } from "./look.ts";
import { symbolOf } from "./status.ts";

/** An approval that was signed and written. */
export interface Approved {
  readonly file: string;
  readonly plan: Digest;
  readonly effect: Digest;
}

export const approvedViews: Views<Approved> = {
  ...plainViews((approved) => ({ formatVersion: "1.0", kind: "Approved", ...approved })),
  text: ({ file, effect }, look) =>
    fitted(
      look,
      `${symbolOf(look, "ok")} ${escapeText(file)} approves effect ${effect}.\n` +
        `Give it to whoever applies, or commit it below .approvals/:\n  moltbot apply --approval ${escapeText(file)}\n`,
    ),
};
