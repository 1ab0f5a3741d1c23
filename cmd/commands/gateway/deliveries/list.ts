import GatewayDeliveries from "../deliveries.ts";

/** The same as `gateway deliveries`, said in full. */
export default class GatewayDeliveriesList extends GatewayDeliveries {
  static override examples = [{ description: "What did not arrive?", command: "<%= config.bin %> gateway deliveries list" }];
}
