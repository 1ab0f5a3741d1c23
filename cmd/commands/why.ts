import { MoltbotCommand } from "../base.ts";
import { Args, outputFlag } from "../flags.ts";
import { conclude, type Session } from "../session.ts";
import { UsageError } from "../usage.ts";
import { whyDataViews, whyReadViews, whyViews } from "../views/why.ts";

export default class Why extends MoltbotCommand {
  static override summary = "Explain what an agent can do, and who gets its data";
  static override description =
    "AGENT can (or cannot) TOOL: the grant with its place, its end, the team, the rules and their places, holds, and the commit that wrote it; or what is " +
    "missing. data AGENT: what leaves the host and to whom. read CHANNEL, or read AGENT/SESSION: who sees what is said. Every answer ends with exit code 0.";
  static override examples = [
    {
      description: "May it fetch this page, and who allowed that?",
      command: "<%= config.bin %> why support can http.fetch get https://api.example.com/orders",
    },
    { description: "Why is it not allowed to run commands?", command: "<%= config.bin %> why support cannot exec.run" },
    { description: "What leaves the host because of it?", command: "<%= config.bin %> why data support" },
    { description: "Who sees what is said here?", command: "<%= config.bin %> why read Channel/web" },
  ];
  static override args = {
    subject: Args.string({ description: "the agent; or `data`, or `read`", required: true, ignoreStdin: true }),
    verb: Args.string({
      description: "`can` or `cannot`; after `data` the agent, after `read` the channel or AGENT/SESSION",
      required: true,
      ignoreStdin: true,
    }),
    tool: Args.string({ description: "the tool, such as http.fetch", ignoreStdin: true }),
    action: Args.string({ description: "the action (default: any)", ignoreStdin: true }),
    resource: Args.string({ description: "what it acts on, one thing (default: any)", ignoreStdin: true }),
  };
  static override flags = { output: outputFlag("text", "json", "yaml") };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Why);
    const { subject, verb, tool, action, resource } = args;
    const session = this.session(flags);
    if (verb === "can" || verb === "cannot") {
      if (tool === undefined) throw new UsageError(`Say which tool: moltbot why ${subject} ${verb} TOOL [ACTION] [RESOURCE].`);
      const { whyCan } = await import("../../reconciler/engine.ts");
      const question = {
        agent: subject,
        asked: verb,
        tool,
        ...(action === undefined ? {} : { action }),
        ...(resource === undefined ? {} : { resource }),
      } as const;
      return conclude(session, await whyCan(question, session.query, await session.world()), { views: whyViews });
    }
    if ((subject !== "data" && subject !== "read") || tool !== undefined)
      throw new UsageError("Ask `why AGENT can TOOL`, `why data AGENT` or `why read CHANNEL`.");
    return subject === "data" ? await dataOf(verb, session) : await readersOf(verb, session);
  }
}

async function dataOf(agent: string, session: Session): Promise<number> {
  const { whyData } = await import("../../reconciler/engine.ts");
  return conclude(session, await whyData(agent, session.query, await session.world()), { views: whyDataViews });
}

async function readersOf(of: string, session: Session): Promise<number> {
  const { whyRead } = await import("../../reconciler/engine.ts");
  return conclude(session, await whyRead(of, session.query, await session.world()), { views: whyReadViews });
}
