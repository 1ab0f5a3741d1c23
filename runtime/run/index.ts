/**
 * runtime/run: the words that the rooms of the runtime share: who asked, where, in which run of which
 * agent, and what is known of the text that lies before it. Types and pure functions; it imports core only.
 */
export { joinLabels, NO_LABELS } from "./labels.ts";
export { namesOf } from "./names.ts";
export { STOPPED_BY } from "./stopped.ts";
export type { ChannelFacts, Labels, Principal, Role, Run } from "./types.ts";
