import { escapeText, shortDigest, type Generation, type Hold } from "../../core/index.ts";
import type { StatusReport } from "../../reconciler/engine.ts";
import { plainViews, type Views } from "./index.ts";
import { counted, indented, table } from "./layout.ts";
import { fitted, paint, type Look } from "./look.ts";
import { ageText } from "./plan-facts.ts";
import { inColorOf, symbolOf, type Status } from "./status.ts";
import { stateLines } from "./watch.ts";

/** Facts first, then what asks for attention, then (with --verbose, or where something is lacking) the resources. */
export const statusViews: Views<StatusReport> = {
  ...plainViews((report) => ({ formatVersion: "1.0", kind: "Status", ...report })),
  text: (report, look) => {
    const sections = [facts(report, look), attention(report, look), watching(report, look), holds(report, look), resources(report, look)];
    const blocks = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
    return fitted(look, `${blocks.join("\n\n")}\n`);
  },
};

function facts(report: StatusReport, look: Look): readonly string[] {
  const { owner, target, active, lineage, recipient, ledgerHead, watch, resources: all, unmanaged } = report;
  const inert = all.filter((each) => each.inert.length > 0).length;
  const rows: readonly (readonly [string, string])[] = [
    ["owner", escapeText(owner)],
    ["target", `${escapeText(target)}${lineage === null ? "" : `, store ${lineage.slice(0, 12)}`}`],
    ["active", active === null ? "nothing applied yet" : generationText(active, look)],
    ["resources", `${all.length}${inert === 0 ? "" : `, ${inert} inert`}`],
    ...(unmanaged.length === 0 ? [] : [["unmanaged", unmanagedText(unmanaged, look)] as const]),
    ...(recipient === null ? [] : [["recipient", escapeText(recipient)] as const]),
    ...(watch === null ? [] : [["watch", followedText(watch, look)] as const]),
    ...(ledgerHead === null ? [] : [["ledger", `record ${ledgerHead.seq}, ${shortDigest(ledgerHead.hash)}`] as const]),
  ];
  const column = Math.max(...rows.map(([name]) => name.length));
  return rows.flatMap(([name, value]) => {
    const [first = "", ...rest] = indented(value, column + 2, look.width);
    return [`${paint(look, "dim", name.padEnd(column))}  ${first.trimStart()}`, ...rest];
  });
}

/** Counted, and with --verbose named. */
function unmanagedText(addresses: StatusReport["unmanaged"], look: Look): string {
  const back = "belonging to no Project; `moltbot adopt ADDRESS --from unmanaged/unmanaged` takes one back";
  return `${counted(addresses.length, "object")}${look.verbose ? ` (${addresses.map(escapeText).join(", ")})` : ""}, ${back}`;
}

function followedText({ source, attempted, failing }: NonNullable<StatusReport["watch"]>, look: Look): string {
  const what = source === null ? "the work tree" : `${escapeText(source.url)}, branch ${escapeText(source.branch)}`;
  const looked = [attempted?.at, failing?.at]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  return looked === undefined ? what : `${what}; last looked ${ageText(looked, look.now)}`;
}

function generationText({ number, actor, createdAt, commit, dirty, restores }: Generation, look: Look): string {
  const from =
    restores !== undefined
      ? `generation ${restores}, by a rollback`
      : commit === null
        ? "the work tree"
        : `${commit.slice(0, 7)}${dirty ? " with local changes" : ""}`;
  return `generation ${number} from ${from}, by ${escapeText(actor)}, ${ageText(createdAt, look.now)}`;
}

function attention({ candidate, pin, openIntent, edits, obligations }: StatusReport, look: Look): readonly string[] {
  const found: readonly (readonly [Status, string] | undefined)[] = [
    candidate ? ["candidate", `generation ${candidate.number} waits for the runtime's answer`] : undefined,
    openIntent
      ? [
          "warning",
          `an apply by ${escapeText(openIntent.actor)}, ${ageText(openIntent.at, look.now)}, has not ended: it is running, or was stopped; \`moltbot apply\` goes on`,
        ]
      : undefined,
    pin
      ? [
          "pinned",
          `pinned to generation ${pin.generation} by ${escapeText(pin.actor)}, ${ageText(pin.at, look.now)}: ${escapeText(pin.because)}`,
        ]
      : undefined,
    edits.length > 0 ? ["drift", `${counted(edits.length, "edit")} made outside git; \`moltbot drift\` shows them`] : undefined,
    ...obligations.map(({ code, address, message }) => ["warning", escapeText(`${address}  ${message}  (${code})`)] as const),
  ];
  return found.flatMap((each) => (each ? marked(look, each[0], each[1]) : []));
}

/** How far the watch loop of this state folder has come: applied against attempted. */
function watching({ watch }: StatusReport, look: Look): readonly string[] {
  if (watch === null) return [];
  const unverified = "what is followed is applied without checking who signed it";
  return [
    ...stateLines(watch, look).flatMap(([status, text]) => marked(look, status, text)),
    ...(watch.source === null ? [] : marked(look, "warning", unverified)),
  ];
}

function marked(look: Look, status: Status, text: string): readonly string[] {
  const [first = "", ...rest] = indented(text, 2, look.width);
  return [`${symbolOf(look, status)} ${inColorOf(look, status, first.trimStart())}`, ...rest];
}

function holds({ holds: list }: StatusReport, look: Look): readonly string[] {
  if (list.length === 0) return [];
  return [
    paint(look, "bold", "Holds"),
    ...table(
      ["ID", "ON", "DENIED", "BY", "UNTIL", "WHY"],
      list.map((hold) => holdCells(hold, look)),
      look,
    ),
  ];
}

export function holdCells({ id, selector, denied, actor, at, until, reason }: Hold, look: Look): readonly string[] {
  const what = denied === "all" ? "everything" : denied.join(", ");
  const cells = [id, selector, what, `${actor}, ${ageText(at, look.now)}`, until ?? "lifted", reason];
  return cells.map(escapeText);
}

function resources({ resources: all }: StatusReport, look: Look): readonly string[] {
  const shown = look.verbose ? all : all.filter((each) => each.inert.length > 0);
  if (shown.length === 0) return [];
  const rows = shown.map(({ address, inert }) => [
    escapeText(address),
    inert.length === 0 ? "active" : `inert: needs ${escapeText(inert.join(", "))}`,
  ]);
  return table(["RESOURCE", "STATE"], rows, look, (text, row, column) =>
    column === 1 ? inColorOf(look, shown[row]?.inert.length === 0 ? "ok" : "inert", text) : text,
  );
}
