import { digestJson, failAll, ok, segmentsOf, type Diagnostic, type Json, type Kinds, type Result } from "../core/index.ts";
import { isBundledSkill, loadSkills } from "../trust/signatures/index.ts";
import { originIn, type ResolvedConfig, type ResolvedResource } from "./resolve/index.ts";

/**
 * The desired state in which resources that come as a signed archive hold its text: so the text is compared,
 * shown, digested and recorded as if it stood in the manifest. Where there is none, nothing is loaded.
 */
export async function withBundledText(config: ResolvedConfig, kinds: Kinds): Promise<Result<ResolvedConfig>> {
  if (!config.resources.some(({ resource }) => isBundledSkill(resource))) return ok(config);
  const { filledSkill } = await loadSkills();
  const problems: Diagnostic[] = [];
  const fill = (each: ResolvedResource): ResolvedResource => {
    if (!isBundledSkill(each.resource)) return each;
    const filled = filledSkill(each.resource, (digest) => config.values.get(digest));
    if (filled.ok) return { ...each, resource: filled.value, digest: digestJson(filled.value as unknown as Json) };
    problems.push(...filled.diagnostics.map((found) => placed(found, each, kinds)));
    return each;
  };
  const resources = config.resources.map(fill);
  if (problems.length > 0) return failAll(problems);
  const byAddress = new Map(resources.map((each) => [each.address, each]));
  return ok({ ...config, resources, byAddress, digest: digestJson(resources.map(({ address, digest }) => [address, digest])) });
}

function placed(diagnostic: Diagnostic, each: ResolvedResource, kinds: Kinds): Diagnostic {
  const { pointer } = diagnostic.context;
  return { ...diagnostic, origin: originIn(each, segmentsOf(typeof pointer === "string" ? pointer : ""), "key", kinds) };
}
