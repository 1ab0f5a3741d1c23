import fs from "node:fs";
import path from "node:path";
import { InternalError } from "../../core/index.ts";

/**
 * The file of a thread or process of ours.
 *
 * @param own - Where it lies among the sources, without its ending; what runs from sources has that of `like`.
 * @param bundled - Its name where the command line is joined into few files: above the chunk that asks.
 */
export function programFile(own: string, bundled: string, like: string): string {
  const source = `${own}${path.extname(like)}`;
  if (fs.existsSync(source)) return source;
  const from = path.dirname(like);
  for (let at = from, parent = path.dirname(at); at !== parent; at = parent, parent = path.dirname(at)) {
    const file = path.join(at, bundled);
    if (fs.existsSync(file)) return file;
  }
  throw new InternalError(`${bundled}, which is started as a thread or process, is not installed`);
}
