import { byCodeUnit, digestJson, type Address, type Digest } from "../../core/index.ts";
import type { Change, Plan } from "../plan/types.ts";
import type { Edge } from "../resolve/types.ts";
import type { Step } from "../targets/types.ts";

export interface StepInput {
  readonly plan: Plan;
  /** Desired rows: what each address shows once it is done. */
  readonly rows: ReadonlyMap<Address, Digest>;
  /** Edges of the desired state: what is named must be there before what names it. */
  readonly desired: readonly Edge[];
  /** Edges of the recorded state: what names must be gone or changed before what is named goes. */
  readonly recorded: readonly Edge[];
}

/**
 * The steps of a plan in an order in which each one's needs come before it: dependencies before
 * dependents when things appear, dependents before dependencies when they go. Among steps that are
 * free the order is by address, so the same plan gives the same steps.
 *
 * Agents that talk to or call each other may be circular; such a circle is cut at the edge that would
 * close it, because neither order is better.
 */
export function orderSteps(input: StepInput): Step[] {
  const changes = new Map(input.plan.body.changes.filter(isStep).map((each) => [each.address, each]));
  const wanted = needsOf(changes, input);
  const order = topological([...changes.keys()].sort(byCodeUnit), wanted);
  const position = new Map(order.map((address, i) => [address, i]));
  return order.flatMap((address) => {
    const change = changes.get(address);
    const earlier = (need: Address): boolean => (position.get(need) ?? 0) < (position.get(address) ?? 0);
    return change ? [stepOf(change, [...(wanted.get(address) ?? [])].filter(earlier).sort(byCodeUnit), input)] : [];
  });
}

/** What is forgotten stays as it is: the target is not touched, its record says so at the end. */
type Stepped = Change & { readonly action: Step["action"] };

function isStep(change: Change): change is Stepped {
  return change.action !== "forget";
}

function needsOf(changes: ReadonlyMap<Address, Stepped>, input: StepInput): Map<Address, Set<Address>> {
  const needs = new Map<Address, Set<Address>>();
  const add = (who: Address, need: Address): void => {
    if (who === need || !changes.has(who) || !changes.has(need)) return;
    const set = needs.get(who);
    if (set) set.add(need);
    else needs.set(who, new Set([need]));
  };
  for (const edge of input.desired) if (changes.get(edge.to)?.action !== "delete") add(edge.from, edge.to);
  for (const edge of input.recorded) if (changes.get(edge.to)?.action === "delete") add(edge.to, edge.from);
  return needs;
}

/** Depth first with an own stack; an edge back into the path is dropped, which cuts circles. */
function topological(start: readonly Address[], needs: ReadonlyMap<Address, ReadonlySet<Address>>): Address[] {
  const order: Address[] = [];
  const state = new Map<Address, "open" | "done">();
  for (const root of start) {
    const path: { readonly address: Address; readonly rest: Address[] }[] = [];
    const enter = (address: Address): void => {
      if (state.has(address)) return;
      state.set(address, "open");
      path.push({ address, rest: [...(needs.get(address) ?? [])].sort(byCodeUnit) });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.shift();
      if (next !== undefined) enter(next);
      else {
        state.set(top.address, "done");
        order.push(top.address);
        path.pop();
      }
    }
  }
  return order;
}

function stepOf(change: Stepped, needs: readonly Address[], { plan, rows }: StepInput): Step {
  const { address, after, action } = change;
  return {
    key: digestJson([plan.digest, address]),
    address,
    action,
    ...(change.from ? { from: change.from } : {}),
    after,
    digest: action === "delete" ? null : (rows.get(address) ?? null),
    needs,
  };
}
