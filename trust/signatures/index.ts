/**
 * trust/signatures: commits, plugin bundles, attestations. What this version cannot verify or enforce
 * is refused here, so that nothing is accepted without effect.
 */
export { isJudging } from "./judges.ts";
export { unenforceable, type Unenforceable } from "./unenforceable.ts";
