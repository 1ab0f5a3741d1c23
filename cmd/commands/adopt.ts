import { parseAddress, shown, type Address, type Owner } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { choicesOf } from "../confirm.ts";
import { APPROVAL_FLAGS, Args, Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { UsageError } from "../usage.ts";
import { appliedEnding } from "../views/applied.ts";

export default class Adopt extends MoltbotCommand {
  static override summary = "Take resources over from another owner";
  static override description =
    "An address belongs to one Project and environment on a target. This plans and applies the named resources alone, and makes them ours.";
  static override examples = [
    {
      description: "An agent moves from one Project to this one",
      command: "<%= config.bin %> adopt Agent/support --from acme-old/default",
    },
  ];
  static override makesReports = true;
  static override args = {
    addresses: Args.string({ description: "which resources, each as Kind/name", multiple: true, required: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml", "markdown"),
    from: Flags.string({
      helpValue: "OWNER",
      required: true,
      description: "who has them now, as project/environment",
      env: "MOLTBOT_FROM",
    }),
    ...APPROVAL_FLAGS,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Adopt);
    const session = this.session(flags);
    const from = ownerOf(flags.from);
    const addresses = args.addresses.map(addressOf);
    const { apply } = await import("../../reconciler/engine.ts");
    const query = { ...session.query, targets: addresses, adopt: addresses.map((address) => ({ address, from })) };
    return conclude(session, await apply(query, null, choicesOf(session, flags, false), await session.world()), appliedEnding);
  }
}

function addressOf(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed) throw new UsageError(`An address is Kind/name; found ${shown(text)}.`);
  return parsed.address;
}

function ownerOf(text: string): Owner {
  const [project, environment, ...more] = text.split("/");
  if (!project || !environment || more.length > 0) throw new UsageError(`--from takes project/environment; found ${shown(text)}.`);
  return `${project}/${environment}`;
}
