/** What verifying a bundle costs: keyless, with certificate, log entry and timestamp, through the function that plans use. */
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Result } from "../core/index.ts";
import { loadBundles, loadSigning, type Artifact } from "../trust/signatures/index.ts";
import { IDENTITY, ISSUER, startChain } from "../trust/signatures/bundles/chain.fixture.ts";

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail ?? "failed");
  return result.value;
}

/** Seconds to verify so many bundles, each for a file of its own; none is remembered. */
export async function verifyMany(count: number): Promise<() => number> {
  const { keylessSigner, signArtifact } = await loadSigning();
  const { parseTrustRoot, signerOf, verifyBundle } = await loadBundles();
  const chain = await startChain();
  const by = keylessSigner({ fulcioUrl: chain.url, rekorUrl: chain.url, tsaUrl: chain.url }, chain.token());
  const signed: { readonly bundle: Uint8Array; readonly artifact: Artifact }[] = [];
  for (let i = 0; i < count; i++) {
    const bytes = Buffer.from(`archive ${i}`);
    const bundle = Buffer.from(must(await signArtifact(bytes, by)));
    signed.push({ bundle, artifact: { sha256: createHash("sha256").update(bytes).digest("hex"), bytes } });
  }
  await chain.close();
  const root = must(parseTrustRoot(chain.root()));
  const signer = must(signerOf({ identity: IDENTITY, issuer: ISSUER }));
  return () => {
    const start = performance.now();
    for (const each of signed) must(verifyBundle({ ...each, root, signer }));
    return (performance.now() - start) / 1000;
  };
}
