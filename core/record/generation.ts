import { createHash } from "node:crypto";
import type { Address } from "../address.ts";
import type { Digest } from "../digest.ts";

/** Lines hashed at a time: few calls, and never the whole generation as one string. */
const CHUNK = 1_000;

/**
 * The digest of a generation: sha256 over one line `<address> <digest>\n` per row, sorted by address.
 * Neither part can hold a space or a line break, so two different generations never give the same bytes.
 * Anybody can make it again from an export with `sort` and `sha256sum`.
 *
 * @param rows - Sorted by address (code units), each address once.
 */
export function generationDigest(rows: Iterable<readonly [Address, Digest]>): Digest {
  const hash = createHash("sha256");
  let lines = "";
  let count = 0;
  for (const [address, digest] of rows) {
    lines += `${address} ${digest}\n`;
    if (++count % CHUNK === 0) {
      hash.update(lines);
      lines = "";
    }
  }
  return `sha256:${hash.update(lines).digest("hex")}`;
}
