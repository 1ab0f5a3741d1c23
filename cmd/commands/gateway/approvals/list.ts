import GatewayApprovals from "../approvals.ts";

/** The same as `gateway approvals`, said in full. */
export default class GatewayApprovalsList extends GatewayApprovals {
  static override examples = [{ description: "What waits?", command: "<%= config.bin %> gateway approvals list" }];
}
