import { caution, ok, type Diagnostic, type Result } from "../../core/index.ts";
import { buildPolicies, type BuildRequest } from "./build.ts";
import { usedFrom } from "./check.ts";
import type { ParsedPolicy } from "./parse.ts";
import { nameOf, refsIn } from "./rego.ts";
import { canonicalPath, placeOf, type BuildSource } from "./source.ts";
import { inWorkplace } from "./workplace.ts";

export interface Linted {
  readonly policies: number;
  readonly rules: number;
}

/**
 * Everything that a build refuses, and as warnings what works and misleads.
 *
 * @returns the warnings beside the value.
 */
export function lintPolicies(request: BuildRequest): Result<Linted> {
  const built = buildPolicies(request);
  if (!built.ok) return built;
  const { parsed, lock } = built.value;
  const warnings = [...unformatted(request), ...parsed.flatMap((each) => [...untitled(each), ...unused(each), ...printing(each)])];
  return ok({ policies: lock.policies.length, rules: Object.keys(lock.rules).length }, warnings);
}

function unformatted({ sources, opa }: BuildRequest): readonly Diagnostic[] {
  return inWorkplace(opa, (place) => {
    for (const { name, rego } of sources) place.write(canonicalPath(name), rego);
    const listed = new Set(place.run("fmt", "--list", "policies").stdout.split("\n"));
    return sources
      .filter(({ name }) => listed.has(canonicalPath(name)))
      .map((each) =>
        remark(
          each,
          1,
          "The text is not in the form of `opa fmt`, so a later change shows more than it means.",
          `opa fmt --write ${each.file}`,
        ),
      );
  });
}

/** A title is what a person reads in `policy list`. */
function untitled({ source }: ParsedPolicy): readonly Diagnostic[] {
  if (titleOf(source.rego) !== null) return [];
  const remedy = `Begin the file with:\n  # METADATA\n  # title: What it is for`;
  return [remark(source, 1, "The policy has no title.", remedy)];
}

/** The title in the annotation of a package. */
export function titleOf(rego: string): string | null {
  const above = rego.slice(0, Math.max(0, rego.search(/^package\b/m)));
  return /^# METADATA[^\S\n]*\n(?:#.*\n)*?# title:[^\S\n]*(.*\S)/m.exec(above)?.[1] ?? null;
}

/** Helpers that no speaking rule uses, in any number of steps. */
function unused({ source, module, rules }: ParsedPolicy): readonly Diagnostic[] {
  const all = module.rules ?? [];
  const used = usedFrom(all, new Set(rules.map((each) => each.set)));
  const seen = new Set<string>();
  return all.flatMap((rule) => {
    const name = nameOf(rule);
    if (used.has(name) || seen.has(name)) return [];
    seen.add(name);
    return [
      remark(
        source,
        rule.location?.row ?? 1,
        `Nothing uses ${name}: it adds to no set, and no rule that does mentions it.`,
        "Remove it, or use it.",
      ),
    ];
  });
}

function printing({ source, module }: ParsedPolicy): readonly Diagnostic[] {
  const call = [...refsIn(module.rules ?? [])].find(
    ([head, ...rest]) => head?.type === "var" && head.value === "print" && rest.length === 0,
  );
  const row = call?.[0]?.location?.row;
  return row === undefined
    ? []
    : [remark(source, row, "The rules call print, which is left out of what is compiled.", "Remove it before you commit.")];
}

function remark(source: BuildSource, row: number, detail: string, remedy: string): Diagnostic {
  return caution("POLICY_LINT", { detail, remedy, at: placeOf(source, row, 1), context: { policy: source.name } });
}
