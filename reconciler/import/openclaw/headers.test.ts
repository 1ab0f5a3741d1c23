import { expect, test } from "vitest";
import { isSecretHeader } from "../secret-text.ts";
import { look } from "./import.fixture.ts";

test.each([
  "X-Api-Key",
  "x-acme-key",
  "Authorization",
  "X-Authorization",
  "Proxy-Authorization",
  "x-auth",
  "X-Session-Token",
  "X-Signature",
  "cookie",
])("%s carries credentials", (name) => {
  expect(isSecretHeader(name)).toBe(true);
  const { tree } = look({
    models: { providers: { p: { baseUrl: "https://api.example", headers: { [name]: "abcd" }, models: [{ id: "m" }] } } },
  });
  const provider = tree.manifests.find(({ path }) => path === "providers/p.yaml")?.value as { spec: { headers: Record<string, unknown> } };
  expect(provider.spec.headers[name.toLowerCase()]).toEqual({ secret: "p", key: expect.any(String) as string });
  expect(JSON.stringify(tree.manifests)).not.toContain("abcd");
});

test.each(["Idempotency-Key", "X-Team", "x-keyboard", "Sec-WebSocket-Key", "accept"])("%s carries none", (name) => {
  expect(isSecretHeader(name)).toBe(false);
});
