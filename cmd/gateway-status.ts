import { ok, type Result } from "../core/index.ts";
import type { HouseStatus } from "../runtime/gateway/index.ts";
import { runningGateway, type RunFacts } from "../runtime/process/index.ts";
import { askGateway } from "./gateway-client.ts";

/** How the gateway of a state folder does. */
export interface GatewayStatus {
  readonly state: "running" | "stopped";
  readonly folder: string;
  /** Null while it starts or stops. */
  readonly facts: RunFacts | null;
  /** What it tells over its socket; null where nothing runs. */
  readonly house: HouseStatus | null;
}

export async function gatewayStatus(folder: string): Promise<Result<GatewayStatus>> {
  const found = runningGateway(folder);
  if (!found.ok) return found;
  if (found.value === null) return ok({ state: "stopped", folder, facts: null, house: null });
  if (found.value === "starting") return ok({ state: "running", folder, facts: null, house: null });
  const facts = found.value;
  if (facts.socket === null) return ok({ state: "running", folder, facts, house: null });
  const house = await askGateway({ socket: facts.socket }, "GET", "/v2/status", null);
  return house.ok ? ok({ state: "running", folder, facts, house: house.value as unknown as HouseStatus }) : house;
}
