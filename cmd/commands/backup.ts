import fs from "node:fs";
import path from "node:path";
import { fail, ok, problem, shown, type Diagnostic, type Result } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { backupViews } from "../views/record.ts";

export default class Backup extends MoltbotCommand {
  static override summary = "Write the whole store to one new file";
  static override description =
    "Generations, ledger, conversations; encrypted values stay encrypted. Keys are left out (keep `.moltbot/keys` apart), or sealed by age for the people of --to. Works while others read.";
  static override examples = [
    { description: "Before an upgrade", command: "<%= config.bin %> backup moltbot.backup" },
    {
      description: "With the keys, for whoever holds the identity",
      command: "<%= config.bin %> backup moltbot.backup --with-keys --to age1...",
    },
  ];
  static override args = { file: Args.string({ description: "the file to write; it must not exist", required: true, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    "with-keys": Flags.boolean({ description: "put the keys in, sealed by age for --to", env: "MOLTBOT_WITH_KEYS" }),
    to: Flags.string({
      helpValue: "age1...",
      multiple: true,
      multipleNonGreedy: true,
      description: "who can open the keys in the backup",
      env: "MOLTBOT_BACKUP_TO",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Backup);
    const session = this.session(flags);
    const { backup } = await import("../../reconciler/engine.ts");
    const file = path.resolve(args.file);
    if (fs.existsSync(file)) return conclude(session, fail(taken(args.file)), { views: backupViews(args.file) });
    const keysFor = await recipientsOf(flags["with-keys"], flags.to ?? []);
    if (!keysFor.ok) return conclude(session, keysFor, { views: backupViews(args.file) });
    const noted = await witnessed(session);
    if (!noted.ok) return conclude(session, noted, { views: backupViews(args.file) });
    const done = await backup(session.query, file, keysFor.value, await session.world());
    return conclude(session, done.ok ? ok(done.value, [...noted.value, ...done.warnings]) : done, { views: backupViews(args.file) });
  }
}

/** The copy says how far the audit of the gateway had come, so that a cut one shows after a restore. */
async function witnessed(session: Session): Promise<Result<readonly Diagnostic[]>> {
  const { stateOf } = await import("../state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const { witnessAudit } = await import("../../runtime/audit/index.ts");
  const { clock, ids, actor } = await session.world();
  return witnessAudit(dir.value, actor, { clock, randomHex: () => ids.next() });
}

/** Keys leave the machine only sealed, so both flags go together. */
async function recipientsOf(withKeys: boolean, to: readonly string[]): Promise<Result<readonly string[]>> {
  if (withKeys && to.length === 0) throw new UsageError("--with-keys needs --to age1...: keys never leave unsealed.");
  if (!withKeys && to.length > 0) throw new UsageError("--to says who can open the keys: it goes with --with-keys.");
  if (!withKeys) return ok([]);
  const { checkRecipients } = await import("../../trust/secrets/index.ts");
  return checkRecipients(to);
}

/** The one copy of a record is not what a second run may write over. */
function taken(file: string): Diagnostic {
  return problem("FILE_IN_THE_WAY", { detail: `${shown(file)} exists; a backup is never written over.`, remedy: "Name another file." });
}
