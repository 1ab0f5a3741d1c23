import { stripTypeScriptTypes } from "node:module";
import { escapeText, fail, ok, problem, type Result } from "../../core/index.ts";
import type { ArchiveFile } from "../../trust/signatures/index.ts";

/**
 * A plugin may be written in TypeScript: each `NAME.ts` without a `NAME.js` beside it gets one, with blanks in the
 * place of its types, so that lines and columns stay. What needs more than taking types away is refused.
 */
export function withoutTypes(files: readonly ArchiveFile[]): Result<readonly ArchiveFile[]> {
  const names = new Set(files.map(({ path }) => path));
  const added: ArchiveFile[] = [];
  for (const { path, bytes } of files) {
    const name = path.replace(/\.ts$/, ".js");
    if (name === path || path.endsWith(".d.ts") || names.has(name)) continue;
    try {
      const text = silently(() => stripTypeScriptTypes(new TextDecoder("utf-8", { fatal: true }).decode(bytes), { mode: "strip" }));
      added.push({ path: name, bytes: new TextEncoder().encode(text), isExecutable: false });
    } catch (error) {
      const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it cannot be read";
      return fail(
        problem("PLUGIN_UNUSABLE", {
          detail: `${escapeText(path)} is not TypeScript that is plain JavaScript without its types: ${escapeText(why)}.`,
          remedy: "Leave out enums, namespaces and parameter properties (erasableSyntaxOnly), or bring the JavaScript along.",
        }),
      );
    }
  }
  return ok([...files, ...added]);
}

/** Node says once that the function may still change; that is our business and not the author's. */
function silently<T>(work: () => T): T {
  const given = Object.getOwnPropertyDescriptor(process, "emitWarning");
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    if (given) Object.defineProperty(process, "emitWarning", given);
  }
}
