import { fail, mapResult, problem, shown, type Diagnostic, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, listOf, outputFlag } from "../../flags.ts";
import { identitiesOf } from "../../identities.ts";
import { finishReplacing, replaceFiles } from "../../replace-files.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { rekeyedViews, type Rekeyed } from "../../views/secret.ts";

export default class SecretRekey extends MoltbotCommand {
  static override summary = "Encrypt values again for whom they should be";
  static override description =
    "Looks at every value of the Project, or of the Secrets named, and encrypts again those whose recipients are not the ones that " +
    "secrets.rules and the targets name, together with --add and without --remove. Needs an identity that opens each of them. All files " +
    "are changed, or none. A value that somebody lost access to is marked: it should be changed where it came from, and plan and status say so until it is set again.";
  static override examples = [
    { description: "After a change of secrets.rules", command: "<%= config.bin %> secret rekey" },
    { description: "Somebody leaves", command: "<%= config.bin %> secret rekey --remove age1..." },
    {
      description: "The runtime has a new key; OLD is the one in moltbot.yaml",
      command: '<%= config.bin %> secret rekey --replace "OLD=$(<%= config.bin %> gateway recipient)"',
    },
    { description: "What would be done", command: "<%= config.bin %> secret rekey openai --add age1... --dry-run" },
  ];
  static override args = { names: Args.string({ description: "Secrets (default: all)", multiple: true, ignoreStdin: true }) };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    add: Flags.string({
      helpValue: "age1...",
      multiple: true,
      multipleNonGreedy: true,
      description: "also encrypt for this public key",
      env: "MOLTBOT_ADD",
    }),
    remove: Flags.string({
      helpValue: "age1...",
      multiple: true,
      multipleNonGreedy: true,
      description: "no longer encrypt for this public key",
      env: "MOLTBOT_REMOVE",
    }),
    replace: Flags.string({
      helpValue: "OLD=NEW",
      multiple: true,
      multipleNonGreedy: true,
      description: "put one public key in the place of another, everywhere: in moltbot.yaml and in every value",
      env: "MOLTBOT_REPLACE",
    }),
    "dry-run": Flags.boolean({ description: "only say what would be done", env: "MOLTBOT_DRY_RUN" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(SecretRekey);
    const session = this.session(flags);
    if (session.query.ref !== undefined) throw new UsageError("secret rekey writes files; --ref names a commit, which cannot be changed.");
    const { names = [] } = args;
    const replace = replacements(listOf(flags.replace));
    if (replace.size > 0 && names.length > 0)
      throw new UsageError("--replace changes moltbot.yaml, which is about every Secret: it goes without names.");
    const done = await rekeyed(session, names, {
      add: listOf(flags.add),
      remove: listOf(flags.remove),
      replace,
      isDryRun: flags["dry-run"],
    });
    return conclude(session, done, { views: rekeyedViews });
  }
}

function replacements(pairs: readonly string[]): ReadonlyMap<string, string> {
  const split = pairs.map((pair): [string, string] => {
    const [from = "", to = "", ...more] = pair.split("=").map((each) => each.trim());
    if (from === "" || to === "" || more.length > 0) throw new UsageError("--replace takes two public keys: OLD=NEW.");
    return [from, to];
  });
  const found = new Map(split);
  if (found.size < split.length) throw new UsageError("--replace names one public key twice.");
  if ([...found.values()].some((to) => found.has(to))) throw new UsageError("--replace takes a public key away that it also brings.");
  return found;
}

interface Wish {
  readonly replace: ReadonlyMap<string, string>;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly isDryRun: boolean;
}

async function rekeyed(session: Session, names: readonly string[], wish: Wish): Promise<Result<Rekeyed>> {
  const unusable = await unusableRecipients([...wish.add, ...wish.remove, ...[...wish.replace].flat()]);
  if (unusable.length > 0) return fail(...unusable);
  const { projectFolder, rekey } = await import("../../../reconciler/engine.ts");
  const { ownRecipients } = await import("../../secret-recipients.ts");
  const world = await session.world();
  const folder = await projectFolder(session.query, world);
  // What an interrupted run left is completed first: it is part of what is read.
  const finished = folder.ok && !wish.isDryRun ? finishReplacing(folder.value) : folder;
  if (!finished.ok) return finished;
  const own = await ownRecipients(session, []);
  if (!own.ok) return own;
  const identities = await identitiesOf(session);
  if (!identities.ok) return identities;
  const made = await rekey(session.query, { names, ...wish, own: own.value, identities: identities.value }, world);
  if (!made.ok) return made;
  const written = wish.isDryRun ? made : replaceFiles(made.value.folder, made.value.files);
  if (!written.ok) return written;
  return mapResult(made, ({ values, unchanged, project }) => ({ values, unchanged, project, isWritten: !wish.isDryRun }));
}

async function unusableRecipients(recipients: readonly string[]): Promise<readonly Diagnostic[]> {
  const { recipientType } = await import("../../../trust/secrets/index.ts");
  return recipients
    .filter((each) => recipientType(each) === undefined)
    .map((each) =>
      problem("RECIPIENT_INVALID", {
        detail:
          /AGE-/i.test(each) && !each.startsWith("age1")
            ? "A private key stands where a recipient is due."
            : `${shown(each)} is not an age public key.`,
      }),
    );
}
