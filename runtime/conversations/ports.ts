import type { Clock, Ids, Result } from "../../core/index.ts";
import type { Audit, AuditLog } from "../audit/index.ts";
import type { Bus } from "../events/index.ts";
import type { Gate, RuntimeGate } from "../gate/index.ts";
import type { LocalModels } from "../models/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { Turns } from "../turns/index.ts";
import type { Agents, Deliver } from "./types.ts";

/** The gate as runs use it: the tools, and where it counts, what may be spent. */
export type RunGate = Gate & Partial<Pick<RuntimeGate, "budgets" | "finish" | "forget">>;

/** The world as conversations need it. */
export interface ConversationsWorld {
  readonly agents: Agents;
  /** Null: nobody has tools. */
  readonly gate: RunGate | null;
  readonly bus: Bus;
  /** Null: nothing is audited here (a conversation on the terminal without a gateway). */
  readonly audit: (Audit & Partial<Pick<AuditLog, "recordSoon">>) | null;
  /** Hands out the sealed records for as long as `work` runs: those that are open, or opened for it. */
  readonly withRecords: <T>(work: (records: SealedRecords) => Result<T>) => Result<T>;
  readonly deliver: Deliver;
  /** The model files of this machine; absent: none are asked. */
  readonly models?: LocalModels | undefined;
  /** Whether the clock is believed when something would go because it is old; absent: it is. */
  readonly mayForget?: () => boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
  readonly random?: () => number;
  /** When what writes for many has its turn, and whether there is time to spare; absent: at once, and always. */
  readonly turns?: Pick<Turns, "next" | "isBusy">;
}
