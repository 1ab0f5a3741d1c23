import { mapResult, type Result } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { ROLE_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { loginViews } from "../../views/login.ts";

export default class GatewayLogin extends MoltbotCommand {
  static override summary = "Log in at a gateway";
  static override description =
    "At the identity provider that the gateway names: in a browser on this machine, or with --device-code on any other. What is kept lies in credentials.json of your configuration folder, which only you can read.";
  static override examples = [
    { description: "With a browser", command: "<%= config.bin %> gateway login --url https://bots.acme.example" },
    { description: "From a machine without one", command: "<%= config.bin %> gateway login --url https://bots.acme.example --device-code" },
    { description: "To look only", command: "<%= config.bin %> gateway login --url https://bots.acme.example --role viewer" },
  ];
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    url: Flags.string({ helpValue: "URL", required: true, description: "the gateway's address", env: "MOLTBOT_GATEWAY_URL" }),
    role: ROLE_FLAG(),
    "device-code": Flags.boolean({ description: "show a code to enter on another machine", env: "MOLTBOT_DEVICE_CODE" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayLogin);
    const session = this.session(flags);
    const { gatewayUrl } = await import("../../gateway-client.ts");
    const { loginByBrowser, loginByCode } = await import("../../logging-in.ts");
    const { keepCredentials } = await import("../../credentials.ts");
    const url = gatewayUrl(flags.url);
    const world = { url, role: flags.role, signal: session.interrupt.signal, show: (text: string) => session.io.err(text) };
    return conclude(session, await login(), { views: loginViews });

    async function login(): Promise<Result<{ readonly url: string; readonly person: string; readonly role: string }>> {
      const found = await (flags["device-code"] ? loginByCode(world) : loginByBrowser(world));
      if (!found.ok) return found;
      const kept = await keepCredentials(url, found.value);
      const { person, role } = found.value;
      return mapResult(kept, () => ({ url, person, role }));
    }
  }
}
