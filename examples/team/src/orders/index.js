// @ts-check
import { definePlugin } from "moltbot/plugin";

const SHOP = "https://orders.acme.example";

export default definePlugin({
  tools: {
    lookup: ({ order }, context) => context.call("http.fetch", { url: `${SHOP}/orders/${encodeURIComponent(order)}` }),
    refund: ({ order, cents, reason }, context) =>
      context.call("http.fetch", { method: "post", url: `${SHOP}/refunds`, body: JSON.stringify({ order, cents, reason }) }),
  },
});
