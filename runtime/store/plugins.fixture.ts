/** `node plugins.fixture.ts DIR`: installs a small plugin there; prints what became of it. */
import { writeArchive } from "../../trust/signatures/archive/index.ts";
import { installPlugin } from "./plugins.ts";

export const FILES = ["plugin.yaml", "index.js", "lib/deep/a.js", "lib/b.js"].map((path) => ({
  path,
  bytes: Buffer.from(`// ${path}\n`.repeat(50)),
  isExecutable: path === "index.js",
}));

export function archive(): Uint8Array {
  const made = writeArchive(FILES);
  if (!made.ok) throw new Error("not packed");
  return made.value;
}

if (import.meta.main) {
  const done = await installPlugin(process.argv[2] ?? "", archive());
  process.stdout.write(done.ok ? done.value : JSON.stringify(done.diagnostics));
}
