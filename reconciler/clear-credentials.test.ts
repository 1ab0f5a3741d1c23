import { expect, test } from "vitest";
import { KINDS } from "../schemas/index.ts";
import { desiredOf, written } from "../test/worlds.fixture.ts";
import { clearCredentials } from "./clear-credentials.ts";
import type { World } from "./types.ts";

const KEY = written("Secret", "k", { values: { value: { env: { name: "KEY" } } } });

function hosts(endpoint: string, credentials: object = { credentials: { secret: "k" } }): readonly string[] {
  const provider = written("ModelProvider", "p", { type: "ollama", endpoint, ...credentials });
  return clearCredentials(desiredOf([KEY, provider]), { kinds: KINDS } as World).map(
    (each) => `${each.code} ${each.address} ${each.message}`,
  );
}

test.each(["http://api.example", "http://10.0.0.7:11434", "http://[2001:db8::1]/v1"])("credentials to %s are remarked on", (endpoint) => {
  expect(hosts(endpoint)).toEqual([expect.stringMatching(/^CREDENTIALS_IN_CLEAR ModelProvider\/p sends credentials to/)]);
});

test.each(["https://api.example", "http://127.0.0.1:11434", "http://localhost:1", "http://[::1]:1"])(
  "%s is encrypted, or this machine",
  (endpoint) => {
    expect(hosts(endpoint)).toEqual([]);
  },
);

test("without credentials nothing is said", () => {
  expect(hosts("http://api.example", {})).toEqual([]);
});
