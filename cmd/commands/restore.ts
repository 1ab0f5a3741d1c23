import path from "node:path";
import { failAll, ok, type Diagnostic, type Result } from "../../core/index.ts";
import type { Identity } from "../../trust/secrets/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, BECAUSE_FLAG, Flags, outputFlag } from "../flags.ts";
import { identitiesIn } from "../identities.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { restoredViews } from "../views/record.ts";

export default class Restore extends MoltbotCommand {
  static override summary = "Bring a backup back, or accept a store that is older than its ledger says";
  static override description =
    "A store that stands here is replaced only with --replace, and is kept beside. Nothing of the target changes: plan afterwards.";
  static override examples = [
    { description: "After a disk failure", command: '<%= config.bin %> restore moltbot.backup --because "new disk"' },
    {
      description: "With the keys that the backup holds",
      command: '<%= config.bin %> restore moltbot.backup --identity key.txt --because "new host"',
    },
    {
      description: "The file system was set back, and that is meant",
      command: '<%= config.bin %> restore --accept-older --because "snapshot of Monday"',
    },
  ];
  static override args = { file: Args.string({ description: "a file written by `backup`", ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    because: BECAUSE_FLAG,
    identity: Flags.string({
      helpValue: "FILE",
      multiple: true,
      multipleNonGreedy: true,
      description: "an age identity file that opens the keys in the backup",
      env: "MOLTBOT_BACKUP_IDENTITY",
    }),
    replace: Flags.boolean({ description: "replace the store that stands here; it is kept beside", env: "MOLTBOT_REPLACE" }),
    "accept-older": Flags.boolean({ description: "no file: accept the store that stands here as it is", env: "MOLTBOT_ACCEPT_OLDER" }),
  };
  static override contradictions = [
    ["replace", "accept-older"],
    ["identity", "accept-older"],
  ] as const;

  async run(): Promise<number> {
    const { args, flags } = await this.read(Restore);
    const session = this.session(flags);
    const acceptOlder = flags["accept-older"];
    if (acceptOlder === (args.file !== undefined)) throw new UsageError("Name a backup file, or say --accept-older.");
    const { restore } = await import("../../reconciler/engine.ts");
    const file = args.file === undefined ? null : path.resolve(args.file);
    const identities = await openedIdentities(session, flags.identity ?? []);
    if (!identities.ok) return conclude(session, identities, { views: restoredViews });
    const choice = { file, because: flags.because, replace: flags.replace, acceptOlder, identities: identities.value };
    const done = await restore(session.query, choice, await session.world());
    return conclude(session, done.ok ? ok(done.value, [...done.warnings, ...(await remarksOnAudit(session))]) : done, {
      views: restoredViews,
    });
  }
}

/** Events are not in a backup: whether those that are here are all that the ledger names. */
async function remarksOnAudit(session: Session): Promise<readonly Diagnostic[]> {
  const { stateOf } = await import("../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return [];
  const { auditAgainstLedger } = await import("../../runtime/audit/index.ts");
  return auditAgainstLedger(dir.value, (await session.world()).clock);
}

async function openedIdentities(session: Session, files: readonly string[]): Promise<Result<readonly string[]>> {
  const read: Result<readonly Identity[]>[] = [];
  for (const file of files) read.push(await identitiesIn(session, file));
  const problems = read.flatMap((each) => (each.ok ? [] : each.diagnostics));
  return problems.length > 0 ? failAll(problems) : ok(read.flatMap((each) => (each.ok ? each.value.map((one) => one.open()) : [])));
}
