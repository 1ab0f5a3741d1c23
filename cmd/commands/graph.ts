import { MoltbotCommand } from "../base.ts";
import { CACHE_FLAG, Flags } from "../flags.ts";
import { conclude } from "../session.ts";
import { GRAPH_FORMATS, graphViews } from "../views/graph.ts";

export default class Graph extends MoltbotCommand {
  static override summary = "Show what refers to what";
  static override description =
    "Every resource that the files declare, and its references: talks-to, calls, uses, holds, bounds. They decide in which order things are applied and " +
    "deleted, and what an agent can reach.";
  static override examples = [
    { description: "What does this agent need, and who needs it?", command: "<%= config.bin %> graph --focus Agent/support" },
    { description: "A picture, with Graphviz", command: "<%= config.bin %> graph -o dot | dot -Tsvg > graph.svg" },
    { description: "For a Markdown page", command: "<%= config.bin %> graph -o mermaid" },
  ];
  static override flags = {
    output: Flags.option({
      helpGroup: "GLOBAL",
      char: "o",
      options: GRAPH_FORMATS,
      default: "text",
      description: "format of what is written to standard output",
      env: "MOLTBOT_OUTPUT",
    })(),
    ...CACHE_FLAG,
    focus: Flags.string({
      helpValue: "ADDRESS",
      description: "only this resource (Kind/name), what it needs and what needs it",
      env: "MOLTBOT_FOCUS",
    }),
  };

  async run(): Promise<number> {
    const { flags } = await this.read(Graph);
    // Mermaid and DOT are texts: a failure is told as with any other text.
    const session = this.session({ ...flags, output: flags.output === "json" ? "json" : "text" });
    const { graph } = await import("../../reconciler/engine.ts");
    const found = await graph(session.query, flags.focus ?? null, await session.showingWorld(flags));
    return conclude(session, found, { views: graphViews(flags.output) });
  }
}
