import path from "node:path";
import { mapResult, ok, type Diagnostic, type Result } from "../../core/index.ts";
import type { Plan } from "../../reconciler/plan/types.ts";
import { MoltbotCommand } from "../base.ts";
import { approve } from "../confirm.ts";
import { Args, AUTO_APPROVE, COMMENT_FLAG, Flags, outputFlag } from "../flags.ts";
import { readPlanFile } from "../plan-file.ts";
import { writeNewFiles } from "../new-files.ts";
import { conclude } from "../session.ts";
import { PERSON_FLAGS, SIGNER_CONTRADICTIONS, signWith } from "../signing-flags.ts";
import { approvedViews, type Approved } from "../views/approved.ts";
import { planText } from "../views/plan-text.ts";

export default class Approve extends MoltbotCommand {
  static override summary = "Sign that a plan may be applied";
  static override description =
    "Shows a saved plan, asks, and signs a statement about its effect, for `approvals` of the Project. The file is given to `apply --approval`, or " +
    "committed below `.approvals/` beside moltbot.yaml. It stays good when an unrelated change is merged, and is void when anything the plan does is different.";
  static override examples = [
    { description: "Review a plan and approve it", command: "<%= config.bin %> approve plan.json --ssh-key ~/.ssh/id_ed25519" },
    {
      description: "Where the repository is, so that a pull request carries it",
      command: "<%= config.bin %> approve plan.json --ssh-key ~/.ssh/id_ed25519 --out .approvals/ada.json",
    },
  ];
  static override args = { planfile: Args.string({ description: "a file written by `plan --out`", required: true, ignoreStdin: true }) };
  static override contradictions = SIGNER_CONTRADICTIONS;
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    ...PERSON_FLAGS,
    "auto-approve": AUTO_APPROVE,
    comment: COMMENT_FLAG,
    out: Flags.string({
      helpValue: "FILE",
      description: "where the approval goes (default: approval-EFFECT.json in the current folder)",
      env: "MOLTBOT_OUT",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Approve);
    const session = this.session(flags);
    const by = signWith(flags, process.env, session.look.now);
    const plan = by.ok ? await readPlanFile(args.planfile) : by;
    if (!by.ok) return conclude(session, by, { views: approvedViews });
    if (!plan.ok) return conclude(session, plan, { views: approvedViews });
    const { mayApprove, signApproval } = await import("../../reconciler/engine.ts");
    const may = mayApprove(plan.value, by.value);
    if (!may.ok) return conclude(session, may, { views: approvedViews });
    const agreed = await approve(
      session,
      `${planText(plan.value, session.errLook, { command: "approve" })}\n`,
      flags["auto-approve"],
      `Review the plan, then:\nmoltbot approve ${args.planfile} --auto-approve`,
    );
    if (!agreed.ok) return conclude(session, agreed, { views: approvedViews });
    const words = { comment: flags.comment ?? null, at: session.look.now.toISOString() };
    const signed = await signApproval(plan.value, words, by.value, session.interrupt.signal);
    const written = signed.ok ? write(signed.value, plan.value, flags.out) : signed;
    return conclude(session, withWarnings(written, [...may.warnings, ...(signed.ok ? signed.warnings : [])]), { views: approvedViews });
  }
}

function withWarnings<T>(result: Result<T>, warnings: readonly Diagnostic[]): Result<T> {
  return result.ok ? ok(result.value, [...warnings, ...result.warnings]) : result;
}

const NAME_DIGITS = 16;

function write(text: string, { digest, effect }: Plan, out: string | undefined): Result<Approved> {
  const file = out ?? `approval-${effect.slice("sha256:".length, "sha256:".length + NAME_DIGITS)}.json`;
  const target = path.resolve(file);
  const written = writeNewFiles(path.dirname(target), [{ path: path.basename(target), text }]);
  return mapResult(written, () => ({ file, plan: digest, effect }));
}
