import { escapeText, type SourcePosition } from "../../core/index.ts";
import type { Why, WhyAnswer, WhyData, WhyGrant, WhyRead } from "../../reconciler/engine.ts";
import { plainViews, type Views } from "./index.ts";
import { padded, widestOf } from "./layout.ts";
import { bundleSignerText } from "./plan-facts.ts";
import { fitted, paint, type Look } from "./look.ts";
import { inColorOf, symbolOf, type Status } from "./status.ts";

export const whyViews: Views<Why> = {
  ...plainViews((why) => ({ formatVersion: "1.0", kind: "Why", ...why })),
  text: (why, look) => fitted(look, whyText(why, look)),
};
export const whyDataViews: Views<WhyData> = {
  ...plainViews((why) => ({ formatVersion: "1.0", kind: "WhyData", ...why })),
  text: (why, look) => fitted(look, dataText(why, look)),
};
export const whyReadViews: Views<WhyRead> = {
  ...plainViews((why) => ({ formatVersion: "1.0", kind: "WhyRead", ...why })),
  text: (why, look) => fitted(look, readText(why, look)),
};

const STATUS = { allowed: "allowed", conditional: "conditional", denied: "denied", "not-granted": "denied" } as const satisfies Record<
  WhyAnswer,
  Status
>;

function whyText(why: Why, look: Look): string {
  const what = escapeText([why.tool, why.action, why.resource].filter((each) => each !== null).join(" "));
  const lines = [`${symbolOf(look, STATUS[why.answer])} ${paint(look, "bold", verdict(why))}  ${what}`, ...grantLines(why, look)];
  if (why.nearest.length > 0)
    lines.push(
      "",
      "Its nearest grants:",
      ...why.nearest.map(
        ({ atom, lacks, at }) =>
          `  ${escapeText(`${atom.tool} ${atom.action} ${atom.pattern}`)}  ${placeText(at)}\n      ${escapeText(lacks)}`,
      ),
    );
  else if (why.grants.length === 0)
    lines.push("", `It has no grant for this tool. To allow it, add a capability to ${escapeText(why.agent)} (docs/capabilities.md).`);
  return `${lines.join("\n")}\n`;
}

function verdict({ agent, answer, effectively }: Why): string {
  const who = escapeText(agent);
  if (answer === "allowed") return `${who} can`;
  if (answer === "conditional") return `${who} can, and each call is decided on its own`;
  const through = effectively === "not-granted" || effectively === "denied" ? "" : "; through another it can";
  return answer === "denied" ? `${who} cannot: denied${through}` : `${who} cannot: not granted${through}`;
}

function grantLines({ grants }: Why, look: Look): readonly string[] {
  return grants.flatMap((grant) => ["", ...oneGrant(grant, look)]);
}

function oneGrant(grant: WhyGrant, look: Look): readonly string[] {
  const { via, atom, at, expiresAt, rules, teams, holds, introduced } = grant;
  const head = via.length > 1 ? `through ${via.map(escapeText).join(" -> ")}` : escapeText(atom.subject);
  const rows: (readonly [string, string])[] = [
    ["grant", `${escapeText(`${atom.tool} ${atom.action} ${atom.pattern}`)}  ${placeText(at)}`],
    ...(grant.signer === null
      ? []
      : [["plugin", `${escapeText(grant.signer.address)}  signed by ${bundleSignerText(grant.signer)}`] as const]),
    ["constraints", escapeText(JSON.stringify(atom.constraints))],
    ["expires", expiresAt === null ? "never" : `${escapeText(expiresAt)}${atom.expiry === "expired" ? ", which has passed" : ""}`],
    ...teams.map((team): readonly [string, string] => [
      "ceiling",
      `${escapeText(team.team)}  ${team.isBeyond ? `passed by ${escapeText(team.by ?? "")}` : "not passed"}  ${placeText(team.at)}`,
    ]),
    ...rules.map((rule): readonly [string, string] => [
      "rule",
      `${rule.rule}  ${rule.effect} (${rule.level})  ${rule.at === null ? "" : `${rule.at.file}:${rule.at.line}`}${rule.message === null ? "" : `\n${rule.message}`}`,
    ]),
    ...rules.flatMap(({ rule, exception }): (readonly [string, string])[] =>
      exception === null
        ? []
        : [
            [
              "exception",
              `${escapeText(exception.address)}  lifts ${rule} until ${exception.expiresAt ?? "its end"}: ${escapeText(exception.reason ?? "")} (${escapeText(exception.owner ?? "")})  ${placeText(exception.at)}`,
            ],
          ],
    ),
    ...holds.map((hold): readonly [string, string] => [
      "hold",
      `${escapeText(hold.id)}  on ${escapeText(hold.selector)} by ${escapeText(hold.actor)}: ${escapeText(hold.reason)}${hold.until === null ? "" : `, until ${hold.until}`}`,
    ]),
    introduced === null
      ? ["since", "not in a commit, or its file was changed since"]
      : [
          "since",
          `${introduced.commit.slice(0, 7)}  ${introduced.at.slice(0, 10)}  ${escapeText(introduced.author)}: ${escapeText(introduced.subject)}${introduced.signer === null ? "" : `, signed by ${escapeText(introduced.signer)}`}`,
        ],
  ];
  return [
    `${inColorOf(look, STATUS[grant.answer], grant.answer)}  ${head}`,
    ...rows.flatMap(([name, text]) => text.split("\n").map((line, i) => `  ${(i === 0 ? name : "").padEnd(13)}${line}`.trimEnd())),
  ];
}

function placeText(at: SourcePosition | null): string {
  return at === null ? "" : `${escapeText(at.file)}:${at.line}:${at.column}`;
}

function dataText({ agent, handles, sinks }: WhyData, look: Look): string {
  const from = handles.map(({ channel, dataClass }) => `  ${escapeText(channel)}  ${dataClass ?? "no data class"}`);
  const rows = (isLocal: boolean): string[] =>
    sinkRows(
      sinks.filter((each) => each.isLocal === isLocal),
      look,
    );
  const leaving = rows(false);
  const staying = rows(true);
  return [
    paint(
      look,
      "bold",
      leaving.length === 0
        ? `Nothing of ${escapeText(agent)} leaves this machine`
        : `What leaves this machine because of ${escapeText(agent)}`,
    ),
    ...leaving,
    ...(staying.length === 0 ? [] : ["", paint(look, "bold", "What stays on this machine"), ...staying]),
    ...(from.length === 0 ? [] : ["", paint(look, "bold", "What it handles comes from"), ...from]),
    "",
  ].join("\n");
}

function sinkRows(sinks: WhyData["sinks"], look: Look): string[] {
  return sinks.flatMap((sink) => [
    `  ${paint(look, "bold", escapeText(sink.to))}  ${[sink.kind, sink.where === null ? "" : escapeText(sink.where), `class ${sink.dataClass ?? "not said"}`, sink.answer ?? ""].filter((each) => each !== "").join("  ")}`,
    `      ${escapeText(sink.what)}${sink.via.length > 1 ? `, via ${sink.via.map(escapeText).join(" -> ")}` : ""}  ${placeText(sink.at)}`.trimEnd(),
  ]);
}

function readText({ of, session, agents, people, sinks }: WhyRead, look: Look): string {
  const title = (text: string): string => paint(look, "bold", text);
  const list = (rows: readonly (readonly [string, string])[]): string[] => {
    const column = widestOf(rows.map(([who]) => escapeText(who)));
    return rows.map(([who, why]) => `  ${padded(escapeText(who), column)}  ${escapeText(why)}`);
  };
  return [
    title(`Who sees ${session === null ? "what is said on" : `conversation ${escapeText(session)} with`} ${escapeText(of)}`),
    "",
    title("Agents"),
    ...list(agents.map(({ agent, why }) => [agent, why])),
    "",
    title("People"),
    ...list(people.map(({ who, why }) => [who, why])),
    "",
    title("Others, or parts of it"),
    ...(sinks.length === 0 ? ["  nobody"] : sinkRows(sinks, look)),
    "",
  ].join("\n");
}
