import type { JsonObject, Result } from "../../core/index.ts";
import type { SealedRecords } from "../store/index.ts";

/** All ids that a person is known by: those of channels and logins, and the name in `Team.people`. */
export type PersonIds = ReadonlySet<string>;

/** One thing that is stored about a person. */
export interface Kept {
  /** Where it stands: `session support/3f2a`, `approval 8c1f`. */
  readonly place: string;
  readonly content: JsonObject;
}

/** A room that keeps something about people. */
export interface Keeper {
  /** `conversations`, `approvals`, `memory`, `pairing`. */
  readonly name: string;
  readonly find: (records: SealedRecords, ids: PersonIds) => Result<readonly Kept[]>;
  /** Deletes what {@link Keeper.find} finds. @returns how many things */
  readonly remove: (records: SealedRecords, ids: PersonIds) => Result<number>;
}
