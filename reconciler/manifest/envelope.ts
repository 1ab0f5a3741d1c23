import {
  addressOf,
  byCodeUnit,
  firstUnsafe,
  isName,
  isObject,
  nearest,
  problem,
  shown,
  type Address,
  type Diagnostic,
  type DiagnosticCode,
  type Json,
  type JsonObject,
  type KindModel,
  type Kinds,
  type Origin,
} from "../../core/index.ts";
import { found } from "./credential.ts";
import type { ParsedDocument } from "./types.ts";

/** What a document says it is: the fields that every kind has. */
export interface Envelope {
  /** Absent when the document is no resource, or of no known kind and version. */
  readonly model?: KindModel;
  readonly value?: JsonObject;
  readonly name?: string;
  readonly address?: Address;
  readonly diagnostics: readonly Diagnostic[];
}

const SHAPE = "A manifest is a mapping with apiVersion, kind, metadata and spec.";

export function readEnvelope(document: ParsedDocument, kinds: Kinds): Envelope {
  const { value } = document;
  if (!isObject(value)) return { diagnostics: [notAResource(document, `This document is ${found(value)}.`)] };
  if (!("apiVersion" in value) && !("kind" in value)) {
    return { diagnostics: [notAResource(document, "This document has neither apiVersion nor kind.")] };
  }
  const version = checkApiVersion(document, value, kinds);
  const kind = readKind(document, value, kinds);
  const name = readName(document, value);
  const diagnostics = [version, kind.diagnostic, name.diagnostic].filter((d) => d !== undefined);
  return {
    value,
    ...(kind.model && !version ? { model: kind.model } : {}),
    ...(name.name === undefined ? {} : { name: name.name }),
    ...(name.name !== undefined && kind.model ? { address: addressOf(kind.model.kind, name.name) } : {}),
    diagnostics,
  };
}

function notAResource(document: ParsedDocument, detail: string): Diagnostic {
  const remedy = `${SHAPE} Keep other files outside the source folders, or in a folder whose name starts with a dot.`;
  return problem("NOT_A_RESOURCE", { detail, remedy, origin: originAt(document, "", "value") });
}

export function originAt(document: ParsedDocument, pointer: string, part: Origin["part"], secret = false): Origin {
  return { file: document.file, document: document.document, pointer, part, ...(secret ? { secret } : {}) };
}

/** What is wrong with the apiVersion of a document that has one; undefined when this build reads it. */
export function unsupportedVersion(document: ParsedDocument, kinds: Kinds): Diagnostic | undefined {
  return isObject(document.value) ? checkApiVersion(document, document.value, kinds) : undefined;
}

function checkApiVersion(document: ParsedDocument, value: JsonObject, kinds: Kinds): Diagnostic | undefined {
  const { supported } = wordsOf(kinds);
  const written = value["apiVersion"];
  if (typeof written === "string" && supported.includes(written)) return undefined;
  const remedy = `Write ${supported.map((v) => `apiVersion: ${v}`).join(" or ")}.`;
  if (written === undefined) {
    return problem("API_VERSION", { detail: "The document has no apiVersion.", remedy, origin: originAt(document, "", "value") });
  }
  if (kinds.migrations?.some(({ from }) => from === written)) {
    return problem("API_VERSION", {
      detail: `This build reads ${supported.join(", ")}; here stands the older ${found(written)}.`,
      remedy: "Bring the manifests up to date:\nmoltbot migrate --manifests",
      origin: originAt(document, "/apiVersion", "value"),
    });
  }
  return problem("API_VERSION", {
    detail: `This build reads ${supported.join(", ")}; here stands ${found(written)}.${isOurs(written, supported) ? " A newer moltbot may read it." : ""}`,
    remedy,
    origin: originAt(document, "/apiVersion", "value"),
  });
}

interface Words {
  readonly supported: readonly string[];
  readonly names: readonly string[];
}

const WORDS = new WeakMap<Kinds, Words>();

/** The API versions and kinds there are, sorted; found once. */
function wordsOf(kinds: Kinds): Words {
  let words = WORDS.get(kinds);
  if (!words) {
    const versions = new Set([...kinds.byName.values()].map((model) => model.apiVersion));
    words = { supported: [...versions].sort(byCodeUnit), names: [...kinds.byName.keys()].sort(byCodeUnit) };
    WORDS.set(kinds, words);
  }
  return words;
}

/** Another version of an API group that we do read. */
function isOurs(written: Json, supported: readonly string[]): boolean {
  return typeof written === "string" && supported.some((v) => v.split("/")[0] === written.split("/")[0]);
}

function readKind(
  document: ParsedDocument,
  value: JsonObject,
  kinds: Kinds,
): { readonly model?: KindModel; readonly diagnostic?: Diagnostic } {
  const kind = value["kind"];
  const model = typeof kind === "string" ? kinds.byName.get(kind) : undefined;
  if (model) return { model };
  const { names } = wordsOf(kinds);
  if (kind === undefined) {
    const remedy = `Write kind: and one of ${names.join(", ")}.`;
    return {
      diagnostic: problem("KIND_UNKNOWN", { detail: "The document has no kind.", remedy, origin: originAt(document, "", "value") }),
    };
  }
  const near = typeof kind === "string" ? nearest(kind, names) : undefined;
  return {
    diagnostic: problem("KIND_UNKNOWN", {
      detail: `No schema describes the kind; here stands ${found(kind)}.`,
      remedy: near === undefined ? `Kinds are ${names.join(", ")}.` : `Did you mean ${shown(near)}?`,
      origin: originAt(document, "/kind", "value"),
    }),
  };
}

const NAME_RULE = "Names are RFC 1123 labels: lower-case letters, digits and inner hyphens, 1 to 63 characters.";

function readName(document: ParsedDocument, value: JsonObject): { readonly name?: string; readonly diagnostic?: Diagnostic } {
  const metadata = value["metadata"];
  const wrong = (code: DiagnosticCode, pointer: string, detail: string, remedy: string, part: Origin["part"] = "value") => ({
    diagnostic: problem(code, { detail, remedy, origin: originAt(document, pointer, part) }),
  });
  if (metadata === undefined)
    return wrong("FIELD_MISSING", "", "The document has no metadata, so it has no name.", "Add metadata with a name.");
  if (!isObject(metadata))
    return wrong(
      "FIELD_TYPE",
      "/metadata",
      `metadata takes a mapping; here stands ${found(metadata)}.`,
      "Write metadata: and, indented below it, name:.",
    );
  const name = metadata["name"];
  if (name === undefined)
    return wrong("FIELD_MISSING", "/metadata", "metadata has no name, so the resource has no address.", `Add a name. ${NAME_RULE}`, "key");
  if (typeof name !== "string") {
    const text = document.written?.get("/metadata/name") ?? JSON.stringify(name);
    const quoted = typeof name === "number" || typeof name === "boolean" ? ` Quote it: "${text}".` : "";
    return wrong("FIELD_TYPE", "/metadata/name", `metadata.name takes text; here stands ${found(name)}.`, `${NAME_RULE}${quoted}`);
  }
  if (isName(name)) return { name };
  const unsafe = firstUnsafe(name);
  if (unsafe !== undefined)
    return wrong("TEXT_UNSAFE", "/metadata/name", `The name ${shown(name)} holds the character ${unsafe}.`, "Remove the character.");
  const suggestion = suggestName(name);
  return wrong(
    "FIELD_VALUE",
    "/metadata/name",
    `${shown(name)} is not a name.`,
    suggestion === undefined ? NAME_RULE : `${NAME_RULE} For example: ${suggestion}`,
  );
}

/** The nearest label, for "did you mean"; undefined when nothing is left of it. */
function suggestName(name: string): string | undefined {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  return isName(label) ? label : undefined;
}
