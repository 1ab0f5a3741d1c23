import { escapeText } from "../../core/index.ts";
import type { Change, GainedAtom, Plan } from "../../reconciler/plan/types.ts";
import { fieldText, type FieldText } from "./fields.ts";
import { mdBlock, mdCode, mdText } from "./markdown.ts";
import * as facts from "./plan-facts.ts";
import { withoutCommands } from "./safe.ts";

/** Signs that Markdown shows on every platform; the text view has its own. */
const SIGN = { create: "➕", update: "✏️", replace: "♻️", delete: "🗑️", adopt: "📥", move: "➡️", forget: "👋" } as const satisfies Record<
  Change["action"],
  string
>;

/**
 * A plan for a pull request: what widens stays open and on top, the fields of each change fold away.
 * Ages are left out, so that the same plan gives the same comment.
 */
export function planMarkdown(plan: Plan): string {
  const sections = [
    heading(plan),
    pin(plan),
    widening(plan),
    changes(plan),
    drift(plan),
    holds(plan),
    bundles(plan),
    violations(plan),
    notes(plan),
    `<sub>${mdCode(plan.digest)}, effect ${mdCode(plan.effect)}</sub>`,
  ];
  return withoutCommands(`${sections.filter((section) => section !== "").join("\n\n")}\n`);
}

function heading(plan: Plan): string {
  const policy = facts.policyText(plan);
  const { signer } = plan.evidence;
  const lines = [
    `### moltbot plan: ${mdText(facts.ownerText(plan))}`,
    `${mdCode(facts.revisionText(plan))}${signer === null ? "" : `, signed by ${mdText(signer)},`} to ${mdText(facts.targetText(plan))}: ` +
      `**${facts.isEmpty(plan) ? facts.emptyText(plan) : facts.totalsText(plan)}**${policy === "" ? "" : `. Policy: ${policy}.`}`,
    ...facts.unmanagedLines(plan).map((line) => mdText(line)),
    ...facts.approvalLines(plan).map((line) => mdText(line)),
  ];
  return lines.join("\n\n");
}

function pin({ evidence }: Plan): string {
  const open = evidence.candidate;
  const waits = open ? `> **Generation ${open.generation}** waits for the runtime's answer; the next apply settles it first.` : "";
  if (!evidence.pin) return waits;
  return `${waits === "" ? "" : `${waits}\n>\n`}> **Pinned** to generation ${evidence.pin.generation} by ${mdText(evidence.pin.actor)}: ${mdText(evidence.pin.because)}`;
}

function cell(code: string): string {
  return mdCode(code).replaceAll("|", "\\|");
}

function widening(plan: Plan): string {
  const { added, removed, findings } = plan.body.capabilities;
  if (added.length + removed.length + findings.length === 0) return "";
  const verdictOf = facts.verdictsOf(plan);
  const row = (word: string, atom: (typeof added)[number]): string =>
    `| ${mdText(facts.whoText(atom))} | ${word} | ${cell(facts.whatText(atom))}${andOthers(atom)} | ${mdText(verdictOf(atom))} |`;
  const table =
    added.length + removed.length === 0
      ? []
      : [
          "| who | | what | policy |\n|---|---|---|---|",
          ...added.map((atom) => row("**gains**", atom)),
          ...removed.map((atom) => row("loses", atom)),
          "",
        ];
  return ["#### Widening", "", ...table, ...findings.map((finding) => `- ${mdText(facts.findingText(finding))}`)].join("\n").trimEnd();
}

function andOthers(atom: GainedAtom): string {
  const text = facts.alsoText(atom);
  return text === "" ? "" : `<br>${mdText(text).replaceAll("|", "\\|")}`;
}

function changes(plan: Plan): string {
  const list = plan.body.changes;
  if (list.length === 0) return "";
  const positions = facts.positionsOf(plan);
  return ["#### Changes", "", ...list.map((change) => changeItem(change, plan, positions.get(change.address)))].join("\n");
}

function changeItem(change: Change, plan: Plan, position: string | undefined): string {
  const why = facts.reasonText(change, plan);
  const parts = [
    `${SIGN[change.action]} ${change.action} **${mdText(change.address)}**`,
    ...(why === "" ? [] : [mdText(why)]),
    ...(position === undefined ? [] : [mdCode(position)]),
    change.reload,
    ...(change.inert === undefined ? [] : [`inert: needs ${mdText(change.inert.join(", "))}`]),
  ];
  const item = `- ${parts.join(", ")}`;
  if (change.fields.length === 0) return item;
  const fields = change.fields.map((field) => fieldText(field, false));
  const block = mdBlock(fields.flatMap(diffLines).join("\n"), "diff");
  const folded = `<details><summary>${change.fields.length} field${change.fields.length === 1 ? "" : "s"}</summary>\n\n${block}\n\n</details>`;
  return `${item}\n${folded
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n")}`;
}

const MARK = { same: " ", add: "+", remove: "-", skip: "@" } as const;

function diffLines(field: FieldText): readonly string[] {
  return [
    `  ${field.path}: ${field.inline}`,
    ...field.below.map((line) => `${MARK[line.kind]} ${line.kind === "skip" ? `@ ${line.text} @@` : line.text}`),
  ];
}

function drift({ body, evidence }: Plan): string {
  if (body.drift.length === 0) return "";
  const items = body.drift.map((each) => {
    const who = [...new Set(evidence.edits.filter((edit) => edit.address === each.address).map((edit) => edit.actor))];
    const fields = each.fields.map((field) => fieldText(field, false)).map((field) => mdCode(`${field.path}: ${field.inline}`));
    return `- **${mdText(each.address)}** ${fields.join(", ")}${who.length === 0 ? "" : ` by ${mdText(who.join(", "))}`}; ${each.class}, ${each.action}`;
  });
  return ["#### Drift (changed outside git)", "", ...items].join("\n");
}

function holds({ body }: Plan): string {
  if (body.holds.length === 0) return "";
  return ["#### Holds", "", ...body.holds.map((hold) => `- ${mdCode(hold.id)} on ${mdText(hold.selector)}: ${mdText(hold.reason)}`)].join(
    "\n",
  );
}

/** Who signed what comes as an archive, which archive, and who vouches for the time. */
function bundles(plan: Plan): string {
  const list = facts.changedBundles(plan);
  if (list.length === 0) return "";
  const items = list.map((each) => {
    const witness = facts.witnessText(each);
    const parts = [
      `- **${mdText(each.address)}** signed by ${mdText(facts.bundleSignerText(each))}`,
      ...(each.digest === undefined ? [] : [mdCode(each.digest)]),
      ...(witness === "" ? [] : [mdText(witness)]),
    ];
    return parts.join(", ");
  });
  return ["#### Signed archives", "", ...items].join("\n");
}

function violations(plan: Plan): string {
  const { body } = plan;
  if (body.violations.length === 0) return "";
  const items = body.violations.map(
    (each) => `- **${facts.levelText(each)}** ${mdText(each.address)}: ${mdText(each.message)} (${mdCode(facts.ruleText(each, plan))})`,
  );
  return ["#### Policy", "", ...items].join("\n");
}

function notes({ body }: Plan): string {
  const list = body.warnings.filter((each) => each.code !== "INERT");
  if (list.length === 0) return "";
  return [
    "#### Notes",
    "",
    ...list.map((each) => `- ${mdText(`${each.address === null ? "" : `${each.address}: `}${escapeText(each.message)}`)}`),
  ].join("\n");
}
