import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { digestBytes, LIMITS } from "../../core/index.ts";
import { builtinFolder } from "../../trust/policy/index.ts";
import { gateState, project, valueOf } from "../gate/gate.fixture.ts";
import { keepShipped } from "./index.ts";
import { shippedBefore } from "./shipped.ts";

/** The shipped policies as another version would have them: the same rules, and a name in the module that nobody reads. */
function version(name: string): { readonly folder: string; readonly digest: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moltbot-shipped-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const from = builtinFolder() ?? "";
  const custom = Buffer.concat([Buffer.from([0, name.length + 1, name.length]), Buffer.from(name)]);
  const bundle = Buffer.concat([fs.readFileSync(path.join(from, "bundle.wasm")), custom]);
  const digest = digestBytes(bundle);
  const lock = JSON.parse(fs.readFileSync(path.join(from, "policies.lock.json"), "utf8")) as object;
  fs.writeFileSync(path.join(folder, "bundle.wasm"), bundle);
  fs.writeFileSync(path.join(folder, "policies.lock.json"), JSON.stringify({ ...lock, wasm: digest }));
  return { folder, digest };
}

test("the policies of earlier versions are kept once each, the newest first, and no more than the limit", () => {
  const { records } = gateState({ resources: [project({})], tools: [] });
  const kept = (): readonly string[] => [...shippedBefore(records)].map(({ digest }) => digest);
  expect(kept()).toEqual([]);
  const all = Array.from({ length: LIMITS.shippedPolicies + 1 }, (_, i) => version(`v${i}`));
  for (const { folder } of all.slice(0, 2)) valueOf(keepShipped(records, folder));
  valueOf(keepShipped(records, all[0]?.folder));
  expect(kept()).toEqual([all[1]?.digest, all[0]?.digest]);
  const [newest] = shippedBefore(records);
  const started = valueOf(newest!.start());
  expect(started.digest).toBe(all[1]?.digest);
  started.close?.();
  for (const { folder } of all) valueOf(keepShipped(records, folder));
  expect(kept()).toEqual(
    all
      .slice(1)
      .map(({ digest }) => digest)
      .toReversed(),
  );
});
