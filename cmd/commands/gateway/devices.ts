import { ok, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { outputFlag } from "../../flags.ts";
import { URL_FLAG } from "../../gateway-access.ts";
import { conclude, type Session } from "../../session.ts";
import { devicesViews, type DevicesAndLogins } from "../../views/login.ts";

export default class GatewayDevices extends MoltbotCommand {
  static override summary = "List one's devices and logins at a gateway; all of them for an owner";
  static override examples = [
    { description: "On this machine", command: "<%= config.bin %> gateway devices" },
    { description: "Elsewhere", command: "<%= config.bin %> gateway devices --url https://bots.acme.example" },
  ];
  static override flags = { output: outputFlag("text", "json", "yaml"), url: URL_FLAG };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayDevices);
    const session = this.session(flags);
    return conclude(session, await listed(session, flags.url), { views: devicesViews });
  }
}

async function listed(session: Session, url: string | undefined): Promise<Result<DevicesAndLogins>> {
  const { askAs } = await import("../../gateway-access.ts");
  const devices = await askAs(session, url, "GET", "/v2/auth/devices");
  if (!devices.ok) return devices;
  const logins = await askAs(session, url, "GET", "/v2/auth/logins");
  return logins.ok ? ok({ devices: devices.value["items"] ?? [], logins: logins.value["items"] ?? [] }) : logins;
}
