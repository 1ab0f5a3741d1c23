import fs from "node:fs";
import path from "node:path";
import { addressOf, isArray, isObject, LIMITS, ok, type Json, type JsonObject, type Resource, type Result } from "../core/index.ts";
import { COMPILED_FILES, NOTHING_COMPILED, type Compiled } from "../trust/policy/index.ts";
import type { BuildSource } from "../trust/policy-build/index.ts";
import { declaredEnvironments, readDesired, type Desired } from "./desired.ts";
import { declaredPolicies, embeddedPolicies } from "./origins.ts";
import type { Query, World } from "./types.ts";

/** The policies that a Project declares, as they are compiled, and what is compiled of them. */
export interface PolicySources {
  /** The folder of the moltbot.yaml in force, absolute. */
  readonly folder: string;
  readonly sources: readonly BuildSource[];
  /** `<file>_test.rego` beside each text that is a file of its own, by the policy's name. */
  readonly tests: ReadonlyMap<string, BuildSource>;
  readonly compiled: Compiled;
}

/** open -> load -> validate -> resolve, and then the texts of every Policy. The bundle is one for all environments: any of them will do. */
export async function policySources(query: Query, world: World): Promise<Result<PolicySources>> {
  const environment = await anyEnvironment(query, world);
  if (!environment.ok) return environment;
  const read = await readDesired({ ...query, ...(environment.value === undefined ? {} : { environment: environment.value }) }, world);
  if (!read.ok) return read;
  const { folder, compiled } = read.value;
  const sources = sourcesOf(read.value, world);
  const tests = query.ref === undefined ? testsOf(folder, sources) : new Map<string, BuildSource>();
  return ok({ folder, sources, tests, compiled: compiled ?? NOTHING_COMPILED }, read.warnings);
}

/** The same of what was read already. */
export function sourcesOf(desired: Desired, world: World): readonly BuildSource[] {
  const places = embeddedPolicies(desired, world);
  return declaredPolicies(desired).map(({ resource }) => {
    const place = places.get(addressOf(resource.kind, resource.metadata.name));
    return { ...textOf(resource), file: place?.file ?? COMPILED_FILES.lock, firstLine: place?.firstLine ?? 1 };
  });
}

function textOf({ metadata, spec }: Resource): { readonly name: string; readonly rego: string; readonly data: JsonObject } {
  const { rego, data } = spec as { readonly rego?: Json; readonly data?: Json };
  return { name: metadata.name, rego: typeof rego === "string" ? rego : "", data: isObject(data) && !isArray(data) ? data : {} };
}

async function anyEnvironment(query: Query, world: World): Promise<Result<string | undefined>> {
  if (query.environment !== undefined) return ok(undefined);
  const names = await declaredEnvironments(query, world);
  return names.ok ? ok(names.value[0]) : names;
}

/** Tests are read from disk: they are no part of what is compiled or judged. */
function testsOf(folder: string, sources: readonly BuildSource[]): ReadonlyMap<string, BuildSource> {
  const tests = new Map<string, BuildSource>();
  for (const { name, file } of sources) {
    if (!file.endsWith(".rego")) continue;
    const test = file.replace(/\.rego$/, "_test.rego");
    const absolute = path.join(folder, test);
    const size = fs.statSync(absolute, { throwIfNoEntry: false })?.size;
    if (size === undefined || size > LIMITS.embeddedFileBytes) continue;
    tests.set(name, { name: `${name}_test`, rego: fs.readFileSync(absolute, "utf8"), data: {}, file: test, firstLine: 1 });
  }
  return tests;
}
