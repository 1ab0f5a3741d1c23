import { ok } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { choicesOf } from "../confirm.ts";
import {
  APPROVAL_FLAGS,
  APPROVALS_FLAG,
  Args,
  OLDER_FLAGS,
  outputFlag,
  selection,
  SELECTION_FLAGS,
  TRUST_FLAGS,
  trusting,
} from "../flags.ts";
import { offeredApprovals } from "../offered-approvals.ts";
import { readPlanFile } from "../plan-file.ts";
import { conclude } from "../session.ts";
import { RUNTIME_KEY_FLAG, STORE_KEY_FLAGS } from "../store-key-flags.ts";
import { appliedEnding } from "../views/applied.ts";

export default class Apply extends MoltbotCommand {
  static override summary = "Bring the target to what the files declare";
  static override description =
    "Plans, shows the plan and asks; then plans again under the lock, and does exactly what was shown, or nothing. With a plan file, the fresh " +
    "plan must equal it. Killed at any point, the next apply reaches the same end.";
  static override examples = [
    { description: "Plan, ask, apply", command: "<%= config.bin %> apply" },
    { description: "Apply exactly what was reviewed", command: "<%= config.bin %> apply plan.json" },
    { description: "Unattended", command: "<%= config.bin %> apply --ref main --auto-approve --lock-timeout 60" },
  ];
  static override makesReports = true;
  static override args = { planfile: Args.string({ description: "a file written by `plan --out`", ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
    ...SELECTION_FLAGS,
    ...APPROVAL_FLAGS,
    ...APPROVALS_FLAG,
    ...TRUST_FLAGS,
    ...OLDER_FLAGS,
    ...STORE_KEY_FLAGS,
    ...RUNTIME_KEY_FLAG,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Apply);
    const session = this.session(flags);
    const saved = args.planfile === undefined ? ok(null) : await readPlanFile(args.planfile);
    if (!saved.ok) return conclude(session, saved, appliedEnding);
    const approvals = offeredApprovals(flags.approval);
    if (!approvals.ok) return conclude(session, approvals, appliedEnding);
    const { apply } = await import("../../reconciler/engine.ts");
    const query = { ...session.query, ...selection(flags), ...trusting(flags), ...approvals.value };
    const choices = choicesOf(session, flags, saved.value !== null, { query });
    const isChosen = flags["store-key"] !== undefined || flags["runtime-key"] !== undefined;
    const storeKeys = !isChosen ? ok({}) : await (await import("../store-key.ts")).forNewStore(session, flags);
    if (!storeKeys.ok) return conclude(session, storeKeys, appliedEnding);
    const world = { ...(await session.world()), storeKeys: storeKeys.value };
    const applied = await apply(query, saved.value, choices, world);
    return conclude(session, applied, appliedEnding);
  }
}
