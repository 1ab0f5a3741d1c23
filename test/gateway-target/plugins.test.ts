import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { plan } from "../../reconciler/engine.ts";
import { codesOf, value } from "../engine.fixture.ts";
import { inside, type Inside } from "./inside.fixture.ts";

const pluginsOf = async ({ gateway }: Inside): Promise<unknown> =>
  ((await gateway.ask("/v2/status")).body as { readonly plugins?: unknown }).plugins;

test("a generation that the gateway cannot run is rejected with the reason, and the one before it stays", async () => {
  const it = await inside();
  it.declarePlugin("{memory: 32MiB}");
  value(await it.apply());
  const before = await it.active();
  const running = await pluginsOf(it);
  it.declarePlugin("{memory: 64KiB}");
  const said = await it.apply();
  expect(codesOf(said)).toEqual(["APPLY_INCOMPLETE"]);
  expect(said.ok ? "" : said.diagnostics[0]?.detail).toMatch(/could not run generation 2 .*limits\.memory is less than/);
  expect(await it.active()).toEqual(before);
  const { items } = (await it.gateway.ask("/v2/generations?owner=acme/default")).body as unknown as {
    readonly items: readonly { readonly number: number; readonly status: string }[];
  };
  expect(items.map(({ number, status }) => [number, status])).toEqual([
    [1, "active"],
    [2, "rejected"],
  ]);
  // Nothing of it is left running, and a corrected one becomes active.
  expect(await pluginsOf(it)).toEqual(running);
  it.declarePlugin("{memory: 48MiB}");
  value(await it.apply());
  expect((await it.active())?.number).toBe(3);
  expect(await pluginsOf(it)).toMatchObject([{ name: "text", state: "stopped", reason: null }]);
}, 30_000);

test("a plugin that was changed on the gateway's disk is told by a plan, and brought back by an apply", async () => {
  const it = await inside();
  it.declarePlugin("{memory: 32MiB}");
  value(await it.apply());
  const folder = path.join(it.gateway.dir, "plugins", "sha256");
  const [digest = ""] = fs.readdirSync(folder);
  const entry = path.join(folder, digest, "files", "plugin.yaml");
  const whole = fs.readFileSync(entry);
  fs.writeFileSync(entry, "name: evil\n");
  const planned = value(await plan({ repo: it.repo }, it.world()));
  expect(planned.warnings.map(({ code }) => code)).toContain("PLUGIN_CORRUPT");
  expect(await it.changes()).toBe(0);
  const mended = await it.apply();
  expect(value(mended).outcome).toBe("nothing-to-do");
  expect(mended.ok && mended.warnings.map(({ code }) => code)).toContain("PLUGIN_REINSTALLED");
  expect(fs.readFileSync(entry)).toEqual(whole);
  expect((await it.apply()).ok && (await it.apply())).toMatchObject({ value: { outcome: "nothing-to-do" }, warnings: [] });
}, 30_000);

test("a plugin that cannot be opened shows with its reason, and is opened when an apply has brought it back", async () => {
  const it = await inside();
  it.declarePlugin("{memory: 32MiB}");
  value(await it.apply());
  const folder = path.join(it.gateway.dir, "plugins", "sha256");
  await it.restart(() => {
    for (const each of fs.readdirSync(folder)) fs.rmSync(path.join(folder, each), { recursive: true });
  });
  expect(await pluginsOf(it)).toMatchObject([
    { name: "text", state: "failed", reason: expect.stringContaining("its archive is not installed; an apply installs it") },
  ]);
  value(await it.apply());
  await expect
    .poll(() => pluginsOf(it), { interval: 10, timeout: 5_000 })
    .toMatchObject([{ name: "text", state: "stopped", reason: null }]);
}, 30_000);
