import { scalarOf, at, textOf, type SourceNode } from "./json5/tree.ts";

/** A value that is not written here but found elsewhere, as the foreign configuration says it. */
export type Elsewhere =
  | { readonly from: "env"; readonly name: string }
  /** A file, a program or a store of the other program: a person must bring the value over. */
  | { readonly from: "other"; readonly how: string };

/** `${NAME}` is OpenClaw's own form; `${env.NAME}`, `${env:NAME}` and `{env:NAME}` are what people write for it. */
const WHOLE = /^\$?\{(?:env[.:])?([A-Za-z_][A-Za-z0-9_]*)\}$/;
const ANY = /\$\{(?:env[.:])?[A-Za-z_][A-Za-z0-9_]*(?::?-[^}]*)?\}/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variable of a text that is `${NAME}` and nothing else. */
export function variableOf(text: string): string | undefined {
  return text.startsWith("{") && !text.startsWith("{env") ? undefined : WHOLE.exec(text)?.[1];
}

/** A text that OpenClaw would fill in from its environment. */
export function hasVariable(text: string): boolean {
  return ANY.test(text);
}

/**
 * Where a value comes from when it is not written here: `${NAME}`, a SecretRef `{source, provider, id}`,
 * or `{"$env": NAME}`. Undefined for a value that is written here.
 */
export function elsewhereOf(node: SourceNode): Elsewhere | undefined {
  const text = textOf(node);
  if (text !== undefined) {
    const name = variableOf(text);
    if (name !== undefined) return { from: "env", name };
    return hasVariable(text) ? { from: "other", how: `It was put together from ${quoted(text)}.` } : undefined;
  }
  if (node.kind !== "map") return undefined;
  const env = textOf(at(node, "$env"));
  if (env !== undefined && NAME.test(env)) return { from: "env", name: env };
  return secretRefOf(node);
}

/** Only the names of variables are repeated: what stands around them may be part of a secret. */
function quoted(text: string): string {
  return [...text.matchAll(new RegExp(ANY, "g"))].map(([found]) => found.replace(/:?-[^}]*\}$/, "}")).join(" and ");
}

const SOURCES = new Set(["env", "file", "exec", "store"]);

function secretRefOf(node: SourceNode): Elsewhere | undefined {
  const source = scalarOf(at(node, "source"));
  const id = textOf(at(node, "id"));
  if (typeof source !== "string" || !SOURCES.has(source) || id === undefined) return undefined;
  if (source === "env" && NAME.test(id)) return { from: "env", name: id };
  const provider = textOf(at(node, "provider"));
  const via = provider === undefined ? "" : ` of the provider "${provider}"`;
  const places = { file: `the entry "${id}" in the secrets file${via}`, exec: `the entry "${id}" from the program${via}` };
  return { from: "other", how: `OpenClaw read it from ${places[source as keyof typeof places] ?? `"${id}" in the ${source}${via}`}.` };
}
