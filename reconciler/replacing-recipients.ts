import {
  fail,
  isArray,
  isObject,
  ok,
  pointerOf,
  problem,
  shownRecipient,
  valueAt,
  type Diagnostic,
  type Json,
  type ManifestEdit,
  type Result,
} from "../core/index.ts";
import { editManifest, parseFile } from "./manifest/index.ts";
import type { SecretTree } from "./secret-tree.ts";

/** Old recipient to new. */
export type Replacements = ReadonlyMap<string, string>;

/** The Project with other recipients in its rules and targets. */
export interface ReplacedProject {
  readonly document: Json;
  /** Which of the old ones moltbot.yaml named. */
  readonly found: ReadonlySet<string>;
  /** moltbot.yaml, where it changes. */
  readonly files: readonly { readonly path: string; readonly before: Uint8Array; readonly after: string }[];
}

/**
 * Recipients of moltbot.yaml exchanged: in `secrets.rules`, in the target and in those of environments. All
 * else stays as it is written.
 */
export async function replacedInProject({ project, projectFile }: SecretTree, replace: Replacements): Promise<Result<ReplacedProject>> {
  const places = placesOf(project).filter(({ recipient }) => replace.has(recipient));
  const found = new Set(places.map(({ recipient }) => recipient));
  if (places.length === 0) return ok({ document: project, found, files: [] });
  const edits = places.flatMap((place) => editOf(project, place, replace));
  const text = Buffer.from(projectFile.bytes).toString("utf8");
  const after = await editManifest(projectFile.path, text, [project], [edits]);
  const document = after === undefined ? undefined : parseFile({ ...projectFile, bytes: Buffer.from(after) }).documents[0]?.value;
  if (after === undefined || document === undefined) return fail(unchangeable(projectFile.path));
  return ok({ document, found, files: [{ path: projectFile.path, before: projectFile.bytes, after }] });
}

interface Place {
  readonly recipient: string;
  readonly path: readonly string[];
}

/** Every place of a Project where a recipient stands. */
function placesOf(project: Json): readonly Place[] {
  const rules = valueAt(project, ["spec", "secrets", "rules"]);
  const environments = valueAt(project, ["spec", "environments"]);
  const lists = (isArray(rules) ? rules : []).map((_, i) => ["spec", "secrets", "rules", String(i), "recipients"]);
  const names = isObject(environments) ? Object.keys(environments) : [];
  const targets = [["spec", "target"], ...names.map((name) => ["spec", "environments", name, "target"])];
  return [
    ...lists.flatMap((list) => {
      const recipients = valueAt(project, list);
      return isArray(recipients) ? recipients.flatMap((each, i) => placeAt(each, [...list, String(i)])) : [];
    }),
    ...targets.flatMap((target) => placeAt(valueAt(project, [...target, "recipient"]), [...target, "recipient"])),
  ];
}

function placeAt(recipient: Json | undefined, path: readonly string[]): readonly Place[] {
  return typeof recipient === "string" ? [{ recipient, path }] : [];
}

/** Where the new one stands in the same list already, the old one only goes. */
function editOf(project: Json, { recipient, path }: Place, replace: Replacements): readonly ManifestEdit[] {
  const pointer = pointerOf(path);
  const value = replace.get(recipient) ?? recipient;
  const list = valueAt(project, path.slice(0, -1));
  if (!isArray(list)) return [{ op: "set", pointer, value }];
  const replaced = list.map((each) => (typeof each === "string" ? replace.get(each) : undefined) ?? each);
  const isThere = list.includes(value) || replaced.indexOf(value) < Number(path.at(-1));
  return [isThere ? { op: "remove", pointer } : { op: "set", pointer, value }];
}

function unchangeable(path: string): Diagnostic {
  return problem("RECIPIENT_INVALID", {
    detail: `The text of ${path} cannot be changed without changing what else it says, or losing a comment. Nothing was written.`,
    remedy: "Put the new recipients into it by hand, then:\nmoltbot secret rekey",
    at: { file: path, line: 1, column: 1 },
  });
}

/** A replacement that replaces nothing is a mistake. */
export function nobodyNamed(recipient: string): Diagnostic {
  return problem("RECIPIENT_INVALID", {
    detail: `${shownRecipient(recipient)} is to be replaced, but neither moltbot.yaml nor any value names it. Nothing was written.`,
    remedy: "Compare it with what is there:\nmoltbot secret rekey --dry-run",
  });
}
