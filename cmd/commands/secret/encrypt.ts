import { ok } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { listOf, SECRET_ARGS, SECRET_FLAGS, secretName } from "../../secret-flags.ts";
import { readSecretValue, setAtNow } from "../../secret-input.ts";
import { conclude } from "../../session.ts";
import { fragmentViews } from "../../views/secret.ts";

export default class SecretEncrypt extends MoltbotCommand {
  static override summary = "Encrypt a value and print it as a part of a manifest";
  static override description =
    "Reads the value from standard input or a file and prints what goes below `spec.values` of the Secret. The envelope is bound to the " +
    "Project, the Secret and the key. `secret set` does the same and writes it into the manifest.";
  static override examples = [
    { description: "From a password manager", command: "pass show openai | <%= config.bin %> secret encrypt openai api-key" },
    { description: "From a file", command: "<%= config.bin %> secret encrypt tls key --from-file server.key" },
  ];
  static override args = SECRET_ARGS;
  static override strict = false;
  static override flags = { output: outputFlag("text", "json", "yaml"), ...SECRET_FLAGS };

  async run(): Promise<number> {
    const { args, argv, flags } = await this.read(SecretEncrypt);
    const secret = secretName(args, argv);
    const session = this.session(flags);
    const { secretFragment, secretRecipients } = await import("../../../reconciler/engine.ts");
    const { ownRecipients } = await import("../../secret-recipients.ts");
    const own = await ownRecipients(session, listOf(flags.recipient));
    if (!own.ok) return conclude(session, own, { views: fragmentViews });
    const site = await secretRecipients(session.query, secret, own.value, await session.world());
    if (!site.ok) return conclude(session, site, { views: fragmentViews });
    const value = await readSecretValue(session, flags["from-file"], `Secret/${secret.name} ${secret.key}`);
    if (!value.ok) return conclude(session, value, { views: fragmentViews });
    const { sealedEntry, sealValue } = await import("../../../trust/secrets/index.ts");
    const sealed = await sealValue({ ...site.value, ...secret, value: value.value.open() });
    if (!sealed.ok) return conclude(session, sealed, { views: fragmentViews });
    const entry = sealedEntry(sealed.value, { setAt: setAtNow() });
    return conclude(session, ok({ key: secret.key, entry, yaml: await secretFragment({ key: secret.key, entry }) }), {
      views: fragmentViews,
    });
  }
}
