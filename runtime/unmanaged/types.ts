import type { JsonObject, Resource, Result } from "../../core/index.ts";

/**
 * The way that a manifest goes before it is declared: its schema, texts that nobody sees, canonical form, references
 * among the resources beside it. Given to the gateway from outside: the stages that do it belong to the reconciler.
 */
export type Declare = (
  manifest: JsonObject,
  beside: { readonly project: string; readonly environment: string; readonly resources: readonly Resource[] },
) => Promise<Result<Resource>>;
