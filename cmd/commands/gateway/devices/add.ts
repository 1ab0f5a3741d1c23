import fs from "node:fs";
import path from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { Args } from "@oclif/core";
import { fail, isObject, ok, type Result } from "../../../../core/index.ts";
import { MoltbotCommand } from "../../../base.ts";
import { outputFlag } from "../../../flags.ts";
import { ROLE_FLAG, URL_FLAG } from "../../../gateway-access.ts";
import { writeFileAtomically } from "../../../reports.ts";
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
  const { askAs } = await import("../../../gateway-access.ts");
  const { configFolder } = await import("../../../config-folder.ts");
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const done = await askAs(session, url, "POST", "/v2/auth/devices", { name, publicKey: x, ...(role === undefined ? {} : { role }) });
  if (!done.ok) return done;
  // The gateway has judged the name: it is safe as a file's.
  const file = path.join(configFolder(), "devices", `${name}.pem`);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const failure = writeFileAtomically(file, privateKey.export({ format: "pem", type: "pkcs8" }), 0o600);
  if (failure) {
    await askAs(session, url, "POST", "/v2/auth/revoke", { token: `device:${name}` });
    return fail(failure);
  }
  const given = isObject(done.value) ? done.value["role"] : undefined;
  return ok({ name, file, role: typeof given === "string" ? given : "" });
}
