/**
 * runtime/net: which addresses of the network may be reached. Whatever connects on behalf of an agent, a
 * plugin or a command asks here: a name is looked up once, every address it has is judged, and what is then
 * connected to is one of exactly those. And what is asked of TLS: {@link clientTls}.
 */
export { classifyAddress, isInNetwork, networkOf, type AddressClass } from "./address.ts";
export { connectPinned, pinnedLookup } from "./connect.ts";
export { nodeHttp, nodeHttps } from "./node-http.ts";
export { clientTls, isTlsTooOld, onTlsException, sharedExceptions, TLS_REMEDY, tlsTooOld, type TlsExceptions } from "./tls.ts";
export { resolvePinned, type AddressPolicy, type LookupAll, type Pinned } from "./resolve.ts";
