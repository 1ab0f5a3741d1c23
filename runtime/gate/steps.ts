import type { Diagnostic } from "../../core/index.ts";
import type { LiveAgent, LiveOwner } from "../live/index.ts";
import type { ApprovalStore } from "./approvals.ts";
import type { Allowed } from "./decide.ts";
import type { Handles } from "./handles.ts";
import type { Rates } from "./rates.ts";
import type { Known } from "./receipts.ts";
import type { SessionFacts, SessionStates } from "./session-state.ts";
import type { GateWorld } from "./types.ts";
import type { Waiting } from "./waiting.ts";

/** What the steps of an execution share. */
export interface Execution {
  readonly world: GateWorld;
  readonly handles: Handles;
  readonly sessions: SessionStates;
  readonly approvals: ApprovalStore;
  readonly waiting: Waiting;
  readonly rates: Rates;
}

/** A call that may happen now, as far as everything but a person's approval goes. */
export interface Permitted {
  readonly owner: LiveOwner;
  readonly agent: LiveAgent;
  readonly session: SessionFacts;
  readonly allowed: Allowed;
}

/** A no, and what is known of the call by then. */
export interface Refusal {
  readonly why: readonly Diagnostic[];
  readonly known: Known;
}

export type Step<T> = { readonly isOk: true; readonly value: T } | { readonly isOk: false; readonly refusal: Refusal };

export function no(known: Known, why: readonly Diagnostic[]): Step<never> {
  return { isOk: false, refusal: { why, known } };
}
