/** runtime/channels: platforms, and who may talk to whom through them. */
export type { Accepted, Adapter, AdapterHost, Attachment, Delivery, Destination, Inbound, Outbound } from "./types.ts";
