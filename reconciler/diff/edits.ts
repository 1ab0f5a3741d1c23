/** What an edit means is one thing for the plan and for the runtime: core/record says it. */
export { edited } from "../../core/index.ts";
