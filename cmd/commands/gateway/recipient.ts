import { fail, ok, problem, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, OPTIONAL_REASON_FLAG, outputFlag, RENEWAL_FLAGS } from "../../flags.ts";
import { renew } from "../../renew.ts";
import { conclude, type Session } from "../../session.ts";
import { UsageError } from "../../usage.ts";
import { recipientViews } from "../../views/secret.ts";

const WHAT =
  "The runtime gets a new key, and the old one is gone. Values encrypted for the old one alone can no longer be opened. Whoever has an " +
  "identity that opens them puts the new recipient in the place of the old one, in moltbot.yaml and in every value, with `moltbot secret " +
  "rekey --replace OLD=NEW`; without one, each is set again with `moltbot secret set`. Then commit and apply: until then the runtime " +
  "cannot open what is active.";

const DEFAULT_REASON = "a new runtime key was asked for";

interface Own {
  readonly recipient: string;
  readonly state: string;
}

export default class GatewayRecipient extends MoltbotCommand {
  static override summary = "Print the runtime's public key, to encrypt secrets for it; or make a new key";
  static override description = `Creates nothing without --new: the key is made with the store, at the first apply. With --new: ${WHAT}`;
  static override examples = [
    { description: "The line for moltbot.yaml", command: 'echo "recipient: $(<%= config.bin %> gateway recipient)"' },
    {
      description: "From now on a post-quantum key; then every value is encrypted again for it",
      command: "<%= config.bin %> gateway recipient --new --pq",
    },
    { description: "The key was lost", command: '<%= config.bin %> gateway recipient --new --reason "lost with the old host"' },
  ];
  static override contradictions = [["pq", "classic"]] as const;
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    new: Flags.boolean({ description: "make a new key in place of the present or lost one", env: "MOLTBOT_NEW_KEY" }),
    pq: Flags.boolean({
      description: "with --new: a post-quantum key, age1pq1... (default: of the type of the Project's recipients)",
      env: "MOLTBOT_PQ",
    }),
    classic: Flags.boolean({ description: "with --new: an X25519 key, age1...", env: "MOLTBOT_CLASSIC" }),
    reason: OPTIONAL_REASON_FLAG,
    ...RENEWAL_FLAGS,
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayRecipient);
    const session = this.session(flags);
    // As a variable a reason may be there for other commands.
    const saysWhy = this.argv.some((word) => word === "--reason" || word.startsWith("--reason="));
    const saysType = this.argv.some((word) => word === "--pq" || word === "--classic");
    if (saysType && !flags.new) throw new UsageError("--pq and --classic say what the new key is: they go with --new.");
    if (saysWhy && !flags.new) throw new UsageError("--reason says why there is a new key: it goes with --new.");
    const found = flags.new ? await renewed(session, flags.reason ?? DEFAULT_REASON, flags) : await recipient(session);
    return conclude(session, found, { views: recipientViews });
  }
}

async function renewed(
  session: Session,
  because: string,
  flags: Parameters<typeof renew>[2] & { readonly pq: boolean; readonly classic: boolean },
): Promise<Result<Own>> {
  const storeKeys = flags.pq ? ({ runtime: "post-quantum" } as const) : flags.classic ? ({ runtime: "x25519" } as const) : {};
  const approved = `gateway recipient --new${flags.pq ? " --pq" : ""}${flags.classic ? " --classic" : ""}`;
  const made = await renew(session, { key: "runtime.agekey", because, what: WHAT, approved, storeKeys }, flags);
  return made.ok ? await recipient(session) : made;
}

async function recipient(session: Session): Promise<Result<Own>> {
  const { place } = await import("../../../reconciler/engine.ts");
  const found = await place(session.query, await session.world());
  if (!found.ok) return found;
  const { state } = found.value;
  const { runtimeRecipient } = await import("../../../runtime/store/index.ts");
  const own = runtimeRecipient(state);
  if (!own.ok) return own;
  if (own.value !== null) return ok({ recipient: own.value, state });
  return fail(
    problem("NO_RECORD", {
      detail: `There is no store in ${state} yet, so the runtime has no key.`,
      remedy: "Apply once (Secrets may be `pending`), or name the state folder:\n--state DIR",
      context: { state },
    }),
  );
}
