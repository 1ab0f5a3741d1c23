import os from "node:os";
import path from "node:path";

/** Where commands keep what is the user's own: logins, device keys. */
export function configFolder(): string {
  return path.join(process.env["XDG_CONFIG_HOME"] ?? path.join(os.homedir(), ".config"), "moltbot");
}
