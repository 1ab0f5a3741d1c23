import { expect, test } from "vitest";
import { ok, type Resource } from "../../core/index.ts";
import type { Live } from "../live/index.ts";
import { houseRules } from "./listening.ts";

function liveWith(listen: Resource["spec"]): Live {
  const project = {
    apiVersion: "v1",
    kind: "Project",
    metadata: { name: "p" },
    spec: { target: { type: "embedded", listen } },
  } as Resource;
  const state = { owners: new Map([["p/default", { resources: new Map([["Project/p", project]]) }]]), broken: new Map() };
  return { state: () => ok(state) } as unknown as Live;
}

test.each([
  ["10.1.2.3", true],
  ["::ffff:10.1.2.3", true],
  ["192.0.2.7", true],
  ["192.0.2.8", false],
  ["fd00::1", true],
  ["fe80::1", false],
  ["not an address", false],
])("%s may say for whom it speaks: %s", (address, isTrusted) => {
  const rules = houseRules(liveWith({ trustedProxies: ["10.0.0.0/8", "192.0.2.7", "fd00::/8", "10.0.0.0/99", "nonsense"] }));
  expect(rules.isTrustedProxy(address)).toBe(isTrusted);
});

test("where nothing is said, nobody is trusted, and nothing is offered", () => {
  const rules = houseRules(liveWith({}));
  expect([rules.isTrustedProxy("127.0.0.1"), rules.origins.size, rules.endpoints.size]).toEqual([false, 0, 0]);
});
