import {
  addressOf,
  fail,
  failAll,
  ok,
  problem,
  type Diagnostic,
  type JsonObject,
  type Kinds,
  type Resource,
  type Result,
} from "../core/index.ts";
import { parseFile, validateDocument } from "./manifest/index.ts";
import { canonicalForm, fileReferences, resolveRecorded } from "./resolve/index.ts";

/** What stands beside a manifest that comes from no file: the resources of one owner, as they are active. */
export interface Beside {
  readonly project: string;
  readonly environment: string;
  readonly resources: readonly Resource[];
}

/**
 * One manifest that a call brings, on the way of one that a file declares: read, held against its schema, texts that
 * nobody sees refused, defaults filled in, its references looked up beside it. Pure.
 *
 * @returns the resource, or all of its mistakes; a place is told by its pointer, since there is no line.
 */
export function declareBeside(manifest: JsonObject, { project, environment, resources }: Beside, kinds: Kinds): Result<Resource> {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const parsed = parseFile({ path: "manifest.json", bytes, blobId: null });
  const [document] = parsed.documents;
  if (parsed.diagnostics.length > 0 || !document) return failAll(parsed.diagnostics.map(withPointer));
  const validated = validateDocument(document, kinds);
  const written = validated.resource;
  if (!written) return failAll(validated.diagnostics.map(withPointer));
  const schema = kinds.byName.get(written.kind)?.schema;
  const files = fileReferences({ ...written, ...document, value: written.value }, schema);
  if (files.length > 0) return failAll(files.map(({ origin }) => noFile(origin.pointer)));
  const resource = canonicalForm(written.value, schema) as unknown as Resource;
  const address = addressOf(written.kind, written.name);
  const others = resources.filter((each) => addressOf(each.kind, each.metadata.name) !== address);
  const resolved = resolveRecorded(project, environment, [...others, resource], kinds);
  if (!resolved.ok) return failAll(resolved.diagnostics.map(withPointer));
  const own = resolved.value.byAddress.get(address)?.resource;
  return own ? ok(own) : fail(problem("API_INVALID", { detail: "The manifest declares nothing." }));
}

function noFile(pointer: string): Diagnostic {
  return problem("API_INVALID", {
    detail: `${pointer}: there is no repository beside this manifest, so it names no file.`,
    remedy: "Send the text itself.",
  });
}

function withPointer({ origin, at, ...diagnostic }: Diagnostic): Diagnostic {
  const pointer = origin?.pointer ?? "";
  return pointer === "" && !at
    ? diagnostic
    : { ...diagnostic, detail: pointer === "" ? diagnostic.detail : `${pointer}: ${diagnostic.detail}` };
}
