import { escapeText } from "../../core/index.ts";
import type { Asked, TestedCall, TestedPlugin } from "../plugins/index.ts";
import { plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

export const testedViews: Views<TestedPlugin> = {
  ...plainViews((tested) => ({ formatVersion: "1.0", kind: "PluginTested", ...tested })),
  text: ({ name, version, calls }, look) => {
    const failed = calls.filter(({ passed }) => !passed).length;
    const sum = `${counted(calls.length, "call")}, ${failed === 0 ? "none" : failed} not as wanted`;
    return fitted(look, [`${escapeText(name)} ${version}`, "", ...calls.flatMap((call) => linesOf(call, look)), "", sum, ""].join("\n"));
  },
};

function linesOf({ name, passed, result, wanted, asked, logged }: TestedCall, look: Look): readonly string[] {
  const got = "code" in result ? `${result.code}  ${escapeText(result.detail)}` : escapeText(JSON.stringify(result.value));
  return [
    `  ${symbolOf(look, passed ? "ok" : "error")} ${escapeText(name)}`,
    `      ${got}`,
    ...(wanted === null ? [] : [`      wanted ${escapeText(wanted)}`]),
    ...asked.map(askedLine),
    ...logged.map((line) => `      log ${escapeText(line)}`),
  ];
}

function askedLine({ tool, args, credentials, answered }: Asked): string {
  const along = credentials.length > 0 ? `  as ${escapeText(credentials.join(", "))}` : "";
  return `      asked ${escapeText(tool)} ${escapeText(JSON.stringify(args))}${along}${answered ? "" : "  refused"}`;
}
