import { byCodeUnit, canonicalJson, LIMITS, type Address, type Json } from "../../core/index.ts";
import {
  channelsLeadingTo,
  coveringAmong,
  renamedAtoms,
  renamedClosure,
  type Closure,
  type DeclaredAtom,
  type Renames,
} from "../capability/index.ts";
import type { PlanDecision, Policy } from "./types.ts";

/** What policy said of a whole state. */
export interface JudgedState {
  readonly closure: Closure;
  readonly atoms: readonly DeclaredAtom[];
  /** Of every atom and every resource. */
  readonly decisions: readonly PlanDecision[];
  readonly policy: Policy;
  readonly evaluated: { readonly admission: number; readonly grant: number };
  /** Names of the Policy resources: the rest comes with moltbot. */
  readonly own: ReadonlySet<string>;
}

export type FlipAnswer = PlanDecision["answer"] | "none";

/** One capability whose answer is another, by one channel. */
export interface Flip {
  readonly subject: Address;
  /** `tool action pattern`. */
  readonly atom: string;
  readonly constraints: Json;
  /** The channel that leads to the agent; null: the agent, whoever asks. */
  readonly channel: Address | null;
  /** `none`: there was no such grant, or the channel did not lead to it. */
  readonly before: FlipAnswer;
  readonly after: FlipAnswer;
  readonly isWidening: boolean;
  /** Rules that had a part before or have one after. */
  readonly rules: readonly string[];
}

/** A rule and how often it spoke. */
export interface RuleUse {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** Of a policy that the Project declares. */
  readonly isOwn: boolean;
  /** How often it spoke; null where it is not there. */
  readonly before: number | null;
  readonly after: number | null;
  /** It spoke of nothing it was asked about, or of everything; null between, and where it was not asked. */
  readonly always: boolean;
  readonly never: boolean;
}

export interface DecisionDiff {
  /** What newly may first. At most {@link LIMITS.flipsShown}. */
  readonly flips: readonly Flip[];
  readonly flipsInAll: number;
  readonly wideningsInAll: number;
  readonly rules: readonly RuleUse[];
}

/**
 * Every capability, by every channel, before and after: what is answered otherwise.
 *
 * @param renames - The new name, by the old one, of what is called otherwise since: it is compared with itself.
 */
export function decisionDiff(before: JudgedState, after: JudgedState, renames: Renames = new Map()): DecisionDiff {
  const [old, fresh] = [indexed(before, renames), indexed(after, new Map())];
  const [grantsThen, grantsNow] = [grantsOf(old), grantsOf(fresh)];
  const [channelsThen, channelsNow] = [channelsLeadingTo(renamedClosure(before.closure, renames)), channelsLeadingTo(after.closure)];
  const flips = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [was, is] = [
      old.get(key) ?? standInFor(fresh.get(key), grantsThen, old),
      fresh.get(key) ?? standInFor(old.get(key), grantsNow, fresh),
    ];
    const channels = { old: was ? channelsThen(was.subject) : [], now: is ? channelsNow(is.subject) : [] };
    return flipsOf(was, is, channels);
  });
  const sorted = flips.sort(compareFlips);
  return {
    flips: sorted.slice(0, LIMITS.flipsShown),
    flipsInAll: sorted.length,
    wideningsInAll: sorted.filter((each) => each.isWidening).length,
    rules: rulesIn(before, after),
  };
}

/** A grant that is not there on one side may still be covered there by another: then that one answers for it. */
function standInFor(
  missing: Judged | undefined,
  grants: ReadonlyMap<Address, readonly DeclaredAtom[]>,
  judged: ReadonlyMap<string, Judged>,
): Judged | undefined {
  const covering = missing && coveringAmong(grants.get(missing.subject) ?? [], missing.declared);
  const found = covering && judged.get(keyOf(covering));
  return missing && found && { ...missing, answer: found.answer, rules: found.rules };
}

function grantsOf(judged: ReadonlyMap<string, Judged>): ReadonlyMap<Address, readonly DeclaredAtom[]> {
  return Map.groupBy(
    [...judged.values()].map(({ declared }) => declared),
    ({ atom }) => atom.subject,
  );
}

/** One capability by every channel that led to it or does, and by itself. */
function flipsOf(
  was: Judged | undefined,
  is: Judged | undefined,
  { old, now }: { readonly old: readonly Address[]; readonly now: readonly Address[] },
): readonly Flip[] {
  const one = was ?? is;
  if (!one) return [];
  const { subject, atom, constraints } = one;
  const rules = [...new Set([...(was?.rules ?? []), ...(is?.rules ?? [])])].sort(byCodeUnit);
  const answerOf = (side: Judged | undefined, channels: ReadonlySet<Address>, channel: Address | null): FlipAnswer =>
    side && (channel === null || channels.has(channel)) ? side.answer : "none";
  const [before, after] = [new Set(old), new Set(now)];
  return [null, ...new Set([...old, ...now])].flatMap((channel) => {
    const [a, b] = [answerOf(was, before, channel), answerOf(is, after, channel)];
    return a === b ? [] : [{ subject, atom, constraints, channel, before: a, after: b, isWidening: rankOf(b) > rankOf(a), rules }];
  });
}

interface Judged {
  readonly declared: DeclaredAtom;
  readonly subject: Address;
  readonly atom: string;
  readonly constraints: Json;
  readonly answer: PlanDecision["answer"];
  readonly rules: readonly string[];
}

/** Under the names of now; it was decided under those of its time. */
function indexed({ atoms, decisions }: JudgedState, renames: Renames): ReadonlyMap<string, Judged> {
  const said = new Map(
    decisions.flatMap((each) => (each.entry === "grant" ? [[`${each.address} ${each.atom ?? ""}`, each] as const] : [])),
  );
  const named = renamedAtoms(atoms, renames);
  return new Map(
    atoms.map((asked, i): [string, Judged] => {
      const declared = named[i] ?? asked;
      const { subject, constraints } = declared.atom;
      const atom = textOf(declared);
      const decision = said.get(`${asked.atom.subject} ${textOf(asked)}`);
      // What was not decided is denied.
      const { answer, rules } = decision ?? { answer: "denied", rules: [] };
      return [keyOf(declared), { declared, subject, atom, constraints, answer, rules }];
    }),
  );
}

function keyOf(declared: DeclaredAtom): string {
  return `${declared.atom.subject}\0${textOf(declared)}\0${canonicalJson(declared.atom.constraints)}`;
}

function textOf({ atom: { tool, action, pattern } }: DeclaredAtom): string {
  return `${tool} ${action} ${pattern}`;
}

const RANKS: Readonly<Record<FlipAnswer, number>> = { none: 0, denied: 0, conditional: 1, allowed: 2 };

function rankOf(answer: FlipAnswer): number {
  return RANKS[answer];
}

/** From denied to allowed first, then what is new, then what is asked about less; what narrows last. */
function weight({ before, after, isWidening }: Flip): number {
  if (!isWidening) return rankOf(after) < rankOf(before) ? 10 + rankOf(after) : 20;
  return (before === "denied" ? 0 : before === "none" ? 2 : 4) + (after === "allowed" ? 0 : 1);
}

function compareFlips(a: Flip, b: Flip): number {
  return (
    weight(a) - weight(b) || byCodeUnit(a.subject, b.subject) || byCodeUnit(a.atom, b.atom) || byCodeUnit(a.channel ?? "", b.channel ?? "")
  );
}

/** Rules of both sides that are asked at plan time. */
function rulesIn(before: JudgedState, after: JudgedState): readonly RuleUse[] {
  const [then, now] = [spoken(before), spoken(after)];
  const names = [...new Set([...Object.keys(before.policy.rules), ...Object.keys(after.policy.rules)])].sort(byCodeUnit);
  return names.flatMap((rule) => {
    const facts = after.policy.rules[rule] ?? before.policy.rules[rule];
    if (!facts || facts.entry === "call") return [];
    const asked = after.evaluated[facts.entry];
    const count = now.get(rule) ?? 0;
    const isThere = Object.hasOwn(after.policy.rules, rule);
    return [
      {
        rule,
        file: facts.file,
        line: facts.line,
        isOwn: [before, after].some(({ own }) => own.has(rule.slice(0, rule.indexOf(".")))),
        before: Object.hasOwn(before.policy.rules, rule) ? (then.get(rule) ?? 0) : null,
        after: isThere ? count : null,
        always: isThere && asked > 0 && count === asked,
        never: isThere && asked > 0 && count === 0,
      },
    ];
  });
}

function spoken({ decisions }: JudgedState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const rule of decisions.flatMap((each) => each.rules)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
