import type { JsonObject } from "../../core/index.ts";
import { forgetQuestions, questionsAbout } from "../replay/index.ts";
import { mentions } from "./slots.ts";
import type { Keeper } from "./types.ts";

/** What policies were asked about calls that were made on somebody's behalf, or that name them. */
export const questionKeeper: Keeper = {
  name: "questions",
  find: (records, ids) => {
    const found = questionsAbout(records, ({ call }) => mentions(call, ids));
    if (!found.ok) return found;
    return { ...found, value: found.value.map((each) => ({ place: `question ${each.digest}`, content: each as unknown as JsonObject })) };
  },
  remove: (records, ids) => forgetQuestions(records, ({ call }) => mentions(call, ids)),
};
