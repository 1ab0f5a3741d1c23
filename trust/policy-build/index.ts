/**
 * policy-build: from Rego to the compiled bundle and its lock. The only room that runs `opa`, and only where
 * somebody builds, tests or compares: what is evaluated later needs no compiler.
 *
 * Offers `buildPolicies`, `testPolicies`, `lintPolicies` and `rebuildAndCompare`; `readInputSchemas` (what
 * policies are asked) and `findOpa`.
 */
export { buildPolicies, lockText, type BuildRequest, type PolicyBuild } from "./build.ts";
export { NATIVE_FUNCTIONS, TOTAL_FUNCTIONS } from "./functions.ts";
export { readInputSchemas, type InputSchemas } from "./inputs.ts";
export { lintPolicies, titleOf, type Linted } from "./lint.ts";
export { findOpa, runOpa, type Opa } from "./opa.ts";
export type { ParsedPolicy, SpeakingRule } from "./parse.ts";
export { rebuildAndCompare, type Rebuilt } from "./rebuild.ts";
export { canonicalPath, type BuildSource } from "./source.ts";
export { testPolicies, testProblems, type FileCoverage, type TestCase, type TestReport } from "./testing.ts";
