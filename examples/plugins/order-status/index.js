// @ts-check
import { definePlugin, ToolError } from "moltbot/plugin";

export default definePlugin({
  tools: {
    lookup: async ({ order }, context) => {
      const { settings, storage } = context;
      const shop = typeof settings.shop === "string" ? settings.shop : "https://shop.acme.example";
      // The host adds the shop's token, once the request is allowed (plugin.yaml, credentials).
      const text = await context.call("http.fetch", { url: `${shop}/orders/${order}` });
      const found = /"state"\s*:\s*"([a-z]+)"/.exec(text)?.[1];
      if (found === undefined) throw new ToolError("the shop did not say where the order is");
      const before = await storage.get(order);
      await storage.set(order, found);
      return { order, state: found, changed: before !== null && before !== found };
    },
  },
});
