import { fail, nearest, ok, problem, shown, type Result } from "../../core/index.ts";
import { MoltbotCommand } from "../base.ts";
import { Args, Flags, outputFlag } from "../flags.ts";
import { conclude, type Session } from "../session.ts";
import { writeTree } from "../tree.ts";
import { UsageError } from "../usage.ts";
import { cueViews, kindListViews, schemaFilesViews, schemaViews } from "../views/schema.ts";

export default class Schema extends MoltbotCommand {
  static override summary = "Show what a kind declares: its fields, as text, JSON Schema or CUE";
  static override description =
    "Without a kind, lists them. --all writes every schema into a folder, for editors: a manifest names its schema in a modeline.";
  static override examples = [
    { description: "Which kinds are there?", command: "<%= config.bin %> schema" },
    { description: "The fields of an Agent", command: "<%= config.bin %> schema Agent" },
    { description: "Schemas for an editor", command: "<%= config.bin %> schema --all .schemas" },
    { description: "Definitions for CUE", command: "<%= config.bin %> schema --format cue" },
  ];
  static override args = {
    kind: Args.string({ description: "a kind, such as Agent, or a written format, such as Plan", ignoreStdin: true }),
  };
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    all: Flags.string({ helpValue: "DIR", description: "write every schema into this folder", env: "MOLTBOT_ALL" }),
    format: Flags.string({
      options: ["json", "cue"],
      description: "print JSON Schema, or CUE definitions, instead of text",
      env: "MOLTBOT_FORMAT",
    }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(Schema);
    const session = this.session(flags.format === "json" ? { ...flags, output: "json" } : flags);
    if (flags.all !== undefined && args.kind !== undefined) throw new UsageError("KIND and --all contradict each other.");
    if (flags.all !== undefined) return writeAll(session, flags.all, flags.format === "cue");
    return flags.format === "cue" ? showCue(session, args.kind) : showSchema(session, args.kind);
  }
}

async function showSchema(session: Session, kind: string | undefined): Promise<number> {
  const schemas = await import("../../schemas/index.ts");
  if (kind === undefined) return conclude(session, ok(schemas.kindList()), { views: kindListViews });
  const schema = schemas.schemaOf(kind);
  const fields = schemas.KINDS.byName.get(kind)?.schema;
  const found = schema ? ok({ name: kind, schema, fields }) : unknownKind(kind, schemas.schemaNames());
  return conclude(session, found, { views: schemaViews });
}

async function showCue(session: Session, kind: string | undefined): Promise<number> {
  const { cueOf, kindList } = await import("../../schemas/index.ts");
  const cue = cueOf(kind);
  const kinds = kindList().map((each) => each.kind);
  return conclude(session, cue === undefined ? unknownKind(kind ?? "", kinds) : ok({ cue }), { views: cueViews });
}

async function writeAll(session: Session, folder: string, isCue: boolean): Promise<number> {
  const { cueOf, schemaFilesText } = await import("../../schemas/index.ts");
  const texts = isCue ? new Map([["moltbot.cue", cueOf() ?? ""]]) : schemaFilesText();
  const files = [...texts].map(([path, text]) => ({ path, text }));
  const written = writeTree(folder, files, "refresh");
  return conclude(session, written.ok ? ok({ folder, files: files.map((file) => file.path) }) : written, { views: schemaFilesViews });
}

function unknownKind(name: string, known: readonly string[]): Result<never> {
  const near = nearest(name, known);
  return fail(
    problem("KIND_UNKNOWN", {
      detail: `This build has no schema of the name ${shown(name)}.`,
      remedy: near === undefined ? "List the kinds:\n  moltbot schema" : `Did you mean ${near}?`,
      context: { kind: name },
    }),
  );
}
