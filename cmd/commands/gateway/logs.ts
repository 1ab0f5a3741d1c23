import { MoltbotCommand } from "../../base.ts";
import { Flags, outputFlag } from "../../flags.ts";
import { conclude, type Session } from "../../session.ts";

const DEFAULT_LINES = 50;
const MAX_LINES = 100_000;

export default class GatewayLogs extends MoltbotCommand {
  static override summary = "Show the log of the gateway";
  static override description =
    "The log that `gateway run` keeps in the state folder: what happened, never what was said; people by a pseudonym.";
  static override examples = [
    { description: "The last lines", command: "<%= config.bin %> gateway logs" },
    { description: "As they are written", command: "<%= config.bin %> gateway logs --follow" },
    { description: "For a program", command: "<%= config.bin %> gateway logs --lines 1000 -o jsonl" },
  ];
  static override flags = {
    output: outputFlag("text", "jsonl"),
    lines: Flags.integer({
      helpValue: "N",
      min: 0,
      max: MAX_LINES,
      default: DEFAULT_LINES,
      description: `how many of the last lines (default: ${DEFAULT_LINES})`,
      env: "MOLTBOT_LINES",
    }),
    follow: Flags.boolean({ char: "f", description: "go on with new lines until Ctrl-C", env: "MOLTBOT_FOLLOW" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayLogs);
    const session = this.session(flags);
    const { stateOf } = await import("../../state-of.ts");
    const dir = await stateOf(session);
    if (!dir.ok) return conclude(session, dir, { views: { text: () => "" } });
    const { lastLines, newLines, logLineText } = await import("../../gateway-logs.ts");
    const shown = (line: string): string => `${session.format === "jsonl" ? line : logLineText(line)}\n`;
    await session.io.out(lastLines(dir.value, flags.lines).map(shown).join(""));
    if (flags.follow) await follow(session, newLines(dir.value, session.interrupt.signal), shown);
    return 0;
  }
}

async function follow(session: Session, lines: AsyncIterable<string>, shown: (line: string) => string): Promise<void> {
  for await (const line of lines) {
    await session.io.out(shown(line));
    if (session.io.failure() !== undefined) return;
  }
}
