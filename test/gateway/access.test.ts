import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, Result } from "../../core/index.ts";
import { deviceOf, type TestDevice } from "./devices.fixture.ts";
import { gatewayOver, type RunningGateway } from "./running.fixture.ts";

let gateway: RunningGateway;
const devices = new Map<string, TestDevice>();
beforeAll(async () => {
  gateway = await gatewayOver();
  for (const role of ["viewer", "operator", "editor", "owner"]) devices.set(role, await deviceOf(gateway, role, role));
});
afterAll(() => gateway.stop());

const NEVER = new AbortController().signal;

async function ask(role: string, ...request: readonly [method: "GET" | "POST" | "DELETE", target: string, body: JsonObject | null]) {
  const device = devices.get(role);
  if (!device) throw new Error(role);
  return await device.client.ask(...request, NEVER);
}

function codeOf(result: Result<JsonObject>): string {
  return result.ok ? "done" : String(result.diagnostics[0]?.context["code"] ?? result.diagnostics[0]?.code);
}

describe("a held agent", () => {
  test("is read by who may read it, and does nothing: its conversations go neither on nor away", async () => {
    const said = await ask("operator", "POST", "/v2/agents/a/messages", { text: "marmalade" });
    if (!said.ok) throw new Error(said.diagnostics[0]?.detail);
    const { session } = said.value as { readonly session: string };
    const one = `/v2/agents/a/sessions/${session}`;
    const frozen = await ask("operator", "POST", "/v2/holds", { selector: "Agent/a", reason: "odd links" });
    if (!frozen.ok) throw new Error(frozen.diagnostics[0]?.detail);
    const [{ id }] = frozen.value["holds"] as unknown as readonly [{ readonly id: string }];
    const reads = ["/v2/agents/a/sessions", one, `${one}/messages`, `${one}/export`, "/v2/agents/a/search?q=marmalade"];
    for (const target of reads) {
      const got = await ask("operator", "GET", target, null);
      expect([target, got.ok && JSON.stringify(got.value).includes("marmalade")]).toEqual([target, true]);
      expect(codeOf(await ask("viewer", "GET", target, null))).toBe("API_FORBIDDEN");
    }
    expect(codeOf(await ask("operator", "POST", `${one}/cancel`, null))).toBe("done");
    expect(codeOf(await ask("operator", "POST", "/v2/agents/a/messages", { text: "and now?", session }))).toBe("HELD");
    expect(codeOf(await ask("operator", "DELETE", one, null))).toBe("HELD");
    expect((await gateway.ask(`/v2/holds/${id}?reason=over`, { method: "DELETE" })).status).toBe(204);
    expect(codeOf(await ask("operator", "POST", "/v2/agents/a/messages", { text: "and now?", session }))).toBe("done");
  });
});

describe("a hold is lifted by nobody of a lower role than who made it", () => {
  test.each<readonly [string, string, string]>([
    ["operator", "operator", "done"],
    ["editor", "operator", "API_FORBIDDEN"],
    ["owner", "editor", "API_FORBIDDEN"],
  ])("made by %s, lifted by %s: %s", async (maker, lifter, due) => {
    const frozen = await ask(maker, "POST", "/v2/holds", { selector: "*", reason: "odd" });
    if (!frozen.ok) throw new Error(frozen.diagnostics[0]?.detail);
    const [{ id }] = frozen.value["holds"] as unknown as readonly [{ readonly id: string }];
    expect((await gateway.ask("/v2/holds")).body["items"]).toMatchObject([{ id, role: maker }]);
    expect(codeOf(await ask(lifter, "DELETE", `/v2/holds/${id}?reason=over`, null))).toBe(due);
    // The owner of the machine lifts any.
    expect((await gateway.ask(`/v2/holds/${id}?reason=over`, { method: "DELETE" })).status).toBe(due === "done" ? 404 : 204);
  });
});
