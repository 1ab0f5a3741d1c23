import { setTimeout as sleep } from "node:timers/promises";
import { cpSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { agentText, codesOf, value, write } from "../engine.fixture.ts";
import { inside } from "./inside.fixture.ts";

describe("a claim on a gateway", () => {
  test("that is lost in the middle of an apply ends it, and what was active stays", async () => {
    const it = await inside({ leaseMs: 700 });
    value(await it.apply());
    const before = await it.active();
    it.declare("Be brief.");
    // As if the applier had slept: nothing of it arrives until the claim is over.
    it.line.set(({ path }) => {
      if (path.endsWith("/renew")) return { kind: "cut", when: "before" };
      return path === "/v2/record/commits" ? { kind: "first", work: () => sleep(1_200) } : undefined;
    });
    expect(codesOf(await it.apply())).toEqual(["LEASE_LOST"]);
    expect(await it.active()).toEqual(before);
    it.line.set(() => undefined);
    value(await it.apply());
    expect((await it.active())?.prompt).toBe("Be brief.");
  }, 30_000);

  test("excludes every other applier, and who comes second plans anew or is told", async () => {
    const it = await inside();
    value(await it.apply());
    const other = `${it.repo}-other`;
    cpSync(it.repo, other, { recursive: true });
    it.declare("Be brief.");
    write(other, { "agents/a.yaml": agentText("a", "prompt: Be long.") });
    const second = await it.addDevice("second");
    const results = await Promise.all([it.apply(), it.apply({ deviceKeys: () => ({ named: second, folder: "" }) }, other)]);
    const won = results.findIndex(({ ok }) => ok);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = results.find(({ ok }) => !ok);
    expect(lost && codesOf(lost)).toEqual(["PLAN_STALE"]);
    expect(await it.active()).toMatchObject({ number: 2, prompt: ["Be brief.", "Be long."][won] });
  }, 30_000);

  test("is its holder's: another device can neither use it nor give it back", async () => {
    const it = await inside();
    const second = await it.addDevice("second");
    let lease = "";
    const codes: string[] = [];
    it.line.set(({ path, method }) => {
      if (method === "DELETE") lease = path;
      if (path !== "/v2/record/intents") return undefined;
      return {
        kind: "first",
        work: async () => {
          codes.push(...codesOf(await it.apply({ deviceKeys: () => ({ named: second, folder: "" }), signal: AbortSignal.timeout(300) })));
        },
      };
    });
    value(await it.apply());
    expect(codes).not.toEqual([]);
    expect(lease).not.toBe("");
    expect((await it.active())?.number).toBe(1);
  }, 30_000);
});

describe("a device key", () => {
  test("that is revoked in the middle of an apply ends it, and what was active stays", async () => {
    const it = await inside();
    value(await it.apply());
    const before = await it.active();
    it.declare("Be brief.");
    it.line.set(({ path }) => {
      if (path !== "/v2/record/commits") return undefined;
      const revoke = async (): Promise<void> => {
        expect((await it.gateway.ask("/v2/auth/revoke", { method: "POST", body: { token: "device:ci" } })).status).toBe(204);
      };
      return { kind: "first", work: revoke };
    });
    expect(codesOf(await it.apply())).toEqual(["GATEWAY_REFUSED"]);
    expect(await it.active()).toEqual(before);
    it.line.set(() => undefined);
    const next = await it.addDevice("next");
    // The claim of the one that was revoked ends by itself.
    value(await it.apply({ deviceKeys: () => ({ named: next, folder: "" }) }));
    expect((await it.active())?.prompt).toBe("Be brief.");
  }, 30_000);

  test("that is expired is refused", async () => {
    let days = 0;
    const clock = { now: () => new Date(Date.now() + days * 86_400_000) };
    const it = await inside({ clock });
    value(await it.apply({ clock }));
    days = 10_000;
    it.declare("Be brief.");
    expect(codesOf(await it.apply({ clock }))).toEqual(["GATEWAY_REFUSED"]);
    days = 0;
    value(await it.apply({ clock }));
  }, 30_000);

  test("of a viewer plans, and applies nothing", async () => {
    const it = await inside();
    const looker = await it.addDevice("looker", "viewer");
    expect(codesOf(await it.apply({ deviceKeys: () => ({ named: looker, folder: "" }) }))).toEqual(["GATEWAY_REFUSED"]);
    expect(await it.active()).toBeNull();
  }, 30_000);
});
