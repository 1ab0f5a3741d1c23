import { mapResult } from "../../../core/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { ROLE_FLAG } from "../../gateway-access.ts";
import { conclude } from "../../session.ts";
import { loginViews } from "../../views/login.ts";

export default class GatewayLogin extends MoltbotCommand {
  static override summary = "Log in at a gateway";
  static override description =
    "At the identity provider that the gateway names: in a browser on this machine, or with --device-code on any other. What is kept is a key of this machine (Ed25519), in `devices` of your configuration folder, which only you can read: it signs every request, and no token stays. It is good for 30 days, and never worth more than you are at that moment.";
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
    const { gatewayUrl } = await import("../../gateway-access.ts");
    const { loginByBrowser, loginByCode } = await import("../../logging-in.ts");
    const { enrol } = await import("../../enrolling.ts");
    const url = await gatewayUrl(flags.url);
    const { signal } = session.interrupt;
    const world = { url, role: flags.role, signal, show: (text: string) => session.io.err(text) };
    const found = await (flags["device-code"] ? loginByCode(world) : loginByBrowser(world));
    if (!found.ok) return conclude(session, found, { views: loginViews });
    const { person, role } = found.value;
    const kept = await enrol(url, found.value, signal);
    return conclude(
      session,
      mapResult(kept, ({ device, file }) => ({ url, person, role, device, file })),
      { views: loginViews },
    );
  }
}
