import { fail, ok, problem, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";
import { recipientViews } from "../../views/secret.ts";

export default class GatewayRecipient extends MoltbotCommand {
  static override summary = "Print the runtime's public key, to encrypt secrets for it";
  static override description = "Creates nothing: the key is made with the store, at the first apply.";
  static override examples = [
    { description: "The line for moltbot.yaml", command: 'echo "recipient: $(<%= config.bin %> gateway recipient)"' },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayRecipient);
    const session = this.session(flags);
    return conclude(session, await recipient(session), { views: recipientViews });
  }
}

async function recipient(session: Session): Promise<Result<{ readonly recipient: string; readonly state: string }>> {
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
