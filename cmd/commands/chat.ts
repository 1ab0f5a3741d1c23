import tty from "node:tty";
import { MoltbotCommand } from "../base.ts";
import { chatOver, type ChatFlags } from "../chat.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { PASSPHRASE_FLAGS } from "../store-key-flags.ts";
import { UsageError } from "../usage.ts";

export default class Chat extends MoltbotCommand {
  static override summary = "Talk to an agent of the active generation";
  static override description =
    "With TEXT, or text on standard input, one message and its answer; without, a conversation on the terminal (Ctrl-C stops an answer, " +
    "Ctrl-D ends). The conversation is kept, encrypted, and goes on where it ended.";
  static override examples = [
    { description: "One message", command: '<%= config.bin %> chat support "Where is my order?"' },
    { description: "A conversation", command: "<%= config.bin %> chat support" },
    {
      description: "For a script: a new conversation, the answer as JSON",
      command: '<%= config.bin %> chat support --new -o json "Hello"',
    },
    { description: "Which conversations are there?", command: "<%= config.bin %> chat support --sessions" },
  ];
  static override args = {
    agent: Args.string({ description: "the agent's name", required: true, ignoreStdin: true }),
    text: Args.string({ description: "the message", ignoreStdin: true }),
  };
  static override contradictions: readonly (readonly [string, string])[] = [
    ["session", "new"],
    ["session", "sessions"],
    ["session", "forget"],
    ["new", "sessions"],
    ["new", "forget"],
    ["sessions", "forget"],
  ];
  static override flags = {
    output: outputFlag("text", "json", "jsonl", "yaml"),
    session: Flags.string({
      helpValue: "ID",
      description: "go on with this conversation (default: the one used last)",
      env: "MOLTBOT_SESSION",
    }),
    new: Flags.boolean({ description: "begin a new conversation", env: "MOLTBOT_NEW" }),
    sessions: Flags.boolean({ description: "list the agent's conversations", env: "MOLTBOT_SESSIONS" }),
    ...PASSPHRASE_FLAGS,
    forget: Flags.string({ helpValue: "ID", description: "drop a conversation for good", env: "MOLTBOT_FORGET" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Chat);
    const isInteractive = args.text === undefined && tty.isatty(0) && !flags.sessions && flags.forget === undefined;
    if (isInteractive && flags.output !== "text")
      throw new UsageError(`A conversation on the terminal is text; -o ${flags.output} needs TEXT.`);
    if (args.text !== undefined && (flags.sessions || flags.forget !== undefined))
      throw new UsageError("--sessions and --forget take no TEXT.");
    const given: ChatFlags = {
      agent: args.agent,
      text: args.text,
      session: flags.session,
      isNew: flags.new,
      list: flags.sessions,
      forget: flags.forget,
      passphraseFile: flags["passphrase-file"],
    };
    return await chatOver(this.session(flags), given, isInteractive);
  }
}
