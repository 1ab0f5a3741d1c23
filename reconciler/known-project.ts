import { fail, ok, problem, type JsonObject, type Owner, type Result } from "../core/index.ts";
import { readProjectOnly, type Context } from "./desired.ts";
import { projectFacts, type TargetFacts } from "./project.ts";
import { openTarget } from "./targets/index.ts";
import type { Query, World } from "./types.ts";

/** A state folder that is named on the command line is that of our own runtime. */
const EMBEDDED: TargetFacts = {
  type: "embedded",
  url: null,
  recipient: null,
  recipientType: null,
  state: null,
  policies: {},
  applyTimeoutMs: 30_000,
};

/**
 * The Project, for commands that look at the record: from moltbot.yaml, or, where there is none but a
 * state folder is named, as it was applied. So `status --state DIR` works on a host that only follows a
 * repository elsewhere.
 */
export async function knownProject(query: Query, world: World): Promise<Result<Context>> {
  const context = await readProjectOnly(query, world);
  const isMissing = !context.ok && context.diagnostics.every((each) => each.code === "PROJECT_NOT_FOUND");
  if (!isMissing || query.state === undefined) return context;
  const recorded = await recordedProject(query, query.state, world);
  // A folder without a record is no better explained by the record than by the missing file.
  return recorded.ok && recorded.value === null ? context : (recorded as Result<Context>);
}

async function recordedProject(query: Query, state: string, world: World): Promise<Result<Context | null>> {
  const target = openTarget(EMBEDDED, query.repo, state, world);
  if (!target.ok) return target;
  const { record } = target.value;
  const owners = await record.owners();
  if (!owners.ok) return owners;
  if (owners.value === null || owners.value.length === 0) return ok(null);
  const owner = theOwner(owners.value, query.environment);
  if (!owner.ok) return owner;
  const status = await record.status(owner.value);
  if (!status.ok) return status;
  const resources = await record.resources(owner.value, status.value?.active?.number ?? 0);
  if (!resources.ok) return resources;
  const project = [...resources.value.values()].find((each) => each.kind === "Project");
  if (!project) return ok(null);
  const environment = owner.value.slice(owner.value.indexOf("/") + 1);
  const { name } = project.metadata;
  const written = { file: "moltbot.yaml", document: 0, line: 1, kind: project.kind, name, value: { ...project } as unknown as JsonObject };
  const facts = projectFacts(written, environment);
  if (!facts.ok) return facts;
  const repository = { commit: null, tree: null, ref: null, dirty: false, uncommitted: false };
  return ok({ project: facts.value, repository, folder: query.repo, files: new Map(), ids: new Map(), warnings: [] });
}

/** The one owner of a state folder, or the one of the environment that is named. */
function theOwner(owners: readonly Owner[], environment: string | undefined): Result<Owner> {
  const fitting = owners.filter((each) => environment === undefined || each.endsWith(`/${environment}`));
  const [only, another] = fitting;
  if (only !== undefined && another === undefined) return ok(only);
  return fail(
    problem("ENVIRONMENT_REQUIRED", {
      detail: `The state folder holds the records of ${owners.join(", ")}.`,
      remedy: "Run the command beside one Project's moltbot.yaml, or name an environment that only one of them has:\n  -e NAME",
      context: { owners: owners.join(",") },
    }),
  );
}
