import { fail, problem, type Json, type JsonObject, type Result } from "../core/index.ts";
import { accessTokenFor } from "./credentials.ts";
import { Flags } from "./flags.ts";
import { askGateway, gatewayUrl } from "./gateway-client.ts";
import type { Session } from "./session.ts";

export const URL_FLAG = Flags.string({
  helpValue: "URL",
  description: "the gateway's address; without it, the one that runs on the state folder",
  env: "MOLTBOT_GATEWAY_URL",
});

export const ROLE_FLAG = Flags.option({
  options: ["viewer", "operator", "editor", "owner"] as const,
  description: "no more than this role (default: one's own)",
  env: "MOLTBOT_ROLE",
});

/** Asks a gateway as whoever one is there: with the token of a login, or over the socket of the state folder. */
export async function askAs(
  session: Session,
  url: string | undefined,
  method: "GET" | "POST",
  path: string,
  body: JsonObject | null = null,
): Promise<Result<Json>> {
  if (url !== undefined) {
    const at = gatewayUrl(url);
    const credentials = await accessTokenFor(at);
    return credentials.ok ? await askGateway({ url: at }, method, path, body, credentials.value.accessToken) : credentials;
  }
  const { stateOf } = await import("./state-of.ts");
  const dir = await stateOf(session);
  if (!dir.ok) return dir;
  const { runningGateway } = await import("../runtime/process/index.ts");
  const running = runningGateway(dir.value);
  if (!running.ok) return running;
  const socket = running.value === null || running.value === "starting" ? null : running.value.socket;
  if (socket === null)
    return fail(
      problem("GATEWAY_UNREACHABLE", {
        detail: "No gateway runs on this state folder.",
        remedy: "Start it, or name another: --url URL\nmoltbot gateway run",
      }),
    );
  return await askGateway({ socket }, method, path, body);
}
