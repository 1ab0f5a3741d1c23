import { LIMITS, ok, type Result, type Secret } from "../../../core/index.ts";
import type { SecretSite } from "../../../reconciler/engine.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { identitiesOf } from "../../identities.ts";
import { replaceFiles } from "../../replace-files.ts";
import { listOf, SECRET_ARGS, SECRET_FLAGS, secretName } from "../../secret-flags.ts";
import { readFile, readSecretValue, setAtNow } from "../../secret-input.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { valueWrittenViews, type ValueWritten } from "../../views/secret.ts";

type Name = ReturnType<typeof secretName>;

export default class SecretSet extends MoltbotCommand {
  static override summary = "Encrypt a value and write it into its manifest";
  static override description =
    "The value comes from standard input, a file, or is typed unseen; never from the command line. Comments and everything else in the " +
    "manifest stay. A Secret that no manifest declares gets a new one. Nothing is applied: commit the change and apply it.";
  static override examples = [
    { description: "Type it", command: "<%= config.bin %> secret set openai api-key" },
    { description: "From a password manager", command: "pass show openai | <%= config.bin %> secret set openai api-key" },
    {
      description: "Take in a file that the stock age encrypted",
      command: "<%= config.bin %> secret set tls key --from-age server.key.age",
    },
  ];
  static override args = SECRET_ARGS;
  static override strict = false;
  static override contradictions: readonly (readonly [string, string])[] = [["from-file", "from-age"]];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    ...SECRET_FLAGS,
    "from-age": Flags.string({
      helpValue: "FILE",
      description: "decrypt this age file with your identity and take its content",
      env: "MOLTBOT_FROM_AGE",
    }),
  };

  async run(): Promise<number> {
    const { args, argv, flags } = await this.read(SecretSet);
    const secret = secretName(args, argv);
    const session = this.session(flags);
    if (session.query.ref !== undefined) throw new UsageError("secret set writes a file; --ref names a commit, which cannot be changed.");
    const { secretSite } = await import("../../../reconciler/engine.ts");
    const { ownRecipients } = await import("../../secret-recipients.ts");
    const own = await ownRecipients(session, listOf(flags.recipient));
    const site = own.ok ? await secretSite(session.query, secret, own.value, await session.world()) : own;
    if (!site.ok) return conclude(session, site, { views: valueWrittenViews });
    const what = `Secret/${secret.name} ${secret.key}`;
    const value =
      flags["from-age"] === undefined
        ? await readSecretValue(session, flags["from-file"], what)
        : await decrypted(session, flags["from-age"]);
    const written = value.ok ? await write(session, site.value, secret, value.value) : value;
    return conclude(session, written, { views: valueWrittenViews });
  }
}

/** A foreign age file's content, with the identities of the environment. */
async function decrypted(session: Session, file: string): Promise<Result<Secret<Uint8Array>>> {
  const { openForeign } = await import("../../../trust/secrets/index.ts");
  const { Secret: Wrapped } = await import("../../../core/index.ts");
  const identities = await identitiesOf(session);
  if (!identities.ok) return identities;
  const bytes = readFile(file, LIMITS.envelopeBytes);
  if (!bytes.ok) return bytes;
  const opened = await openForeign(bytes.value.open(), identities.value);
  return opened.ok ? ok(new Wrapped(opened.value)) : opened;
}

async function write(session: Session, site: SecretSite, secret: Name, value: Secret<Uint8Array>): Promise<Result<ValueWritten>> {
  const { newSecretManifest, withSecretValues } = await import("../../../reconciler/engine.ts");
  const { sealedEntry, sealValue } = await import("../../../trust/secrets/index.ts");
  const sealed = await sealValue({ ...secret, project: site.project, recipients: site.recipients, value: value.open() });
  if (!sealed.ok) return sealed;
  const edit = { ...secret, entry: sealedEntry(sealed.value, { setAt: setAtNow() }) };
  const text = site.manifest ? await withSecretValues(site.manifest, [edit]) : ok(await newSecretManifest(edit));
  if (!text.ok) return text;
  const file = site.manifest?.path ?? site.newPath;
  const written = replaceFiles(site.folder, [{ path: file, before: site.manifest?.bytes ?? null, after: text.value }]);
  if (!written.ok) return written;
  if (!session.quiet) session.io.err(remarkOn(value));
  return ok({ secret: secret.name, key: secret.key, file, recipients: sealed.value.recipients, isNew: site.manifest === null });
}

/** What is easily done by mistake is said, and done. */
function remarkOn(value: Secret<Uint8Array>): string {
  const bytes = value.open();
  if (bytes.length === 0) return "The value is empty.\n";
  return bytes.at(-1) === 0x0a ? "The value ends with a line break, which is kept.\n" : "";
}
