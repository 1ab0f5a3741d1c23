/** What decrypting costs: values as manifests hold them, through the same function as the runtime's. */
import { performance } from "node:perf_hooks";
import { generateIdentity, openValue, recipientOf, sealValue, type SealedValue } from "../trust/secrets/index.ts";
import type { Result } from "../core/index.ts";

const VALUE = "a credential of forty characters, or so.";

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail ?? "failed");
  return result.value;
}

/** Seconds to open so many values, each for two recipients of which the second is ours; every value is compared. */
export async function openMany(count: number): Promise<() => Promise<number>> {
  const [other, own] = [await generateIdentity(), await generateIdentity()];
  const recipients = [await recipientOf(other), await recipientOf(own)];
  const sealed: SealedValue[] = [];
  for (let i = 0; i < count; i++)
    sealed.push(must(await sealValue({ project: "bench", name: "s", key: `k${i}`, recipients, value: Buffer.from(`${VALUE}${i}`) })));
  const identities = [own];
  return async () => {
    const start = performance.now();
    for (const [i, each] of sealed.entries()) {
      const value = must(await openValue({ project: "bench", name: "s", key: `k${i}`, ...each, identities }));
      if (Buffer.from(value).toString() !== `${VALUE}${i}`) throw new Error("a value opened as another");
    }
    return (performance.now() - start) / 1000;
  };
}
