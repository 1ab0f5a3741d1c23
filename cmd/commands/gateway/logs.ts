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
    { description: "What went wrong with one agent", command: "<%= config.bin %> gateway logs --level warn --agent support" },
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
    level: Flags.option({
      options: ["debug", "info", "warn", "error"] as const,
      description: "only lines of this level and above",
      env: "MOLTBOT_LEVEL",
    })(),
    agent: Flags.string({ helpValue: "NAME", description: "only what this agent did", env: "MOLTBOT_AGENT" }),
    trace: Flags.string({ helpValue: "ID", description: "only one run or request, by its trace id", env: "MOLTBOT_TRACE" }),
    follow: Flags.boolean({ char: "f", description: "go on with new lines until Ctrl-C", env: "MOLTBOT_FOLLOW" }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(GatewayLogs);
    const session = this.session(flags);
    const { stateOf } = await import("../../state-of.ts");
    const dir = await stateOf(session);
    if (!dir.ok) return conclude(session, dir, { views: { text: () => "" } });
    const { isWantedLine, lastLines, newLines, logLineText } = await import("../../gateway-logs.ts");
    const shown = (line: string): string => `${session.format === "jsonl" ? line : logLineText(line)}\n`;
    await session.io.out(lastLines(dir.value, flags.lines, flags).map(shown).join(""));
    const isWanted = (line: string): boolean => isWantedLine(line, flags);
    if (flags.follow) await follow(session, newLines(dir.value, session.interrupt.signal), { isWanted, shown });
    return 0;
  }
}

interface Showing {
  readonly isWanted: (line: string) => boolean;
  readonly shown: (line: string) => string;
}

async function follow(session: Session, lines: AsyncIterable<string>, { isWanted, shown }: Showing): Promise<void> {
  for await (const line of lines) {
    if (!isWanted(line)) continue;
    await session.io.out(shown(line));
    if (session.io.failure() !== undefined) return;
  }
}
