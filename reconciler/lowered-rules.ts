import { byCodeUnit, InternalError, isObject, type JsonObject } from "../core/index.ts";
import { KINDS } from "../schemas/index.ts";
import { BROKEN_RULE, judgePlan, type Policy } from "../trust/policy/index.ts";
import type { LoweredRule } from "./import/index.ts";
import type { WrittenResource } from "./manifest/index.ts";
import { resolve, canonicalForm } from "./resolve/index.ts";

/** Nothing imported expires, so any instant gives the same answer. */
const WHENEVER = "2000-01-01T00:00:00.000Z";

/**
 * Exactly the rules that would deny these manifests, to be lowered to a warning: an import carries what
 * was there, and whoever reviews it sees in every plan what is not as strict as it should be.
 *
 * @returns sorted by rule, with how many decisions each would deny. A broken policy is never lowered.
 */
export function rulesThatDeny(
  manifests: readonly { readonly path: string; readonly value: JsonObject }[],
  policy: Policy,
): readonly LoweredRule[] {
  const written = manifests.map(writtenOf);
  const project = written.find(({ kind }) => kind === "Project");
  if (!project) throw new InternalError("an import without a Project");
  const config = resolve({
    project: project.name,
    environment: "default",
    written,
    overlays: [],
    files: new Map(),
    kinds: KINDS,
    invalid: new Set(),
  });
  if (!config.ok)
    throw new InternalError(
      `an import that does not resolve: ${config.diagnostics.map(({ code, detail }) => `${code} ${detail}`).join(" ")}`,
    );
  const judgement = judgePlan({
    policy,
    project: canonicalForm(project.value, KINDS.byName.get("Project")?.schema) as unknown as Parameters<typeof judgePlan>[0]["project"],
    environment: "default",
    resources: config.value.resources.map(({ resource }) => resource),
    before: new Map(config.value.resources.map(({ address }) => [address, null])),
    edges: config.value.edges,
    now: WHENEVER,
  });
  const denials = Map.groupBy(
    judgement.violations.filter(({ level, rule }) => level === "enforce" && rule !== BROKEN_RULE),
    ({ rule }) => rule,
  );
  return [...denials]
    .map(([rule, list]): LoweredRule => ({ rule, level: "warn", denials: list.length }))
    .sort((a, b) => byCodeUnit(a.rule, b.rule));
}

function writtenOf({ path, value }: { readonly path: string; readonly value: JsonObject }): WrittenResource {
  const { kind, metadata } = value;
  const name = isObject(metadata) ? metadata["name"] : undefined;
  if (typeof kind !== "string" || typeof name !== "string") throw new InternalError(`${path} is no resource`);
  return { file: path, document: 0, line: 1, kind, name, value };
}
