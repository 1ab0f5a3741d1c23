import { ok, type Result } from "../../core/index.ts";
import { loadLine } from "./line.ts";
import { letGoOf, type State } from "./state.ts";

/**
 * Lets go of what was deleted from the store beside the lanes: messages are not answered any more, what is being
 * made for them is stopped, and answers are not sent. Whoever waits for an answer without a lane is in no slot yet:
 * they are known by their ids.
 */
export function lookAgain(state: State, people: ReadonlySet<string> = new Set()): Result<void> {
  stopAsking(state, people);
  let undelivered = 0;
  for (const lane of state.lanes.values()) {
    const line = state.journal.read((records) => loadLine(records, lane.slot));
    if (!line.ok) return line;
    const there = new Set(line.value?.pending.map(({ n }) => n));
    const gone = lane.items.filter(({ pending }) => !there.has(pending.n));
    lane.items.splice(0, lane.items.length, ...lane.items.filter((item) => !gone.includes(item)));
    state.waiting -= gone.length;
    const answers = line.value?.out.length ?? 0;
    undelivered += answers;
    lane.hasAnswers = answers > 0;
    if (lane.running.some((item) => gone.includes(item))) lane.stop?.abort("deleted");
    if (lane.items.length > 0 || lane.isBusy) continue;
    if (lane.timer) clearTimeout(lane.timer);
    lane.timer = null;
    letGoOf(state, lane);
  }
  state.undelivered = undelivered;
  return ok(undefined);
}

function stopAsking({ asking: all }: State, people: ReadonlySet<string>): void {
  for (const asking of all) {
    const { id, person } = asking.principal;
    if (!people.has(id) && (person === null || !people.has(person))) continue;
    asking.isGone = true;
    asking.stop.abort("deleted");
  }
}
