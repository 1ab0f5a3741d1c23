import { InternalError, jsonEqual, segmentsOf } from "../core/index.ts";
import { formatManifest, parseFile } from "./manifest/index.ts";

/**
 * The text of one manifest with comments on the lines before some of its fields.
 *
 * @param comments - By JSON Pointer into the manifest.
 * @throws InternalError when a pointer leads nowhere, or when the text would not mean what it meant.
 */
export async function commentFields(text: string, comments: ReadonlyMap<string, string>): Promise<string> {
  if (comments.size === 0) return text;
  const { parseDocument, isCollection, isNode, isPair } = await import("yaml");
  const document = parseDocument(text, { version: "1.2", schema: "core" });
  for (const [pointer, comment] of comments) {
    const steps = segmentsOf(pointer);
    const last = steps.pop() ?? "";
    const parent = steps.length === 0 ? document.contents : document.getIn(steps, true);
    const items: readonly unknown[] = isCollection(parent) ? parent.items : [];
    const entry = items.find((item, i) => (isPair(item) ? String(item.key) : String(i)) === last);
    // The comment of a mapping's field stands at its key, that of a list's item at the item.
    const node = isPair(entry) ? entry.key : entry;
    if (!isNode(node)) throw new InternalError(`there is no field ${pointer} to comment`);
    node.commentBefore = [node.commentBefore, ...comment.split("\n").map((line) => ` ${line}`.trimEnd())]
      .filter((line) => typeof line === "string")
      .join("\n");
  }
  const formatted = await formatManifest(document.toString({ lineWidth: 0 }));
  if (!formatted.ok || !jsonEqual(meaning(formatted.value), meaning(text)))
    throw new InternalError("comments changed what a manifest means");
  return formatted.value;
}

function meaning(text: string): ReturnType<typeof parseFile>["documents"][number]["value"] {
  return parseFile({ path: "written.yaml", bytes: Buffer.from(text), blobId: null }).documents[0]?.value ?? null;
}
