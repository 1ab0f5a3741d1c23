// @ts-check

const SHOP = "https://orders.acme.example";

/** @type {Readonly<Record<string, (input: Record<string, any>) => unknown>>} */
export const tools = {
  lookup: async ({ order }) => (await fetch(`${SHOP}/orders/${encodeURIComponent(order)}`)).json(),
  refund: async ({ order, cents, reason }) => {
    const body = JSON.stringify({ order, cents, reason });
    return (await fetch(`${SHOP}/refunds`, { method: "POST", body })).json();
  },
};
