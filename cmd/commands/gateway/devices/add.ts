import { Args } from "@oclif/core";
import { ok, type Result } from "../../../../core/index.ts";
import { MoltbotCommand } from "../../../base.ts";
import { outputFlag } from "../../../flags.ts";
import { ROLE_FLAG, URL_FLAG } from "../../../gateway-access.ts";
import { conclude, type Session } from "../../../session.ts";
import { addedDeviceViews } from "../../../views/login.ts";

export default class GatewayDevicesAdd extends MoltbotCommand {
  static override summary = "Make a key for a device, and make it known to a gateway";
  static override description =
    "The key (Ed25519) lies in your configuration folder and never leaves it; it signs requests, each good once. A device is never worth more than the person who made it known is at that moment.";
  static override examples = [
    { description: "For a script that looks", command: "<%= config.bin %> gateway devices add reports --role viewer" },
    { description: "At a gateway elsewhere", command: "<%= config.bin %> gateway devices add laptop --url https://bots.acme.example" },
  ];
  static override args = { name: Args.string({ required: true, description: "its name: lower-case letters, digits and dashes" }) };
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG, role: ROLE_FLAG() };

  async run(): Promise<number> {
    const { flags, args } = await this.read(GatewayDevicesAdd);
    const session = this.session(flags);
    return conclude(session, await added(session, args.name, flags), { views: addedDeviceViews });
  }
}

async function added(
  session: Session,
  name: string,
  { url, role }: { readonly url?: string | undefined; readonly role?: string | undefined },
): Promise<Result<{ readonly name: string; readonly file: string; readonly role: string }>> {
  const { gatewayAs } = await import("../../../gateway-access.ts");
  const { keepDeviceKey, newDeviceKey } = await import("../../../enrolling.ts");
  const client = await gatewayAs(session, url);
  if (!client.ok) return client;
  const { signal } = session.interrupt;
  const lineage = await client.value.lineage(signal);
  if (!lineage.ok) return lineage;
  const { key, publicKey } = newDeviceKey();
  const done = await client.value.ask("POST", "/v2/auth/devices", { name, publicKey, ...(role === undefined ? {} : { role }) }, signal);
  if (!done.ok) return done;
  const kept = keepDeviceKey(name, key, lineage.value, null);
  if (!kept.ok) {
    await client.value.ask("POST", "/v2/auth/revoke", { token: `device:${name}` }, signal);
    return kept;
  }
  const given = done.value["role"];
  return ok({ name, file: kept.value, role: typeof given === "string" ? given : "" });
}
