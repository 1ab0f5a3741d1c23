import { addressOf, failAll, ok, type Diagnostic, type Result } from "../core/index.ts";
import { fileCandidate } from "./candidates.ts";
import { declaredEnvironments, readDesired, type Desired } from "./desired.ts";
import { declaredPolicies } from "./origins.ts";
import type { Query, Validated, ValidatedAll, World } from "./types.ts";

/** Is the tree well-formed, complete and consistent, and attested where it asks for that? Looks at no target. */
export async function validate(query: Query, world: World): Promise<Result<Validated>> {
  const desired = await readDesired(query, world);
  if (!desired.ok) return desired;
  const { config, ids, warnings } = desired.value;
  const wrong = await attestationProblems(desired.value, world);
  if (wrong.length > 0) return failAll(wrong);
  const { project, environment } = config;
  return ok({ project, environment, resources: config.resources.map((each) => each.resource), files: ids.size }, warnings);
}

/** What is missing, or was made from other policies, is told by a plan; here, who made what is there. */
async function attestationProblems(desired: Desired, world: World): Promise<readonly Diagnostic[]> {
  const { config, project } = desired;
  const declared = config.byAddress.get(addressOf(project.written.kind, project.name))?.resource;
  if (!declared || declaredPolicies(desired).length === 0) return [];
  return (await fileCandidate(desired, { declared, active: undefined }, config, world)).refusals;
}

/** The same for each environment that the Project declares; what several of them say is told once. */
export async function validateAll(query: Query, world: World): Promise<Result<ValidatedAll>> {
  const names = await declaredEnvironments(query, world);
  if (!names.ok) return names;
  const environments: Validated[] = [];
  const said = new Map<string, Said>();
  for (const environment of names.value.length === 0 ? [undefined] : names.value) {
    const checked = await validate(environment === undefined ? query : { ...query, environment }, world);
    if (checked.ok) environments.push(checked.value);
    for (const each of checked.ok ? checked.warnings : checked.diagnostics) note(said, each, environment);
  }
  const all = [...said.values()].map((each) => told(each, names.value.length));
  return all.some((each) => each.severity === "error") ? failAll(all) : ok({ environments }, all);
}

interface Said {
  readonly diagnostic: Diagnostic;
  readonly environments: string[];
}

function note(said: Map<string, Said>, diagnostic: Diagnostic, environment: string | undefined): void {
  const { code, detail, at } = diagnostic;
  const key = JSON.stringify([code, detail, at?.file, at?.line, at?.column]);
  const known = said.get(key) ?? { diagnostic, environments: [] };
  if (environment !== undefined) known.environments.push(environment);
  said.set(key, known);
}

/** What does not hold in every environment says where it does. */
function told({ diagnostic, environments }: Said, count: number): Diagnostic {
  if (environments.length === count) return diagnostic;
  const names = environments.join(", ");
  return {
    ...diagnostic,
    detail: `${diagnostic.detail} (In ${environments.length === 1 ? "environment" : "environments"} ${names}.)`,
    context: { ...diagnostic.context, environments: environments.join(",") },
  };
}
