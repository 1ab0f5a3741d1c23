import { codeNamed, problem, CODES, fail, isDiagnosticCode, nearest, ok, shown } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { codeListViews, codePageViews } from "../views/codes.ts";

export default class Explain extends MoltbotCommand {
  static override summary = "Say what a diagnostic code means and what to do about it";
  static override description = "Without a code, lists them all. Codes are stable: they mean the same in every version.";
  static override examples = [
    { description: "What does this code mean?", command: "<%= config.bin %> explain REF_NOT_FOUND" },
    { description: "Every code, for a script", command: "<%= config.bin %> explain -o json" },
  ];
  static override args = { code: Args.string({ description: "a diagnostic code, such as REF_NOT_FOUND", ignoreStdin: true }) };
  static override flags = { output: outputFlag("text", "json", "yaml", "markdown") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Explain);
    const session = this.session(flags);
    if (args.code === undefined) return conclude(session, ok(Object.keys(CODES).filter(isDiagnosticCode).sort()), { views: codeListViews });
    const code = codeNamed(args.code);
    if (code !== undefined) return conclude(session, ok(code), { views: codePageViews });
    const near = nearest(args.code.toUpperCase(), Object.keys(CODES));
    const unknown = problem("CODE_UNKNOWN", {
      detail: `There is no diagnostic code ${shown(args.code)}.`,
      remedy: near === undefined ? "List them all:\nmoltbot explain" : `Did you mean ${near}?`,
      context: { code: args.code },
    });
    return conclude(session, fail(unknown), { views: codeListViews });
  }
}
