import path from "node:path";
import { EXIT, fail, type Result } from "../../core/index.ts";
import type { SignWith } from "../../reconciler/attesting.ts";
import type { Planned, Query } from "../../reconciler/types.ts";
import { MoltbotCommand } from "../base.ts";
import { APPROVALS_FLAG, CACHE_FLAG, Flags, outputFlag, selection, SELECTION_FLAGS, TRUST_FLAGS, trusting } from "../flags.ts";
import { comparedValues } from "../compared-values.ts";
import { planProblems } from "../plan-problems.ts";
import { writeFileAtomically } from "../reports.ts";
import { offeredApprovals } from "../offered-approvals.ts";
import { conclude, type Session } from "../session.ts";
import { PERSON_FLAGS, signWith } from "../signing-flags.ts";
import { UsageError } from "../usage.ts";
import { planFileText, planViews } from "../views/plan.ts";

export default class Plan extends MoltbotCommand {
  static override summary = "Show what apply would change, and why";
  static override description =
    "Compares what the files declare with what is applied, asks the policies, and changes nothing. A saved plan " +
    "(--out) can be reviewed and then applied: apply does exactly that, or refuses because something moved.";
  static override examples = [
    { description: "What would the files on disk change?", command: "<%= config.bin %> plan" },
    { description: "What would a branch change? Save it for review.", command: "<%= config.bin %> plan --ref main --out plan.json" },
    {
      description: "In a pull request: a comment, and exit code 2 when there are changes",
      command: "<%= config.bin %> plan -o markdown --detailed-exitcode",
    },
    { description: "While you edit: plan again at each save", command: "<%= config.bin %> plan --watch" },
  ];
  static override makesReports = true;
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
    ...SELECTION_FLAGS,
    ...APPROVALS_FLAG,
    ...TRUST_FLAGS,
    out: Flags.string({ helpValue: "FILE", description: "save the plan for `apply FILE` (mode 0600)", env: "MOLTBOT_OUT" }),
    ...CACHE_FLAG,
    attest: Flags.string({
      helpValue: "FILE",
      description: "sign a statement that the plan was made so, and write it there",
      env: "MOLTBOT_ATTEST",
    }),
    ...PERSON_FLAGS,
    watch: Flags.boolean({ description: "plan again whenever a file is saved, until Ctrl-C", env: "MOLTBOT_WATCH" }),
    "detailed-exitcode": Flags.boolean({
      description: "exit 2 when there are changes, 8 when there is only drift or holds",
      env: "MOLTBOT_DETAILED_EXITCODE",
    }),
  };

  static override contradictions = [
    ["watch", "out"],
    ["watch", "ref"],
    ["watch", "report"],
    ["watch", "attest"],
    ["watch", "detailed-exitcode"],
  ] as const;

  async run(): Promise<number> {
    const { flags } = await this.read(Plan);
    const session = this.session(flags);
    if (flags.watch) return this.watch(session, { ...session.query, ...selection(flags), ...trusting(flags) });
    const by = flags.attest === undefined ? null : signWith(flags, process.env, session.look.now);
    const approvals = by && !by.ok ? by : offeredApprovals(flags.approval);
    const engine = await import("../../reconciler/engine.ts");
    const made = approvals.ok
      ? await engine.plan(
          { ...session.query, ...selection(flags), ...trusting(flags), ...approvals.value },
          await session.showingWorld(flags),
        )
      : approvals;
    const kept = saved(made, flags.out);
    const planned = by?.ok === true && flags.attest !== undefined ? await attested(session, kept, by.value, flags.attest) : kept;
    const shown = session.format === "text" && planned.ok ? planned.value.plan : null;
    const values = shown && (await comparedValues(session, shown, { ...session.query, ...selection(flags) }));
    return conclude(session, planned, {
      views: planViews<Planned>({ savedTo: flags.out, values: values ?? undefined }),
      problems: planProblems,
      notices: ({ notices }) => notices,
      code: ({ plan }) => (flags["detailed-exitcode"] ? detailedCode(plan.body, engine.hasEffect(plan.body)) : EXIT.ok),
    });
  }

  private async watch(session: Session, query: Query): Promise<number> {
    if (query.ref !== undefined) throw new UsageError("plan --watch looks at the work tree; it takes no --ref.");
    const { watchPlans } = await import("../plan-watch.ts");
    return watchPlans(session, query, await session.world());
  }
}

/** The plan is written before it is shown: what was shown is what was saved. */
function saved(planned: Result<Planned>, out: string | undefined): Result<Planned> {
  if (!planned.ok || out === undefined) return planned;
  const failure = writeFileAtomically(path.resolve(out), planFileText(planned.value.plan), 0o600);
  return failure ? fail(failure) : planned;
}

/** Says that this plan was made here and now, signed: for whoever reviews or applies it elsewhere. */
async function attested(session: Session, planned: Result<Planned>, by: SignWith, out: string): Promise<Result<Planned>> {
  if (!planned.ok) return planned;
  const { signAttestation } = await import("../../reconciler/engine.ts");
  const { digest, effect, body } = planned.value.plan;
  const owner = `${body.project}/${body.environment}`;
  const statement = { kind: "plan", owner, effect, plan: digest, at: session.look.now.toISOString(), comment: null } as const;
  const signed = await signAttestation(statement, by, session.interrupt.signal);
  if (!signed.ok) return signed;
  const failure = writeFileAtomically(path.resolve(out), signed.value, 0o644);
  return failure ? fail(failure) : planned;
}

function detailedCode(body: Planned["plan"]["body"], hasEffect: boolean): number {
  if (hasEffect) return EXIT.changesPending;
  return body.drift.length > 0 || body.holds.length > 0 ? EXIT.driftOnly : EXIT.ok;
}
