import { byCodeUnit, isArray, isObject, ok, problem, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { dataDocument } from "../policy/index.ts";
import type { Opa } from "./opa.ts";
import { canonicalPath, type BuildSource } from "./source.ts";
import { compilerErrors, inWorkplace, locator, type Locate, type Workplace } from "./workplace.ts";

export interface TestRequest {
  readonly sources: readonly BuildSource[];
  /** `<name>_test.rego` of each policy that has one, by the policy's name. */
  readonly tests: ReadonlyMap<string, BuildSource>;
  readonly opa: Opa;
  /** Only tests whose names this finds. */
  readonly only?: string;
}

export interface TestCase {
  /** `egress.test_unknown_host`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly passed: boolean;
  /** What `print` wrote in it. */
  readonly output: string | null;
}

export interface FileCoverage {
  readonly file: string;
  /** Per cent of the lines that hold rules. */
  readonly coverage: number;
  readonly uncovered: readonly number[];
}

export interface TestReport {
  readonly tests: readonly TestCase[];
  /** Of all policies together; null where there is no line to reach. */
  readonly coverage: number | null;
  readonly files: readonly FileCoverage[];
  /** Policies without any test. */
  readonly untested: readonly string[];
}

/**
 * Runs the tests that stand beside the policies, in the layout that they are built in, and counts the lines
 * they reach. `opa` runs them as it evaluates Rego itself.
 *
 * @returns a report, also of tests that fail; an error only where the texts do not compile.
 */
export function testPolicies(request: TestRequest): Result<TestReport> {
  return inWorkplace(request.opa, (place) => {
    const files = new Map<string, BuildSource>();
    for (const source of request.sources) files.set(canonicalPath(source.name), source);
    for (const [name, test] of request.tests) files.set(canonicalPath(`${name}_test`), test);
    for (const [file, { rego }] of files) place.write(file, rego);
    place.write(
      "policies/data.json",
      JSON.stringify(dataDocument(Object.fromEntries(request.sources.map((each) => [each.name, each.data])))),
    );
    const locate = locator(files);
    const tests = runTests(place, locate, request.only);
    if (!tests.ok) return tests;
    const covered = coverageOf(place, locate, request);
    const untested = request.sources.filter(({ name }) => !request.tests.has(name)).map(({ name }) => name);
    return ok({ tests: tests.value, ...covered, untested });
  });
}

function runTests(place: Workplace, locate: Locate, only: string | undefined): Result<readonly TestCase[]> {
  const run = place.run("test", "--format", "json", "--verbose", ...(only === undefined ? [] : ["--run", only]), "policies");
  const list = jsonOf(run.stdout);
  // Nothing to run is said in words.
  if (list === undefined && run.status === 0) return ok([]);
  if (!isArray(list)) {
    const errors = compilerErrors({ ...run, status: 1 }, locate);
    return errors.ok ? ok([]) : errors;
  }
  return ok(
    list
      .filter(isObject)
      .map((each) => caseOf(each, locate))
      .toSorted((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line),
  );
}

function caseOf(each: { readonly [key: string]: Json }, locate: Locate): TestCase {
  const { location, package: of, name, fail, error, output } = each;
  const { file, row } = isObject(location) ? location : {};
  const at = locate(typeof file === "string" ? file : "", Number(row ?? 1), 1);
  const where = typeof of === "string" ? of.replace(/^data\.moltbot\.policies\./, "") : "";
  return {
    name: `${where}.${typeof name === "string" ? name : ""}`,
    file: at?.file ?? "",
    line: at?.line ?? 1,
    passed: fail !== true && (error === undefined || error === null),
    output: typeof output === "string" ? Buffer.from(output, "base64").toString("utf8") : null,
  };
}

function coverageOf(place: Workplace, locate: Locate, { sources }: TestRequest): Pick<TestReport, "coverage" | "files"> {
  const report = jsonOf(place.run("test", "--coverage", "--format", "json", "policies").stdout);
  const byFile = isObject(report) && isObject(report["files"]) ? report["files"] : {};
  const files: FileCoverage[] = [];
  let [reached, all] = [0, 0];
  for (const { name } of sources) {
    const found = byFile[canonicalPath(name)];
    const [covered, missed] = isObject(found) ? [linesOf(found["covered"]), linesOf(found["not_covered"])] : [[], []];
    if (covered.length + missed.length === 0) continue;
    reached += covered.length;
    all += covered.length + missed.length;
    const places = missed.flatMap((row) => locate(canonicalPath(name), row, 1) ?? []);
    const file = locate(canonicalPath(name), 1, 1)?.file ?? name;
    files.push({ file, coverage: percent(covered.length, covered.length + missed.length), uncovered: places.map((each) => each.line) });
  }
  return { coverage: all === 0 ? null : percent(reached, all), files };
}

function linesOf(ranges: Json | undefined): readonly number[] {
  return (isArray(ranges) ? ranges : []).flatMap((range) => {
    const { start, end } = isObject(range) ? range : {};
    const [from, to] = [start, end].map((each) => (isObject(each) ? Number(each["row"]) : 0));
    return from && to ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
  });
}

function percent(part: number, whole: number): number {
  return Math.floor((1000 * part) / whole) / 10;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What a report means for whoever asked: each failed test, and coverage below what was asked for. */
export function testProblems(report: TestReport, minCoverage: number | null): readonly Diagnostic[] {
  const failed = report.tests
    .filter((each) => !each.passed)
    .map(({ name, file, line }) =>
      problem("POLICY_TEST_FAILED", { detail: `${name} is not true.`, at: { file, line, column: 1 }, context: { test: name } }),
    );
  // What tests reach that fail says nothing.
  if (failed.length > 0 || minCoverage === null || (report.coverage ?? 0) >= minCoverage) return failed;
  const missed = report.files.filter((each) => each.uncovered.length > 0).map((each) => `${each.file}: ${each.uncovered.join(", ")}`);
  return [
    problem("POLICY_COVERAGE", {
      detail: `The tests reach ${report.coverage ?? 0} % of the lines; ${minCoverage} % are asked for.`,
      remedy:
        missed.length > 0
          ? `Lines that no test reaches:\n${missed.map((each) => `  ${each}`).join("\n")}`
          : "Write a test beside the policy.",
      context: { coverage: report.coverage ?? 0 },
    }),
  ];
}
