import { addressOf, byCodeUnit, type Address, type Diagnostic, type JsonObject, type Resource } from "../../core/index.ts";
import type { Atom, DeclaredAtom, Expansion } from "../capability/index.ts";
import { judgeOf, type FinalVerdict, type InForce, type Lifted } from "./in-force.ts";
import type { Facts } from "./facts/index.ts";
import { admissionInput, grantInput, wantedBy, type AdmissionFacts, type InputContext } from "./input.ts";
import { rulesOf, type Spoken } from "./judge.ts";
import type { ReachMap } from "./reach.ts";
import { subjectOf, type Subject } from "./subject.ts";
import { BROKEN_RULE, type PlanDecision, type PlanViolation, type Policy } from "./types.ts";

export interface Expanded extends Expansion {
  readonly resource: Resource;
  readonly address: Address;
}

/** A state to be asked about: what is there, and what was there before where that differs. */
export interface State {
  readonly project: string;
  readonly environment: string;
  readonly expanded: readonly Expanded[];
  readonly before: ReadonlyMap<Address, Resource | null>;
  /** What has a new name is asked about as what it was; that its old name goes is a question too. */
  readonly moves: ReadonlyMap<Address, Address>;
  readonly reach: ReachMap;
  /** What is known of the commit it comes from and of its signer; null where nobody was asked. */
  readonly commit: JsonObject | null;
  readonly signer: JsonObject | null;
  /** What verifying the bundles of plugins showed. */
  readonly bundles?: ReadonlyMap<Address, JsonObject>;
  readonly facts: Facts;
}

/** Everything that a trust part says of a state. */
export interface Asked {
  readonly decisions: readonly PlanDecision[];
  readonly violations: readonly PlanViolation[];
  /** What is wrong with the bundle, which is said once; then everything is denied. */
  readonly broken: Diagnostic | null;
  /** Exceptions that lifted something, with how often. */
  readonly used: ReadonlyMap<Address, number>;
  readonly evaluated: { readonly admission: number; readonly grant: number };
}

/**
 * Asks about every resource that is or was, and about every atom.
 *
 * @param gained - Whose grants more can use than before: what policy says of them is listed.
 */
export function askAll(part: InForce, state: State, gained: ReadonlySet<Address> = new Set()): Asked {
  const { project, environment, expanded, before, moves, reach, facts: more, commit, signer } = state;
  const context: InputContext = { project, environment, ceiling: part.ceiling, commit, signer, ...wantedOf(part.policy) };
  const asking = newAsking(part, before, gained);
  const toolsOf = toolIndex(expanded);
  for (const { address, resource, atoms } of expanded) {
    const old = before.has(address) ? (before.get(moves.get(address) ?? address) ?? null) : resource;
    const subject = subjectOf(resource, null);
    const facts: AdmissionFacts = {
      toolsOf,
      address,
      more,
      channel: () => reach.channel(address),
      agent: () => (resource.kind === "Agent" ? reach.agent(address) : null),
      bundle: state.bundles?.get(address) ?? null,
    };
    asking.ask(admissionInput(resource, old, facts, context), { entry: "admission", subject });
    for (const declared of atoms) {
      const input = grantInput(resource, declared, () => reach.grant(declared), context, more);
      asking.ask(input, { entry: "grant", subject: { ...subject, tool: declared.atom.tool }, declared });
    }
  }
  const present = new Set(expanded.map((each) => each.address));
  for (const [address, old] of before) {
    if (!old || present.has(address)) continue;
    asking.ask(admissionInput(null, old, { toolsOf, channel: null, agent: null }, context), {
      entry: "admission",
      subject: subjectOf(old, null),
    });
  }
  return asking.asked();
}

function wantedOf({ reads }: Policy): Pick<InputContext, "wanted"> {
  return reads ? { wanted: wantedBy(reads) } : {};
}

interface Question {
  readonly entry: "admission" | "grant";
  readonly subject: Subject;
  readonly declared?: DeclaredAtom;
}

interface Asking {
  ask(input: JsonObject, question: Question): void;
  asked(): Asked;
}

function newAsking(part: InForce, before: State["before"], gained: ReadonlySet<Address>): Asking {
  const decisions: PlanDecision[] = [];
  const violations: PlanViolation[] = [];
  const used = new Map<Address, number>();
  const evaluated = { admission: 0, grant: 0 };
  const verdictOf = judgeOf(part);
  let broken: Diagnostic | null = null;
  return {
    ask: (input, question) => {
      evaluated[question.entry]++;
      const answer = part.policy.evaluate(question.entry, input);
      const verdict = withExpiry(verdictOf(answer, question.subject), question.declared?.atom);
      const { violations: hard, warnings: soft, lifted } = verdict;
      if (answer.broken) broken ??= answer.broken;
      for (const spoken of hard) if (spoken.rule !== BROKEN_RULE) violations.push(violationOf(spoken, question));
      for (const spoken of soft) violations.push(violationOf(spoken, question));
      for (const spoken of lifted) {
        violations.push(liftedOf(spoken, question));
        used.set(spoken.exception.address, (used.get(spoken.exception.address) ?? 0) + 1);
      }
      const isWorthSaying = hard.length + soft.length + lifted.length > 0 || verdict.answer === "denied";
      const { address } = question.subject;
      const isListed = before.has(address) || (question.entry === "grant" && gained.has(address));
      if (isWorthSaying || isListed) decisions.push(decisionOf(verdict, question));
    },
    asked: () => ({ decisions, violations, broken, used, evaluated }),
  };
}

/** A grant whose time is over is void whatever the level of the rule that says so. */
function withExpiry(verdict: FinalVerdict, atom: Atom | undefined): FinalVerdict {
  return atom?.expiry === "expired" ? { ...verdict, answer: "denied" } : verdict;
}

function decisionOf(verdict: FinalVerdict, { entry, subject, declared }: Question): PlanDecision {
  const { lifted, answer } = verdict;
  // A denial is told by what denies alone: what would have asked or warned has no part in it.
  const isRefused = answer === "denied" && verdict.violations.length > 0;
  const rules = rulesOf(
    isRefused ? { ...verdict, warnings: lifted, obligations: [] } : { ...verdict, warnings: [...verdict.warnings, ...lifted] },
  );
  const exceptions = [...new Set(lifted.map((each) => each.exception.address))].sort(byCodeUnit);
  return {
    entry,
    address: subject.address,
    answer,
    rules,
    ...(exceptions.length > 0 ? { exceptions } : {}),
    ...(declared ? { atom: atomText(declared.atom) } : {}),
  };
}

function violationOf({ rule, message, path, level }: Spoken, { subject, declared }: Question): PlanViolation {
  const place = path ?? declared?.pointer;
  return {
    rule,
    message,
    address: subject.address,
    level,
    ...(declared ? { atom: atomText(declared.atom) } : {}),
    ...(place === undefined ? {} : { path: place }),
  };
}

function liftedOf(spoken: Lifted, question: Question): PlanViolation {
  return { ...violationOf(spoken, question), exception: spoken.exception.address };
}

/** What an agent has grants in force for. */
function toolIndex(expanded: readonly Expanded[]): (agent: string) => ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set();
  const byAgent = new Map<Address, ReadonlySet<string>>();
  for (const { address, atoms } of expanded) {
    if (atoms.length > 0) byAgent.set(address, new Set(atoms.filter(({ atom }) => atom.expiry !== "expired").map(({ atom }) => atom.tool)));
  }
  return (agent) => byAgent.get(addressOf("Agent", agent)) ?? none;
}

export function atomText({ tool, action, pattern }: Atom): string {
  return `${tool} ${action} ${pattern}`;
}
