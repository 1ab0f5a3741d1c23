import { ok, type Result } from "../../core/index.ts";
import { appendTo, loadSession, readAll, slotOf } from "../sessions/index.ts";
import type { SealedRecords } from "../store/index.ts";
import type { State } from "./state.ts";
import type { LiveAgent } from "./types.ts";

/** Records in the session that a run was cut off, and says which tools it had used. */
export function noteInterruption(records: SealedRecords, state: State, live: LiveAgent, session: string, run: string): Result<string> {
  const stored = loadSession(records, slotOf(live.life, session));
  if (!stored.ok) return stored;
  if (stored.value === null) return ok("I was interrupted. Please ask again.");
  const all = readAll(records, stored.value);
  if (!all.ok) return all;
  const ended = new Set(
    all.value.filter((each) => each.run === run && each.kind === "result").map((each) => (each.kind === "result" ? each.call : "")),
  );
  const calls = all.value.filter((each) => each.run === run).filter((each) => each.kind === "call");
  const named = (isEnded: boolean): string =>
    [...new Set(calls.filter(({ call }) => ended.has(call) === isEnded).map(({ tool }) => tool))].join(", ");
  const [used, open] = [named(true), named(false)];
  const text =
    "I was interrupted by a restart and did not finish." +
    (used === "" ? "" : ` I had already used: ${used}.`) +
    (open === "" ? "" : ` Whether this had its effect is not known: ${open}.`) +
    " Nothing of it is done again; please ask again if something is missing.";
  const at = state.clock.now().toISOString();
  const put = appendTo(records, stored.value, [{ kind: "notice", text, code: "RUN_INTERRUPTED", run }], { at, ids: state.ids });
  return put.ok ? ok(text) : put;
}
