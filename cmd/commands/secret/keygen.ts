import { makeFolders } from "../../make-folders.ts";
import path from "node:path";
import fs from "node:fs";
import { escapeText, fail, ok, problem, type Result, type Secret } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { outputFailed, writeFileAtomically } from "../../reports.ts";
import { newPassphrase } from "../../identities.ts";
import { conclude, type Session } from "../../session.ts";
import { keyMadeViews, type KeyMade } from "../../views/secret.ts";

export default class SecretKeygen extends MoltbotCommand {
  static override summary = "Make an age key pair";
  static override description =
    "The private half (the identity) goes to a new file of mode 0600, or to standard output in age-keygen's form; the public half (the " +
    "recipient) is what others encrypt for. Keep the identity outside the repository.";
  static override examples = [
    { description: "A key for yourself", command: "<%= config.bin %> secret keygen --out ~/.config/moltbot/identity.txt" },
    {
      description: "Use it afterwards",
      command: "MOLTBOT_AGE_IDENTITY_FILE=~/.config/moltbot/identity.txt <%= config.bin %> secret set ...",
    },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    out: Flags.string({
      helpValue: "FILE",
      description: "write the identity here, mode 0600; the file must not exist",
      env: "MOLTBOT_OUT",
    }),
    pq: Flags.boolean({ description: "a post-quantum key, age1pq1... (age before 1.3 cannot use it)", env: "MOLTBOT_PQ" }),
    passphrase: Flags.boolean({
      description: "encrypt the identity with a passphrase, which is asked for, or comes from MOLTBOT_AGE_PASSPHRASE_FILE or _FD",
      env: "MOLTBOT_PASSPHRASE",
    }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(SecretKeygen);
    const session = this.session(flags);
    const { generateIdentity, identityFile, recipientOf } = await import("../../../trust/secrets/index.ts");
    const identity = await generateIdentity(flags.pq ? "post-quantum" : "x25519");
    const locked = await lockedText(session, await identityFile(identity, new Date().toISOString()), flags.passphrase);
    if (!locked.ok) return conclude(session, locked, { views: keyMadeViews(null) });
    const text = locked.value;
    const recipient = await recipientOf(identity);
    const result = flags.out === undefined ? ok({ recipient, file: null }) : writeIdentity(flags.out, recipient, text);
    // Without a file the identity is what was asked for: the one time it is shown.
    return conclude(session, result, { views: keyMadeViews(flags.out === undefined ? text.open() : null) });
  }
}

/** As it is, or encrypted with a passphrase. */
async function lockedText(session: Session, text: Secret<string>, isLocked: boolean): Promise<Result<Secret<string>>> {
  if (!isLocked) return ok(text);
  const passphrase = await newPassphrase(session);
  if (!passphrase.ok) return passphrase;
  const { lockWithPassphrase } = await import("../../../trust/secrets/index.ts");
  return ok(await lockWithPassphrase(text, passphrase.value));
}

function writeIdentity(file: string, recipient: string, text: Secret<string>): Result<KeyMade> {
  const target = path.resolve(file);
  if (fs.lstatSync(target, { throwIfNoEntry: false }))
    return fail(
      problem("IDENTITY_EXISTS", {
        detail: `${escapeText(file)} exists; a key is never overwritten.`,
        remedy: "Name another file.",
        context: { path: file },
      }),
    );
  try {
    makeFolders(path.dirname(target), 0o700);
  } catch (error) {
    return fail(outputFailed(file, error as Error));
  }
  const failure = writeFileAtomically(target, text.open(), 0o600);
  return failure ? fail(failure) : ok({ recipient, file });
}
