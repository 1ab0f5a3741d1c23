import type { JsonObject, SourcePosition } from "../../core/index.ts";
import { regoName, type PolicyText } from "../policy/index.ts";

/** One policy to be compiled, and where people find its text. */
export interface BuildSource extends PolicyText {
  readonly data: JsonObject;
  /** The file that holds the text, as messages and decisions name it: relative to moltbot.yaml. */
  readonly file: string;
  /** The line of that file on which the text begins; 1 where the file is the text. */
  readonly firstLine: number;
}

/** Where a source stands while it is compiled. Paths are part of the compiled bytes, so they depend on the name alone. */
export function canonicalPath(name: string): string {
  return `policies/${name}.rego`;
}

/** From a place in the canonical file to the place in the user's. */
export function placeOf(source: BuildSource, row: number, column: number): SourcePosition {
  // The compiler counts the end of a text as column 0 of the line behind it.
  return { file: source.file, line: source.firstLine + row - 1, column: Math.max(1, column) };
}

/** `data.moltbot.policies.open_channel`. */
export function packageOf(name: string): string {
  return `data.moltbot.policies.${regoName(name)}`;
}

/** The only data that rules of a policy read, beside their own package. */
export function settingsOf(name: string): string {
  return `data.moltbot.settings.${regoName(name)}`;
}
