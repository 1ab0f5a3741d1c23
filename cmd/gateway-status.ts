import { ok, systemClock, type Result } from "../core/index.ts";
import type { HouseStatus } from "../runtime/gateway/index.ts";
import { runningGateway, type RunFacts } from "../runtime/process/index.ts";
import type { Session } from "./session.ts";
import { openClient } from "../runtime/client/index.ts";

/** How the gateway of a state folder does. */
export interface GatewayStatus {
  readonly state: "running" | "stopped";
  /** The state folder, or the address of one elsewhere. */
  readonly folder: string;
  /** Null while it starts or stops. */
  readonly facts: RunFacts | null;
  /** What it tells over its socket; null where nothing runs. */
  readonly house: HouseStatus | null;
}

export async function gatewayStatus(folder: string, signal: AbortSignal): Promise<Result<GatewayStatus>> {
  const found = runningGateway(folder);
  if (!found.ok) return found;
  if (found.value === null) return ok({ state: "stopped", folder, facts: null, house: null });
  if (found.value === "starting") return ok({ state: "running", folder, facts: null, house: null });
  const facts = found.value;
  if (facts.socket === null) return ok({ state: "running", folder, facts, house: null });
  const client = openClient({ place: { socket: facts.socket }, clock: systemClock });
  const house = await client.ask("GET", "/v2/status", null, signal);
  return house.ok ? ok({ state: "running", folder, facts, house: house.value as unknown as HouseStatus }) : house;
}

/** How a gateway elsewhere does, as it tells whoever may look. */
export async function gatewayStatusAt(session: Session, url: string): Promise<Result<GatewayStatus>> {
  const { askAs } = await import("./gateway-access.ts");
  const house = await askAs(session, url, "GET", "/v2/status");
  return house.ok ? ok({ state: "running", folder: url, facts: null, house: house.value as unknown as HouseStatus }) : house;
}
