/**
 * runtime/channels: platforms, and who may talk to whom through them. Connects what is declared, lets messages
 * in or not, and sends answers without links that nobody declared.
 */
export { openChannels } from "./channels.ts";
export { filterLinks, type Allows, type Filtered, type Stripped } from "./outgoing/links.ts";
export { allowedHosts } from "./outgoing/allowed.ts";
export { pairingsOn, type ChannelPairings, type Paired, type PairingOperator, type Pairings, type PendingPairing } from "./pairing.ts";
export type { Channels, ChannelsWorld, ChannelState, House, Intake, MakeAdapter } from "./ports.ts";
export type {
  Accepted,
  Adapter,
  AdapterHost,
  AdapterSetup,
  AdapterTraits,
  Attachment,
  Delivery,
  Destination,
  Inbound,
  Outbound,
} from "./types.ts";
