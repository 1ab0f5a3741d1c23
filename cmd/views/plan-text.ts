import { escapeText, shortDigest, type Address } from "../../core/index.ts";
import type { Change, Drift, GainedAtom, Plan, PlanHold } from "../../reconciler/plan/types.ts";
import type { ComparedValues } from "../../reconciler/comparing-values.ts";
import { fieldText, type FieldText } from "./fields.ts";
import { counted, indented, padded, shortened, widestOf, widthOf, wrapped } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import * as facts from "./plan-facts.ts";
import { inColorOf, symbolOf, type Status } from "./status.ts";

/** A plan for people: what widens first, then changes, drift, holds, what policy says, totals and digest. */
export function planText(plan: Plan, look: Look, { command = "plan", savedTo, values }: PlanWords = {}): string {
  const sections = [
    pin(plan, look),
    widening(plan, look),
    narrowing(plan, look),
    changes(plan, look, values),
    drift(plan, look),
    holds(plan, look),
    bundles(plan, look),
    violations(plan, look),
    notes(plan, look),
  ].filter((lines) => lines.length > 0);
  const blocks = [header(plan, command, look), ...sections, footer(plan, look, savedTo)].map((lines) => lines.join("\n"));
  return fitted(look, `${blocks.join("\n\n")}\n`);
}

export interface PlanWords {
  /** Which command shows it: `plan`, `apply`, `rollback`. */
  readonly command?: string;
  /** The file it was saved to. */
  readonly savedTo?: string | undefined;
  /** What an identity showed of encrypted values that changed. */
  readonly values?: ComparedValues | undefined;
}

function header(plan: Plan, command: string, look: Look): readonly string[] {
  const { signer } = plan.evidence;
  const parts = [facts.revisionText(plan), ...(signer === null ? [] : [`signed by ${escapeText(signer)}`]), "->", facts.targetText(plan)];
  return wrapped(`moltbot ${command}   ${facts.ownerText(plan)}  ${parts.join("  ")}`, look.width).map((line) => paint(look, "bold", line));
}

function title(look: Look, text: string): string {
  return wrapped(text, look.width)
    .map((line) => paint(look, "bold", line))
    .join("\n");
}

/** What stands over the plan is said first: an open candidate, a pin. */
function pin({ evidence }: Plan, look: Look): readonly string[] {
  return [...candidate(evidence, look), ...pinned(evidence, look)];
}

/** What waits for the runtime's answer may be active before this plan is applied. */
function candidate({ candidate: open }: Plan["evidence"], look: Look): readonly string[] {
  if (!open) return [];
  const text =
    `Generation ${open.generation}, applied by ${escapeText(open.actor)} ${facts.ageText(open.at, look.now)}, waits for the runtime's answer. ` +
    "The next apply settles it first, and then plans again.";
  return wrapped(text, look.width).map((line) => inColorOf(look, "candidate", line));
}

function pinned(evidence: Plan["evidence"], look: Look): readonly string[] {
  if (!evidence.pin) return [];
  const { generation, because, actor, at } = evidence.pin;
  const text =
    `Pinned to generation ${generation} by ${escapeText(actor)}, ${facts.ageText(at, look.now)}: ${escapeText(because)}. ` +
    "The first configuration that was not refused ends the pin, or `moltbot resume`.";
  return wrapped(text, look.width).map((line) => inColorOf(look, "pinned", line));
}

function widening(plan: Plan, look: Look): readonly string[] {
  const { added, findings } = plan.body.capabilities;
  if (added.length === 0 && findings.length === 0) return [];
  const verdictOf = facts.verdictsOf(plan);
  const names = added.map(facts.whoText);
  const column = widest(names);
  const mark = symbolOf(look, "widening");
  return [
    title(look, "Widening"),
    ...added.flatMap((atom, i) => [
      ...hanging(look, mark, `${padded(names[i] ?? "", column)}  gains  ${facts.whatText(atom)}  ${verdictOf(atom)}`.trimEnd()),
      ...also(atom, look),
    ]),
    ...findings.flatMap((finding) => hanging(look, mark, facts.findingText(finding))),
  ];
}

/** Who else gains it, and through whom. */
function also(atom: GainedAtom, look: Look): readonly string[] {
  const text = facts.alsoText(atom);
  return text === "" ? [] : indented(text, 8, look.width).map((line) => paint(look, "dim", line));
}

/** Shorter: who else loses is counted. */
function narrowing(plan: Plan, look: Look): readonly string[] {
  const { removed } = plan.body.capabilities;
  if (removed.length === 0) return [];
  const rows = removed.map((atom) => {
    const others = (atom.gainers ?? 1) - 1;
    return `${facts.whoText(atom)}  loses  ${facts.whatText(atom)}${others > 0 ? `  (and ${counted(others, "other")})` : ""}`;
  });
  return [title(look, "Narrowing"), ...rows.flatMap((row) => hanging(look, symbolOf(look, "narrowing"), row))];
}

/** A line behind its symbol; what does not fit goes below, further in. */
function hanging(look: Look, mark: string, text: string): readonly string[] {
  const parts = wrapped(text, Math.max(1, look.width - 6));
  return parts.map((part, i) => (i === 0 ? `  ${mark} ${part}` : `      ${part}`));
}

/** Columns: address, where it was declared, what it costs; they give way where the terminal is narrow. */
function changes(plan: Plan, look: Look, values: ComparedValues | undefined): readonly string[] {
  const list = plan.body.changes;
  if (list.length === 0) return [];
  const positions = facts.positionsOf(plan);
  const place = (change: Change): string => facts.reasonText(change, plan) || (positions.get(change.address) ?? "");
  const columns = {
    address: widest(list.map((change) => escapeText(change.address))),
    place: widest(list.map(place)),
  };
  return [title(look, "Changes"), ...list.flatMap((change) => changeLines(change, { place: place(change), values }, columns, look))];
}

/** Wider columns than this push what follows out of sight. */
const MAX_COLUMN = 48;

function widest(texts: readonly string[]): number {
  return Math.min(MAX_COLUMN, widestOf(texts));
}

function changeLines(
  change: Change,
  { place, values }: { readonly place: string; readonly values: ComparedValues | undefined },
  columns: { readonly address: number; readonly place: number },
  look: Look,
): readonly string[] {
  const address = escapeText(change.address);
  const inert = change.inert === undefined ? "" : `  inert: needs ${escapeText(change.inert.join(", "))}`;
  const middle = columns.place === 0 ? "" : `  ${padded(place, columns.place)}`;
  const row = `${padded(address, columns.address)}${middle}  ${change.reload}${inert}`;
  const head =
    widthOf(row) + 4 <= look.width
      ? [`  ${symbolOf(look, change.action)} ${inColorOf(look, change.action, address)}${row.slice(address.length)}`]
      : narrowHead(change, [place, `${change.reload}${inert}`], look);
  return [
    ...head,
    ...fieldLines(
      change.fields.map((field) => fieldText(field, look.verbose, values)),
      6,
      look,
    ),
  ];
}

function narrowHead(change: Change, rest: readonly string[], look: Look): readonly string[] {
  return [
    ...hanging(look, symbolOf(look, change.action), escapeText(change.address)),
    ...rest.filter((text) => text !== "").flatMap((text) => indented(text, 6, look.width)),
  ];
}

/** Path and change side by side where both fit, below each other where they do not. */
function fieldLines(fields: readonly FieldText[], margin: number, look: Look): readonly string[] {
  const column = widest(fields.map((field) => field.path));
  return fields.flatMap((field) => {
    const line = `${" ".repeat(margin)}${padded(field.path, column)}  ${field.inline}`;
    const head =
      widthOf(line) <= look.width
        ? [line]
        : [...indented(field.path, margin, look.width), ...indented(field.inline, margin + 2, look.width)];
    return [...head, ...field.below.map((below) => textLine(below, margin + 2, look))];
  });
}

const LINE_MARKS = { same: " ", add: "+", remove: "-", skip: " " } as const;

function textLine(line: FieldText["below"][number], margin: number, look: Look): string {
  const room = Math.max(1, look.width - margin - 2);
  const text = look.verbose ? line.text : shortened(line.text, room, look);
  const whole = `${" ".repeat(margin)}${LINE_MARKS[line.kind]} ${line.kind === "skip" ? `(${text})` : text}`.trimEnd();
  if (line.kind === "skip") return paint(look, "dim", whole);
  return line.kind === "same" ? whole : inColorOf(look, line.kind === "add" ? "create" : "delete", whole);
}

const DRIFT_FATE = { correct: "will be corrected", report: "is reported only", ignore: "is ignored" } as const;

function drift(plan: Plan, look: Look): readonly string[] {
  const list = plan.body.drift;
  if (list.length === 0) return [];
  return [title(look, "Drift (changed outside git)"), ...list.flatMap((each) => driftLines(each, plan, look))];
}

function driftLines(each: Drift, plan: Plan, look: Look): readonly string[] {
  const fields = each.fields.map((field) => fieldText(field, look.verbose));
  const tail = [...(each.class === "neutral" ? [] : [each.class]), ...editors(plan, each.address, look.now), DRIFT_FATE[each.action]].join(
    "   ",
  );
  const only = fields.length === 1 && fields[0]?.below.length === 0 ? fields[0] : undefined;
  const mark = symbolOf(look, "drift");
  const address = escapeText(each.address);
  if (only) return hanging(look, mark, `${address}  ${only.path}  ${only.inline}   ${tail}`);
  return [...hanging(look, mark, `${address}   ${tail}`), ...fieldLines(fields, 6, look)];
}

/** "by api:ops-laptop, 2h ago", once for each who edited. */
function editors({ evidence }: Plan, address: Address, now: Date): readonly string[] {
  const edits = evidence.edits.filter((edit) => edit.address === address);
  return [...new Set(edits.map((edit) => `by ${escapeText(edit.actor)}, ${facts.ageText(edit.at, now)}`))];
}

function holds(plan: Plan, look: Look): readonly string[] {
  const list = plan.body.holds;
  if (list.length === 0) return [];
  return [
    title(look, "Holds (not touched by apply)"),
    ...list.flatMap((hold) => hanging(look, symbolOf(look, "hold"), holdText(hold, plan, look.now))),
  ];
}

function holdText(hold: PlanHold, plan: Plan, now: Date): string {
  const by = plan.evidence.holds.find((each) => each.id === hold.id);
  const denied = hold.denied === "all" ? "everything" : hold.denied.join(", ");
  const who = by ? `  by ${escapeText(by.actor)}, ${facts.ageText(by.at, now)}` : "";
  const until = hold.until === null ? "" : `  until ${hold.until}`;
  return `${escapeText(hold.id)}  ${escapeText(hold.selector)} may not use ${escapeText(denied)}: ${escapeText(hold.reason)}${who}${until}`;
}

/** Who signed what comes as an archive, where something about it changes. */
function bundles(plan: Plan, look: Look): readonly string[] {
  const list = facts.changedBundles(plan);
  if (list.length === 0) return [];
  const rows = list.map((each) => {
    const digest = each.digest === undefined ? [] : [shortDigest(each.digest)];
    const parts = [escapeText(each.address), `signed by ${facts.bundleSignerText(each)}`, ...digest, facts.witnessText(each)];
    return parts.filter((part) => part !== "").join("  ");
  });
  return [title(look, "Signed archives"), ...rows.flatMap((row) => hanging(look, symbolOf(look, "ok"), row))];
}

const LEVELS = { enforce: "denied", warn: "warning", audit: "inert" } as const satisfies Record<string, Status>;

function violations(plan: Plan, look: Look): readonly string[] {
  const list = plan.body.violations;
  if (list.length === 0) return [];
  return [
    title(look, "Policy says"),
    ...list.flatMap((each) => {
      const where = [each.address, ...(each.atom === undefined ? [] : [each.atom]), ...(each.path === undefined ? [] : [each.path])].join(
        " ",
      );
      const text = `${facts.levelText(each)}  ${where}: ${each.message}  (${facts.ruleText(each, plan)})`;
      return hanging(look, symbolOf(look, LEVELS[each.level]), escapeText(text));
    }),
  ];
}

function notes(plan: Plan, look: Look): readonly string[] {
  const changed = new Set<string>(plan.body.changes.map((change) => change.address));
  // A change that is inert says so in its own line.
  const list = plan.body.warnings.filter((each) => !(each.code === "INERT" && each.address !== null && changed.has(each.address)));
  if (list.length === 0) return [];
  return [
    title(look, "Notes"),
    ...list.flatMap((each) =>
      hanging(
        look,
        symbolOf(look, "warning"),
        escapeText(`${each.address === null ? "" : `${each.address}  `}${each.message}  (${each.code})`),
      ),
    ),
  ];
}

function footer(plan: Plan, look: Look, savedTo: string | undefined): readonly string[] {
  const policy = facts.policyText(plan);
  const totals = facts.isEmpty(plan)
    ? [facts.emptyText(plan)]
    : [`${policy === "" ? "" : `Policy  ${policy}     `}Plan  ${facts.totalsText(plan)}`];
  const until = plan.body.validUntil === null ? "" : `  valid until ${plan.body.validUntil}`;
  const saved = savedTo === undefined ? "" : `  saved to ${escapeText(savedTo)}`;
  const digest = `${shortDigest(plan.digest)}${look.unicode ? "…" : "..."}${until}${saved}`;
  const asked = facts.approvalLines(plan).map((line) => escapeText(line));
  return [...totals, ...facts.unmanagedLines(plan), ...asked, digest].flatMap((line) => wrapped(line, look.width));
}
