import GatewayPairing from "../pairing.ts";

/** The same as `gateway pairing`, said in full. */
export default class GatewayPairingList extends GatewayPairing {
  static override examples = [{ description: "Who waits?", command: "<%= config.bin %> gateway pairing list" }];
}
