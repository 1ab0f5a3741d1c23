/**
 * controller: the watch loop. It looks at a source, plans and applies what it finds, and waits; every
 * effect is a port, so the loop itself is a plain function of what happens.
 */
export { waitAfter, type Backoff } from "./backoff.ts";
export { MAX_CORRECTIONS_IN_A_ROW } from "./corrections.ts";
export {
  FRESH_STATE,
  runLoop,
  stateUnreadable,
  type LoopEvent,
  type LoopOptions,
  type LoopPorts,
  type LoopState,
  type Revision,
} from "./loop.ts";
export { changesIn, type Changes } from "./changes.ts";
export { LOOP_FILE, readLoopState } from "./state-file.ts";
export { watch, type WatchOptions } from "./watch.ts";
