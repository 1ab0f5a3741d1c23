import { createHmac, hkdfSync } from "node:crypto";
import type { Secret } from "../../core/index.ts";

/**
 * The name of a person in logs and traces: the same person is the same id in this store and nowhere else,
 * and nobody without the store's key can tell who it is, or try names until one fits.
 *
 * @param key - A key of this store, base64 of its bytes; another is derived from it for this one use.
 */
export function newPseudonyms(key: Secret<string>, lineage: string): (person: string) => string {
  const own = Buffer.from(hkdfSync("sha256", Buffer.from(key.open(), "base64"), lineage, "moltbot/pseudonym/1", 32));
  return (person) => createHmac("sha256", own).update(person).digest("hex").slice(0, 24);
}
