import type { Json, Resource } from "../../../core/index.ts";
import { objectIn, objectsIn, textIn, textsIn } from "./read.ts";

/** Programs that fetch what they run, with the words that may stand before the package. */
const RUNNERS: Readonly<Record<string, { readonly words: ReadonlySet<string>; readonly pinned: RegExp }>> = (() => {
  const npm = /^(?:@[^@/]+\/)?[^@/]+@\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
  const python = /^[^@=\s]+(?:==|@)\d+(?:\.\d+)+[0-9A-Za-z.]*$/;
  const image = /@sha256:[0-9a-f]{64}$/;
  return {
    npx: { words: new Set<string>(), pinned: npm },
    bunx: { words: new Set<string>(), pinned: npm },
    pnpx: { words: new Set<string>(), pinned: npm },
    npm: { words: new Set(["exec", "x"]), pinned: npm },
    pnpm: { words: new Set(["dlx", "exec"]), pinned: npm },
    yarn: { words: new Set(["dlx"]), pinned: npm },
    bun: { words: new Set(["x"]), pinned: npm },
    deno: { words: new Set(["run"]), pinned: /^(?:npm|jsr):(?:@[^@/]+\/)?[^@/]+@\d+\.\d+\.\d+/ },
    uvx: { words: new Set<string>(), pinned: python },
    uv: { words: new Set(["tool", "run", "x"]), pinned: python },
    pipx: { words: new Set(["run"]), pinned: python },
    docker: { words: new Set(["run"]), pinned: image },
    podman: { words: new Set(["run"]), pinned: image },
  };
})();

/** Of an MCP server: whether its tools are those that were reviewed, and whether its program is whatever is newest. */
export function pinFacts({ kind, spec }: Resource): Json {
  if (kind !== "McpServer") return null;
  const stdio = objectIn(objectIn(spec, "transport"), "stdio");
  const command = textIn(stdio, "command");
  return {
    locked: objectsIn(objectIn(spec, "lock"), "tools").length > 0,
    floating: command !== null && isFloating(command, textsIn(stdio["args"])),
  };
}

/** A runner of packages that is not told exactly which version. What cannot be read is not pinned. */
function isFloating(command: string, args: readonly string[]): boolean {
  const program = (command.split(/[\\/]/).at(-1) ?? "").replace(/\.(?:cmd|exe|ps1)$/i, "").toLowerCase();
  const runner = Object.hasOwn(RUNNERS, program) ? RUNNERS[program] : undefined;
  if (!runner) return false;
  return !args.some((each) => !each.startsWith("-") && !runner.words.has(each) && runner.pinned.test(each));
}
