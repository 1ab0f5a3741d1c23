import type { Route } from "../types.ts";
import { commitRoutes } from "./routes-commit.ts";
import { leaseRoutes } from "./routes-leases.ts";
import { noteRoutes } from "./routes-notes.ts";
import { pluginRoutes } from "./routes-plugins.ts";
import { readingRoutes } from "./routes-reading.ts";
import { receiptRoutes } from "./routes-receipt.ts";
import { valueRoutes } from "./routes-values.ts";
import type { ApplyWorld } from "./world.ts";

/** What `plan` and `apply` elsewhere do with the record of this gateway: the target `gateway`. */
export function applyRoutes(world: ApplyWorld): readonly Route[] {
  return [readingRoutes, valueRoutes, leaseRoutes, commitRoutes, receiptRoutes, noteRoutes, pluginRoutes].flatMap((routes) =>
    routes(world),
  );
}
