import { problem, type Diagnostic } from "../../core/index.ts";
import { parseLock, policySourcesDigest, type Compiled } from "../policy/index.ts";
import { buildPolicies, lockText, type BuildRequest } from "./build.ts";

/** What building the policies again showed. */
export type Rebuilt =
  | { readonly outcome: "same" }
  /** The committed files are not what the sources compile to. */
  | { readonly outcome: "different"; readonly problem: Diagnostic }
  /** Nothing was compared: the compiler that the lock names is not here, or the sources do not compile. */
  | { readonly outcome: "unchecked"; readonly problems: readonly Diagnostic[] };

/** Builds again, where the compiler is the one that the lock names, and compares every byte. */
export function rebuildAndCompare(request: BuildRequest, committed: Compiled): Rebuilt {
  const { bundle, lock } = committed;
  if (bundle === null || lock === null) return { outcome: "different", problem: difference("they are not there") };
  const text = new TextDecoder().decode(lock);
  const parsed = parseLock(text);
  if (!parsed.ok) return { outcome: "unchecked", problems: parsed.diagnostics };
  if (parsed.value.opa.sha256 !== request.opa.sha256) {
    const detail = `The lock names opa ${parsed.value.opa.version} (sha256 ${parsed.value.opa.sha256}); here is ${request.opa.version}.`;
    return {
      outcome: "unchecked",
      problems: [problem("POLICY_COMPILER", { detail, remedy: "Build again with the compiler that is here:\n  moltbot policy build" })],
    };
  }
  if (parsed.value.sources !== policySourcesDigest(request.sources)) {
    return { outcome: "different", problem: difference("they were built from other policies", "sources") };
  }
  const built = buildPolicies(request);
  if (!built.ok) return { outcome: "unchecked", problems: built.diagnostics };
  if (Buffer.compare(built.value.wasm, bundle) !== 0) return { outcome: "different", problem: difference("the bundle has other bytes") };
  if (lockText(built.value.lock) !== text) return { outcome: "different", problem: difference("the lock says something else") };
  return { outcome: "same" };
}

function difference(why: string, what = "files"): Diagnostic {
  return problem("POLICY_STALE", {
    detail: `Building the policies again does not give the committed files: ${why}.`,
    remedy: "Build them and commit both files:\n  moltbot policy build",
    context: { what },
  });
}
