import type { Bus, RuntimeEvent } from "./types.ts";

interface Subscription {
  readonly types: ReadonlySet<RuntimeEvent["type"]>;
  readonly listener: (event: never) => void;
}

/** An empty bus. Synchronous: a listener that takes long must hand the event on. */
export function newBus(): Bus {
  const subscriptions = new Set<Subscription>();
  return {
    publish: (event) => {
      for (const subscription of subscriptions) {
        if (!subscription.types.has(event.type)) continue;
        try {
          subscription.listener(event as never);
        } catch {
          subscriptions.delete(subscription);
        }
      }
    },
    subscribe: (types, listener) => {
      const subscription: Subscription = { types: new Set<RuntimeEvent["type"]>(types), listener };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
  };
}
