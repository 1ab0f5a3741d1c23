import fs from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { digestBytes, ok, type Resource } from "../../core/index.ts";
import { resource, valueOf, type House, OWNER } from "../../runtime/channels/channels.fixture.ts";
import { pluginsPart, type PluginsPart } from "../../runtime/process/index.ts";
import { installPlugin } from "../../runtime/store/index.ts";
import { ROOT } from "../../scripts/checkout.ts";
import { inertIn } from "../fields/seen.fixture.ts";
import { CHANNELS, houseOf, pairsIn, saidOf, withOthers } from "./observed.fixture.ts";

const ARCHIVE = fs.readFileSync(path.join(ROOT, "examples", "quickstart", "plugins", "text.tar.gz"));
const PLUGIN = resource("Plugin", "text", {
  bundle: { digest: digestBytes(ARCHIVE), file: "plugins/text.tar.gz", signature: "plugins/text.sigstore.json" },
  signer: { key: "-----BEGIN PUBLIC KEY-----" },
  tools: [{ name: "count" }],
  capabilities: [{ tool: "http.fetch", permissions: [{ action: "get", resource: "http://127.0.0.1/**" }] }],
});
const CHANNEL = CHANNELS["web"]!;

/** Fields of which the schema alone gives no two values that load: they need bytes and signatures. */
const WITHOUT = 12;

/** The plugins of a house, really opened from an installed archive. */
async function pluginsOf(house: House): Promise<PluginsPart> {
  valueOf(await installPlugin(house.dir, ARCHIVE));
  const never = (): never => expect.fail("nothing is called here");
  const part = pluginsPart({
    stateDir: house.dir,
    live: () => house.live,
    records: () => ok(house.records),
    vault: never,
    gate: never,
    builtIn: () => [],
    log: () => {},
    event: () => {},
    failed: () => {},
  });
  valueOf(await part.start(new AbortController().signal));
  onTestFinished(() => part.stop());
  return part;
}

/** It is told that nothing is done with the field: what is inert restarts nothing. */
const isInert = ({ before, after }: { readonly before: Resource; readonly after: Resource }): boolean =>
  [before, after].some((each) => inertIn(withOthers(each, CHANNEL), PLUGIN) > 0);

test("every field of a plugin costs it what the plan says: it goes on, or begins anew", async () => {
  const house = await houseOf(CHANNEL);
  const part = await pluginsOf(house);
  const { pairs, without } = pairsIn(PLUGIN, CHANNEL);
  expect(without.length, without.join(" ")).toBeLessThanOrEqual(WITHOUT);
  const opened = async (one: Resource): Promise<unknown> => {
    await house.apply(withOthers(one, CHANNEL));
    await part.again();
    const owner = valueOf(house.live.state()).owners.get(OWNER)!;
    // The very tools: a plugin that was opened anew has others.
    return part.tools({ owner } as Parameters<PluginsPart["tools"]>[0])[0];
  };
  expect(await opened(PLUGIN)).toBeDefined();
  const wrong: string[] = [];
  for (const pair of pairs) {
    const [before, after] = [await opened(pair.before), await opened(pair.after)];
    // Where neither of the two can be opened, it is compared with the one that can.
    const isRestarted = before !== after || (after === undefined && (await opened(PLUGIN)) !== undefined);
    if (!isRestarted && isInert(pair)) continue;
    if (isRestarted !== (saidOf(pair) === "restart"))
      wrong.push(`${pair.field} says ${saidOf(pair)}, and it ${isRestarted ? "began anew" : "went on"}`);
  }
  expect(pairs.length).toBeGreaterThan(15);
  expect(wrong).toEqual([]);
}, 60_000);
