import { ok, type Result } from "../core/index.ts";
import type { PolicySources } from "../reconciler/engine.ts";
import type { BuildRequest } from "../trust/policy-build/index.ts";
import type { Session } from "./session.ts";

/** What the policy commands begin with: the declared policies, the compiler, and what policies are asked. */
export async function readyToBuild(session: Session): Promise<Result<{ readonly found: PolicySources; readonly request: BuildRequest }>> {
  const { policySources } = await import("../reconciler/engine.ts");
  const found = await policySources(session.query, await session.world());
  if (!found.ok) return found;
  const { findOpa, readInputSchemas } = await import("../trust/policy-build/index.ts");
  const opa = findOpa();
  if (!opa.ok) return opa;
  const schemas = readInputSchemas();
  if (!schemas.ok) return schemas;
  const { loadBuiltinPolicy } = await import("../trust/policy/index.ts");
  const builtin = loadBuiltinPolicy();
  if (!builtin.ok) return builtin;
  const request = { sources: found.value.sources, schemas: schemas.value, opa: opa.value, reserved: builtin.value.policies };
  return ok({ found: found.value, request }, found.warnings);
}
