import type { ComparedValues } from "../reconciler/comparing-values.ts";
import type { Plan } from "../reconciler/plan/index.ts";
import type { Query } from "../reconciler/types.ts";
import { identitiesOf } from "./identities.ts";
import type { Session } from "./session.ts";
import { renderDiagnostics } from "./views/index.ts";

/**
 * Whoever holds an identity sees whether what was encrypted again is the same value. For the text alone; the
 * plan says it to nobody, and is the same for everybody.
 */
export async function comparedValues(session: Session, plan: Plan, query: Query): Promise<ComparedValues | undefined> {
  const { MOLTBOT_AGE_IDENTITY: given, MOLTBOT_AGE_IDENTITY_FILE: file } = process.env;
  if (!given && !file) return undefined;
  const { compareValues, hasReplacedValues } = await import("../reconciler/engine.ts");
  if (!hasReplacedValues(plan)) return undefined;
  const identities = await identitiesOf(session);
  const compared = identities.ok ? await compareValues(plan, identities.value, query, await session.world()) : identities;
  if (compared.ok) return compared.value;
  // It is only for show: what cannot be opened is told, and the plan stands as it is.
  const told = compared.diagnostics.map((each) => ({ ...each, severity: "warning" as const }));
  session.io.err(await renderDiagnostics("text", told, session.command, session.errLook));
  return undefined;
}
