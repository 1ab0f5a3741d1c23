import path from "node:path";
import tty from "node:tty";
import { fail, ok, problem, type Result, type Secret } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { identitiesOf } from "../../identities.ts";
import { writeFileAtomically } from "../../reports.ts";
import { SECRET_ARGS, secretName } from "../../secret-flags.ts";
import { conclude, type Session } from "../../session.ts";
import { valueShownViews, type ValueShown } from "../../views/secret.ts";

export default class SecretView extends MoltbotCommand {
  static override summary = "Decrypt a value and write it to standard output";
  static override description =
    "Needs an identity that opens it (MOLTBOT_AGE_IDENTITY_FILE). The value is written byte for byte, and nothing else is. It goes to standard " +
    "output or, with --out, into a new file that you alone can read; a value that is not text does not go to a terminal.";
  static override examples = [
    { description: "Look at it", command: "<%= config.bin %> secret view openai api-key" },
    { description: "As it was in a commit", command: "<%= config.bin %> secret view openai api-key --ref v1.2" },
    { description: "Into a file of mode 0600", command: "<%= config.bin %> secret view tls key --out server.key" },
  ];
  static override args = SECRET_ARGS;
  static override strict = false;
  static override flags = {
    output: outputFlag("text"),
    out: Flags.string({ helpValue: "FILE", description: "write the value here, mode 0600; the file must not exist", env: "MOLTBOT_OUT" }),
  };

  async run(): Promise<number> {
    const { args, argv, flags } = await this.read(SecretView);
    const secret = secretName(args, argv);
    const session = this.session(flags);
    const value = await decrypted(session, secret);
    const shown = value.ok ? await show(session, secret, value.value, flags.out) : value;
    return conclude(session, shown, { views: valueShownViews });
  }
}

async function decrypted(session: Session, secret: { readonly name: string; readonly key: string }): Promise<Result<Secret<Uint8Array>>> {
  const { openStored, overlaysOf, readSecretTree, storedValue } = await import("../../../reconciler/engine.ts");
  const world = await session.world();
  const overlays = await overlaysOf(session.query, world);
  const tree = overlays.ok ? await readSecretTree(session.query, world) : overlays;
  if (!tree.ok || !overlays.ok) return tree as Result<never>;
  const stored = storedValue(tree.value, secret, overlays.value);
  if (!stored.ok) return stored;
  const identities = await identitiesOf(session);
  return identities.ok ? await openStored(stored.value, tree.value, identities.value) : identities;
}

async function show(
  session: Session,
  { name, key }: { readonly name: string; readonly key: string },
  value: Secret<Uint8Array>,
  out: string | undefined,
): Promise<Result<ValueShown>> {
  const bytes = value.open();
  if (out !== undefined) {
    const failure = writeFileAtomically(path.resolve(out), bytes, 0o600, "new");
    return failure ? fail(failure) : ok({ secret: name, key, file: out });
  }
  if (tty.isatty(1) && !isPrintable(bytes)) {
    return fail(
      problem("SECRET_NOT_TEXT", {
        detail: `Secret/${name} key "${key}" has ${bytes.length} bytes that are not plain text, which could change the terminal.`,
        remedy: `moltbot secret view ${name} ${key} --out FILE`,
      }),
    );
  }
  await session.io.bytes(bytes);
  return ok({ secret: name, key, file: null });
}

/** UTF-8 without control characters but tabs and line breaks. */
function isPrintable(bytes: Uint8Array): boolean {
  try {
    // oxlint-disable-next-line no-control-regex -- these are what it looks for
    return !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
