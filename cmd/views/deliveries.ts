import { escapeText, type Json } from "../../core/index.ts";
import type { DeliveriesReport } from "../deliveries.ts";
import { plainViews, type Views } from "./index.ts";
import { table } from "./layout.ts";
import { fitted } from "./look.ts";
import { ageText } from "./plan-facts.ts";
import { symbolOf } from "./status.ts";

const words = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** Answers that did not reach anybody for certain. With --verbose what they say. */
export const deliveriesViews: Views<DeliveriesReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "Deliveries", ...report })),
  text: ({ deliveries }, look) => {
    if (deliveries.length === 0) return fitted(look, "Every answer that was made was delivered or is on its way.\n");
    const rows = deliveries.map((each) =>
      [
        words(each["id"]),
        words(each["state"]),
        words(each["agent"]),
        `${words(each["channel"])} to ${words(each["peer"])}`,
        ageText(words(each["at"]), look.now),
        words(each["code"]),
      ].map(escapeText),
    );
    const lines = table(["ID", "STATE", "AGENT", "WHERE", "ENDED", "WHY"], rows, look);
    const whole = look.verbose ? deliveries.flatMap((each) => ["", words(each["id"]), escapeText(words(each["text"]))]) : [];
    const next = ["", "moltbot gateway deliveries resend ID    (`unknown` may have arrived: what was said is shown by --verbose)"];
    return fitted(look, `${[...lines, ...whole, ...next].join("\n")}\n`);
  },
};

/** One that was sent again, or let go. */
export function deliveryDoneViews(verb: "resend" | "drop"): Views<DeliveriesReport> {
  return {
    isDeed: true,
    ...plainViews((report) => ({ formatVersion: "1.0", kind: verb === "resend" ? "DeliveryResent" : "DeliveryDropped", ...report })),
    text: ({ deliveries }, look) => {
      const did = verb === "resend" ? "It is sent once more" : "Let go of";
      const lines = deliveries.map(
        (each) =>
          `${symbolOf(look, "ok")} ${did}: ${escapeText(words(each["id"]))}, ${escapeText(`${words(each["channel"])} to ${words(each["peer"])}`)}`,
      );
      return fitted(look, `${lines.join("\n")}\n`);
    },
  };
}
