import { ok, type Result } from "../../../core/index.ts";
import type { TestReport } from "../../../trust/policy-build/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { readyToBuild } from "../../policy-building.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { policyTestedViews } from "../../views/policy.ts";

export default class PolicyTest extends MoltbotCommand {
  static override summary = "Run the tests of the Policies";
  static override description =
    "Tests are rules `test_...` in <name>_test.rego beside the policy's own file, in package `moltbot.policies.<name>_test`. They see the policy's data as " +
    "its rules do. A test that is not true ends with exit code 1.";
  static override examples = [
    { description: "All tests", command: "<%= config.bin %> policy test" },
    { description: "In a pull request", command: "<%= config.bin %> policy test --min-coverage 90 --report junit=policies.xml" },
    { description: "Some of them, with what `print` writes", command: "<%= config.bin %> policy test --run unknown_host --verbose" },
  ];
  static override makesReports = true;
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    coverage: Flags.boolean({ description: "list the lines that no test reaches", env: "MOLTBOT_COVERAGE" }),
    "min-coverage": Flags.integer({
      helpValue: "N",
      description: "exit 1 when the tests reach fewer than N per cent of the lines",
      env: "MOLTBOT_MIN_COVERAGE",
    }),
    run: Flags.string({ helpValue: "PATTERN", description: "only tests whose names match this regular expression", env: "MOLTBOT_RUN" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyTest);
    const session = this.session(flags);
    const least = flags["min-coverage"] ?? null;
    if (least !== null && (least < 0 || least > 100)) throw new UsageError("--min-coverage is a number of per cent, from 0 to 100.");
    if (session.query.ref !== undefined) throw new UsageError("policy test reads the tests from disk; --ref names a commit.");
    const { testProblems } = await import("../../../trust/policy-build/index.ts");
    return conclude(session, await tested(session, flags.run), {
      views: policyTestedViews({ coverage: flags.coverage || least !== null, verbose: flags.verbose }),
      problems: (report) => testProblems(report, least),
    });
  }
}

async function tested(session: Session, only: string | undefined): Promise<Result<TestReport>> {
  const ready = await readyToBuild(session);
  if (!ready.ok) return ready;
  const { found, request } = ready.value;
  const { testPolicies } = await import("../../../trust/policy-build/index.ts");
  const report = testPolicies({ sources: request.sources, tests: found.tests, opa: request.opa, ...(only === undefined ? {} : { only }) });
  return report.ok ? ok(report.value, ready.warnings) : report;
}
