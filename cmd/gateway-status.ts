import { mapResult, type Result } from "../core/index.ts";
import { runningGateway, type RunFacts } from "../runtime/process/index.ts";

/** How the gateway of a state folder does. */
export interface GatewayStatus {
  readonly state: "running" | "stopped";
  readonly folder: string;
  /** Null while it starts or stops. */
  readonly facts: RunFacts | null;
}

export function gatewayStatus(folder: string): Result<GatewayStatus> {
  return mapResult(runningGateway(folder), (found): GatewayStatus => {
    if (found === null) return { state: "stopped", folder, facts: null };
    return { state: "running", folder, facts: found === "starting" ? null : found };
  });
}
