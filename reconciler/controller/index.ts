/**
 * controller: the watch loop. It looks at a source, plans and applies what it finds, and waits; every
 * effect is a port, so the loop itself is a plain function of what happens.
 */
export { waitAfter, type Backoff } from "./backoff.ts";
export { MAX_CORRECTIONS_IN_A_ROW } from "./corrections.ts";
export { runLoop, type LoopEvent, type LoopOptions, type LoopPorts, type Revision } from "./loop.ts";
export { changesIn, type Changes } from "./changes.ts";
export { FRESH_STATE, LOOP_FILE, readLoopState, type LoopState } from "../loop-state.ts";
export { watch, type WatchOptions, type WatchSource } from "./watch.ts";
