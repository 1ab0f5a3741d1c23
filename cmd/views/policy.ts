import { escapeText } from "../../core/index.ts";
import type { PolicyExplained, PolicyList } from "../../reconciler/engine.ts";
import type { Linted, TestCase, TestReport } from "../../trust/policy-build/index.ts";
import { plainViews, type Views } from "./index.ts";
import { counted, table } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

export interface PolicyBuilt {
  readonly policies: readonly string[];
  readonly rules: number;
  /** What was not as it is now. */
  readonly files: readonly string[];
  readonly isWritten: boolean;
  /** A statement about what was built was signed. */
  readonly isAttested: boolean;
  /** An attestation lies there that is about what was there before. */
  readonly isOutdated: boolean;
  readonly digest: string | null;
}

const NONE = "No Policy is declared; the built-in policies are compiled already.\n";

const OUTDATED =
  "policies/policies.attestation.json is about what was there before. Where it is asked for, attest again:\n  moltbot policy build --attest --key FILE\n";

export const policyBuiltViews: Views<PolicyBuilt> = {
  ...plainViews((built) => ({ formatVersion: "1.0", kind: "PolicyBuild", ...built })),
  text: ({ policies, rules, files, isAttested, isOutdated }, look) => {
    if (policies.length === 0) return fitted(look, NONE);
    const what = `${counted(policies.length, "policy", "policies")} with ${counted(rules, "rule")}`;
    if (files.length === 0) return fitted(look, `${symbolOf(look, "ok")} ${what}: the compiled files are up to date.\n`);
    return fitted(
      look,
      `${symbolOf(look, "ok")} Built ${isAttested ? "and attested " : ""}${what}. Commit what was written:\n${files.map((file) => `  ${file}\n`).join("")}${isOutdated ? OUTDATED : ""}`,
    );
  },
};

export const policyLintedViews: Views<Linted> = {
  ...plainViews((linted) => ({ formatVersion: "1.0", kind: "PolicyLint", ...linted })),
  text: ({ policies, rules }, look) =>
    fitted(
      look,
      policies === 0
        ? NONE
        : `${symbolOf(look, "ok")} ${counted(policies, "policy", "policies")} with ${counted(rules, "rule")} would compile.\n`,
    ),
};

/** What of a report is shown beside the tests themselves. */
export interface TestLook {
  readonly coverage: boolean;
  readonly verbose: boolean;
}

export function policyTestedViews({ coverage, verbose }: TestLook): Views<TestReport> {
  return {
    ...plainViews((report) => ({ formatVersion: "1.0", kind: "PolicyTest", ...report })),
    text: (report, look) => {
      if (report.tests.length === 0)
        return fitted(look, `No test was run. Write one beside a policy: egress_test.rego beside egress.rego.\n${untestedLine(report)}`);
      const failed = report.tests.filter((each) => !each.passed);
      const passed = report.tests.length - failed.length;
      const summary = `${symbolOf(look, failed.length === 0 ? "ok" : "error")} ${counted(passed, "test")} passed${failed.length > 0 ? `, ${failed.length} failed` : ""}.\n`;
      return fitted(
        look,
        `${casesOf(report.tests, look, verbose)}${summary}${coverage ? coverageOf(report, look) : ""}${untestedLine(report)}`,
      );
    },
  };
}

function casesOf(tests: readonly TestCase[], look: Look, isVerbose: boolean): string {
  return tests
    .filter((each) => isVerbose || !each.passed)
    .map((each) => {
      const output =
        isVerbose && each.output !== null
          ? each.output
              .split("\n")
              .filter(Boolean)
              .map((line) => `    ${escapeText(line)}\n`)
              .join("")
          : "";
      return `${symbolOf(look, each.passed ? "ok" : "error")} ${each.name}  ${each.file}:${each.line}\n${output}`;
    })
    .join("");
}

function coverageOf({ coverage, files }: TestReport, look: Look): string {
  const rows = files.map((each) => [each.file, `${each.coverage} %`, each.uncovered.join(", ")]);
  const all = coverage === null ? "There is no line to reach." : `${coverage} % of the lines are reached.`;
  return `${all}\n${rows.length > 0 ? `${table(["file", "reached", "lines not reached"], rows, look).join("\n")}\n` : ""}`;
}

function untestedLine({ untested }: TestReport): string {
  return untested.length > 0 ? `Without tests: ${untested.join(", ")}.\n` : "";
}

export const policyListViews: Views<PolicyList> = {
  ...plainViews((list) => ({ formatVersion: "1.0", kind: "PolicyList", ...list })),
  text: ({ policies, notInForce, leftOut, attestation, environment }, look) => {
    const rows = policies.flatMap(({ rules, address, isScoped }) =>
      rules.map((each) => [
        each.rule,
        `${each.entry} ${each.effect}`,
        each.level,
        `${address === null ? "built-in" : address}${isScoped ? " (some resources)" : ""}`,
        `${each.file}:${each.line}`,
      ]),
    );
    const missing =
      notInForce.length > 0
        ? `\nDeclared and not in force, so everything is denied: ${notInForce.join(", ")}. Build them:\n  moltbot policy build\n`
        : "";
    const others = leftOut.length > 0 ? `\nDeclared, and left out of the environment ${environment}: ${leftOut.join(", ")}.\n` : "";
    return fitted(
      look,
      `${table(["rule", "says", "level", "from", "where"], rows, look).join("\n")}\n${missing}${others}${attestationLine(attestation, look)}`,
    );
  },
};

function attestationLine(attestation: PolicyList["attestation"], look: Look): string {
  if (attestation === null) return "";
  if (attestation.state === "refused") {
    const next = "See why, or have them attested:\n  moltbot validate\n  moltbot policy build --attest --key FILE\n";
    return `\n${symbolOf(look, "error")} Nobody who is believed says who compiled the policies of the Project. ${next}`;
  }
  const { signer, identity, issuer, opa, at } = attestation.by;
  const who = identity === null ? `the key "${signer}"` : `${escapeText(identity)} (${escapeText(issuer ?? "")})`;
  return `\n${symbolOf(look, "ok")} Compiled with opa ${escapeText(opa)} at ${at}, as ${who} attests.\n`;
}

export const policyExplainedViews: Views<readonly PolicyExplained[]> = {
  ...plainViews((answers) => ({ formatVersion: "1.0", kind: "PolicyEval", answers })),
  text: (answers, look) => fitted(look, answers.map((each) => explained(each, look)).join("\n")),
};

function explained({ entry, grant, answer, findings, broken }: PolicyExplained, look: Look): string {
  const status = answer === "denied" ? "error" : answer === "conditional" ? "warning" : "ok";
  const words = answer === "conditional" ? "allowed, then decided on each call" : answer;
  const lines = findings.map(({ rule, effect, message, path, at }) => {
    const where = at ? `  ${at.file}:${at.line}` : "";
    return `  ${effect} ${rule}${where}\n    ${escapeText(message)}${path === null ? "" : ` (${path})`}\n`;
  });
  const silent = findings.length === 0 ? "  No rule speaks.\n" : "";
  const said = broken === null ? "" : `  ${escapeText(broken)}\n`;
  return `${symbolOf(look, status)} ${entry}${grant === null ? "" : ` ${grant}`}: ${words}\n${lines.join("")}${silent}${said}`;
}
