import {
  addressOf,
  edited,
  fail,
  ok,
  problem,
  shown,
  type Address,
  type Edit,
  type Instant,
  type Json,
  type Kinds,
  type Resource,
  type Result,
} from "../../core/index.ts";
import { edgesAmong } from "../../trust/capability/index.ts";
import { effectiveState, widening } from "../../trust/policy/index.ts";
import { loadGeneration } from "../load/index.ts";

/** What a change made outside git comes to. */
export type EditMeaning =
  | { readonly kind: "nothing" }
  | { readonly kind: "edit"; readonly patch: Edit["patch"] }
  /** Only takes away: these tools of the resource. */
  | { readonly kind: "hold"; readonly denied: readonly string[] };

/**
 * Judges one change of one resource over everything that is active beside it: one that lets anybody do more is
 * refused, one that only takes away becomes a hold, which generations and rollbacks do not touch, and the rest is
 * an edit: drift, which the next apply treats as `drift.mode` says. Pure.
 */
export function judgeEdit(
  resources: readonly Resource[],
  address: Address,
  patch: Edit["patch"],
  { kinds, now }: { readonly kinds: Kinds; readonly now: Instant },
): Result<EditMeaning> {
  const before = resources.find((each) => addressOf(each.kind, each.metadata.name) === address);
  if (!before) return fail(problem("API_NOT_FOUND", { detail: `${address} is not active here.` }));
  const after = edited(before, [{ id: "", owner: "x/x", address, patch, actor: "", at: now }]);
  const wrong = newErrors(before, after, kinds);
  if (wrong !== undefined)
    return fail(problem("API_INVALID", { detail: `With this change, ${address} is not valid any more: ${shown(wrong)}.` }));
  if (JSON.stringify(before) === JSON.stringify(after)) return ok({ kind: "nothing" });
  const all = resources.map((each) => (each === before ? after : each));
  const loaded = loadGeneration(all);
  if (!loaded.ok) return loaded;
  const was = effectiveState(resources, edgesAmong(resources, kinds), now);
  const is = effectiveState(all, edgesAmong(all, kinds), now);
  const gained = widening(was, is);
  if (gained.added.length + gained.findings.length > 0) return fail(widens(address));
  const lost = widening(is, was);
  if (lost.added.length === 0) return ok({ kind: "edit", patch });
  const tools = lost.added.map(({ tool }) => tool);
  return ok({ kind: "hold", denied: [...new Set(tools)].sort((a, b) => (a < b ? -1 : 1)) });
}

/** What is wrong with the changed one and was not with the one before. */
function newErrors(before: Resource, after: Resource, kinds: Kinds): string | undefined {
  const validate = kinds.byName.get(after.kind)?.validate;
  const known = new Set(validate?.(before as unknown as Json).map(({ pointer, keyword }) => `${pointer} ${keyword}`));
  return validate?.(after as unknown as Json)
    .map(({ pointer, keyword }) => `${pointer} ${keyword}`)
    .find((each) => !known.has(each));
}

function widens(address: Address): ReturnType<typeof problem> {
  return problem("EDIT_WIDENS", {
    detail: `This change would let somebody do more than ${address} and what it reaches may do now.`,
    remedy: "Change the manifest in the repository, where it is reviewed, and apply it.",
  });
}
