import { fail, LIMITS, mapResult, ok, problem, systemClock, type JsonObject, type Result } from "../core/index.ts";
import { undeliveredAnswers } from "../runtime/conversations/index.ts";
import { shownDelivery } from "../runtime/gateway/index.ts";
import { runningGateway } from "../runtime/process/index.ts";
import { openClient } from "../runtime/client/index.ts";
import { askAs, listedAt } from "./gateway-access.ts";
import type { Session } from "./session.ts";
import { stateOf } from "./state-of.ts";
import { withRecords } from "./with-records.ts";

interface DeliveriesFlags {
  /** A gateway elsewhere. */
  readonly url?: string | undefined;
  readonly "passphrase-file"?: string | undefined;
}

/** Answers that did not reach anybody for certain, as the API shows them; oldest first. */
export interface DeliveriesReport {
  readonly deliveries: readonly JsonObject[];
}

export async function listDeliveries(session: Session, flags: DeliveriesFlags): Promise<Result<DeliveriesReport>> {
  if (flags.url !== undefined)
    return mapResult(await listedAt(session, flags.url, "/v2/deliveries", LIMITS.undeliveredAnswers), (deliveries) => ({ deliveries }));
  return await withRecords(session, flags, (records) =>
    mapResult(undeliveredAnswers(records), (all) => ({ deliveries: all.map(shownDelivery) })),
  );
}

/** By the gateway that runs: it alone sends. @param id - Or how it begins. */
export async function actOnDelivery(
  session: Session,
  flags: DeliveriesFlags,
  verb: "resend" | "drop",
  id: string,
): Promise<Result<DeliveriesReport>> {
  if (flags.url !== undefined) {
    const whole = await wholeId(session, flags, id);
    if (!whole.ok) return whole;
    const done = await askAs(session, flags.url, "POST", actPath(whole.value, verb));
    return mapResult(done, (one) => ({ deliveries: [one] }));
  }
  const state = await stateOf(session);
  if (!state.ok) return state;
  const running = runningGateway(state.value);
  if (!running.ok) return running;
  const socket = running.value === null || running.value === "starting" ? null : running.value.socket;
  if (socket === null)
    return fail(
      problem("GATEWAY_UNREACHABLE", {
        detail: `No gateway runs on ${state.value}: nobody could send it.`,
        remedy: "Start one:\nmoltbot gateway run",
      }),
    );
  const whole = await wholeId(session, flags, id);
  if (!whole.ok) return whole;
  const client = openClient({ place: { socket }, clock: systemClock });
  const answer = await client.ask("POST", actPath(whole.value, verb), null, session.interrupt.signal);
  if (!answer.ok) return answer;
  return ok({ deliveries: [answer.value] });
}

function actPath(id: string, verb: "resend" | "drop"): string {
  return `/v2/deliveries/${encodeURIComponent(id)}/${verb}`;
}

async function wholeId(session: Session, flags: DeliveriesFlags, id: string): Promise<Result<string>> {
  return mapResult(await listDeliveries(session, flags), ({ deliveries }) => {
    const found = deliveries.filter((each) => typeof each["id"] === "string" && each["id"].startsWith(id));
    const [one] = found;
    return found.length === 1 && typeof one?.["id"] === "string" ? one["id"] : id;
  });
}
