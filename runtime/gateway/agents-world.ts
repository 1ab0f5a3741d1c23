import type { Kinds } from "../../core/index.ts";
import type { Live } from "../live/index.ts";
import type { StoreWriter } from "../store/index.ts";
import type { Declare } from "../unmanaged/index.ts";

export interface AgentsWorld {
  readonly live: () => Live;
  /** What it does now. */
  readonly stateOf: (owner: string, agent: string) => "idle" | "busy" | "error";
  readonly store: () => Pick<StoreWriter, "addEdit" | "addHold" | "changeUnmanaged">;
  readonly kinds: Kinds;
  /** Of moltbot, for the record. */
  readonly version: string;
  readonly newId: () => string;
  readonly declare: Declare;
}
