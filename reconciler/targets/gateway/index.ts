/**
 * targets/gateway: a gateway that runs elsewhere, over its API: the same record behind another door. The
 * applier keeps nothing, so a laptop, CI and a daemon are interchangeable.
 */
export { gatewayTarget, type GatewayOptions } from "./target.ts";
