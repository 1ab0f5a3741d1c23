import { mapResult, type JsonObject, type Result } from "../../core/index.ts";
import type { Undelivered } from "../conversations/index.ts";
import { count, instant, objectOf, orNull, OWNER, pageFrom, pageOf, pageQuery, text } from "./schema.ts";
import type { Route } from "./types.ts";

export interface DeliveriesWorld {
  readonly undelivered: () => Result<readonly Undelivered[]>;
  readonly resend: (id: string) => Promise<Result<Undelivered>>;
  readonly letGo: (id: string) => Promise<Result<Undelivered>>;
}

const ID: JsonObject = text("The answer.", { pattern: "^[a-z0-9-]{1,80}$" });

const DELIVERY: JsonObject = objectOf({
  id: ID,
  state: text("Whether anybody got it: `unknown` may have arrived.", { enum: ["unknown", "refused", "given up"] }),
  at: instant("When it ended."),
  code: orNull(text("Why; null where the gateway ended in the middle.")),
  owner: OWNER,
  agent: text("Who answered."),
  session: text("In which conversation."),
  run: text("By which run."),
  channel: text("Over which channel."),
  peer: text("Whom or where."),
  parts: count("Parts that the platform took for certain."),
  text: text("The answer."),
});

/** Answers that were made and are not sent any more by themselves. */
export function deliveryRoutes(world: DeliveriesWorld): readonly Route[] {
  const act = (verb: "resend" | "drop", id: string, summary: string, work: (id: string) => Promise<Result<Undelivered>>): Route => ({
    method: "POST",
    path: `/v2/deliveries/{id}/${verb}`,
    id,
    summary,
    tag: "messages",
    role: "operator",
    isIdempotent: true,
    params: objectOf({ id: ID }),
    answer: DELIVERY,
    status: 200,
    handle: async ({ params }) => mapResult(await work(params["id"] ?? ""), (one) => ({ status: 200, body: shownDelivery(one) })),
  });
  return [
    {
      method: "GET",
      path: "/v2/deliveries",
      id: "listDeliveries",
      summary: "Answers that did not reach anybody for certain, by id",
      tag: "messages",
      // It holds what was said, as conversations do.
      role: "operator",
      query: pageQuery(),
      answer: pageOf(DELIVERY),
      status: 200,
      handle: async ({ query }) =>
        mapResult(world.undelivered(), (all) => {
          const page = pageFrom(
            [...all].sort((a, b) => (a.id < b.id ? -1 : 1)),
            ({ id }) => id,
            query,
          );
          return { status: 200, body: { items: page.items.map(shownDelivery), next: page.next } };
        }),
    },
    act("resend", "resendDelivery", "Send one once more, though it may have arrived", world.resend),
    act("drop", "dropDelivery", "Let go of one", world.letGo),
  ];
}

/** As the API and the command show one. */
export function shownDelivery({ id, state, at, code, owner, parts, answer }: Undelivered): JsonObject {
  const { agent, session, run, channel, message } = answer;
  return { id, state, at, code, owner, agent, session, run, channel: channel.name, peer: message.to.peer, parts, text: message.text };
}
