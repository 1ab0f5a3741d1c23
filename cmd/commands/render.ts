import { byCodeUnit, fail, mapResult, nearest, ok, problem, shown, type Resource, type Result } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, CACHE_FLAG, Flags, outputFlag } from "../flags.ts";
import { conclude } from "../session.ts";
import { originsViews } from "../views/origins.ts";
import { resourcesViews } from "../views/resources.ts";

export default class Render extends MoltbotCommand {
  static override summary = "Print the resources as they would be applied";
  static override description =
    "Overlays are merged, defaults filled in, files embedded. Secret values stay encrypted. Without an address, prints them all. As text: YAML.";
  static override examples = [
    { description: "Everything, as one YAML stream", command: "<%= config.bin %> render" },
    { description: "Which file, and which line, says this?", command: "<%= config.bin %> render Agent/support -e prod --origins" },
    { description: "One agent in the production environment, as JSON", command: "<%= config.bin %> render Agent/support -e prod -o json" },
  ];
  static override strict = true;
  static override args = {
    addresses: Args.string({ description: "which resources, each as Kind/name", multiple: true, ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "yaml", "json", "jsonl"),
    ...CACHE_FLAG,
    origins: Flags.boolean({
      description: "say of each value where it was written: file, line and column, or that it is a default",
      env: "MOLTBOT_ORIGINS",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Render);
    const session = this.session(flags);
    const { origins, render } = await import("../../reconciler/engine.ts");
    if (flags.origins) {
      return conclude(session, await origins(session.query, args.addresses ?? [], await session.world()), { views: originsViews });
    }
    const rendered = await render(session.query, await session.showingWorld(flags));
    const chosen = rendered.ok ? choose(rendered.value.resources, args.addresses ?? []) : rendered;
    return conclude(
      session,
      mapResult(chosen, (resources) => ({ resources })),
      { views: resourcesViews },
    );
  }
}

/** The resources asked for, in the order of the model; every address that names none is its own error. */
function choose(resources: readonly Resource[], addresses: readonly string[]): Result<readonly Resource[]> {
  if (addresses.length === 0) return ok(resources);
  const byAddress = new Map(resources.map((each) => [`${each.kind}/${each.metadata.name}`, each]));
  const unknown = addresses.filter((address) => !byAddress.has(address));
  if (unknown.length > 0) return fail(...unknown.map((address) => notFound(address, byAddress.keys())));
  return ok([...new Set(addresses)].sort(byCodeUnit).flatMap((address) => byAddress.get(address) ?? []));
}

function notFound(address: string, known: Iterable<string>): ReturnType<typeof problem> {
  const near = nearest(address, known);
  return problem("RESOURCE_NOT_FOUND", {
    detail: `No file declares ${shown(address)}.`,
    remedy: near === undefined ? "List what is declared:\nmoltbot render -o jsonl" : `Did you mean ${near}?`,
    context: { address },
  });
}
