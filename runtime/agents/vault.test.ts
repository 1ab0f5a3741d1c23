import { describe, expect, test } from "vitest";
import { digestBytes, fail, ok, problem, type Result } from "../../core/index.ts";
import { generateIdentity, recipientOf, sealValue, type Identity } from "../../trust/secrets/index.ts";
import type { SecretSource } from "../load/index.ts";
import { answerEvents, ask, chunk, codes, CREDENTIALS, provider, serve, turnOf, vaultOf } from "./agents.fixture.ts";
import { openVault, type VaultWorld } from "../vault/index.ts";

const VALUE = "canary-4e1d77";
const identity = await generateIdentity();
const recipients = [await recipientOf(identity)];
const sealed = await sealValue({ project: "acme", name: "api", key: "age", recipients, value: Buffer.from(VALUE) });
const envelope = sealed.ok ? Buffer.from(sealed.value.envelope) : Buffer.alloc(0);
const digest = digestBytes(envelope);

const sources = new Map<string, ReadonlyMap<string, SecretSource>>([
  [
    "api",
    new Map<string, SecretSource>([
      ["age", { kind: "age", envelope: digest, recipients }],
      ["file", { kind: "age", envelope: digest, recipients: null }],
      ["moved", { kind: "age", envelope: digest, recipients }],
      ["env", { kind: "env", name: "TOKEN" }],
      ["unset", { kind: "env", name: "NONE" }],
      ["empty", { kind: "env", name: "EMPTY" }],
      ["pending", { kind: "pending" }],
    ]),
  ],
]);

function world(over: Partial<VaultWorld> = {}): VaultWorld & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    project: "acme",
    secrets: sources,
    envelope: (asked) => (opened.push(asked), ok(new Uint8Array(envelope))),
    identities: () => ok([identity]),
    env: { TOKEN: VALUE, EMPTY: "" },
    opened,
    ...over,
  };
}

function problemsOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map((d) => d.code);
}

describe("opening at first use", () => {
  test("an envelope is read and opened once", async () => {
    const around = world();
    const vault = openVault(around);
    expect(around.opened).toEqual([]);
    for (let i = 0; i < 2; i++) {
      const result = await vault.open({ secret: "api", key: "age" });
      expect(result.ok && Buffer.from(result.value.open()).toString()).toBe(VALUE);
      expect(JSON.stringify(result)).not.toContain(VALUE);
    }
    expect(around.opened).toEqual([digest]);
  });

  test("a variable of the runtime's environment", async () => {
    const result = await openVault(world()).open({ secret: "api", key: "env" });
    expect(result.ok && Buffer.from(result.value.open()).toString()).toBe(VALUE);
  });

  const refused: readonly (readonly [string, string])[] = [
    ["file", "SECRET_ENVELOPE_MISMATCH"],
    ["moved", "SECRET_ENVELOPE_MISMATCH"],
    ["unset", "SECRET_ENV_MISSING"],
    ["empty", "SECRET_ENV_MISSING"],
    ["pending", "SECRET_PENDING"],
    ["none", "SECRET_KEY_UNKNOWN"],
    ["constructor", "SECRET_KEY_UNKNOWN"],
  ];
  test.each(refused)("%s is %s", async (key, code) => {
    const result = await openVault(world()).open({ secret: "api", key });
    expect(problemsOf(result)).toEqual([code]);
    expect(JSON.stringify(result)).not.toContain(VALUE);
  });

  test("a failed opening is not kept: when the key is back, it opens", async () => {
    let keys: Result<readonly Identity[]> = fail(problem("KEY_MISSING", { detail: "gone" }));
    const vault = openVault(world({ identities: () => keys }));
    expect(problemsOf(await vault.open({ secret: "api", key: "age" }))).toEqual(["KEY_MISSING"]);
    keys = ok([]);
    expect(problemsOf(await vault.open({ secret: "api", key: "age" }))).toEqual(["SECRET_NO_IDENTITY"]);
    keys = ok([identity]);
    expect((await vault.open({ secret: "api", key: "age" })).ok).toBe(true);
  });

  test("the store's refusal passes", async () => {
    const vault = openVault(world({ envelope: () => fail(problem("STORE_CORRUPT", { detail: "x" })) }));
    expect(problemsOf(await vault.open({ secret: "api", key: "age" }))).toEqual(["STORE_CORRUPT"]);
  });
});

describe("credentials on the wire", () => {
  const values: readonly (readonly [string, string, readonly string[]])[] = [
    ["a trailing newline is not sent", `${VALUE}\n`, []],
    ["a line break inside", `${VALUE}\nx-evil: 1`, ["PROVIDER_AUTH"]],
    ["a character beyond Latin-1", `${VALUE}\u20ac`, ["PROVIDER_AUTH"]],
    ["empty", "", ["PROVIDER_AUTH"]],
    ["only a newline", "\n", ["PROVIDER_AUTH"]],
  ];
  test.each(values)("%s", async (_, key, expected) => {
    await using server = await serve((response) => answerEvents(response, chunk("x", "stop")));
    const asked = await ask(provider({ endpoint: server.url, credentials: CREDENTIALS }), { vault: vaultOf({ key }) });
    expect(codes(asked)).toEqual(expected);
    expect(asked.printed).not.toContain(VALUE);
    expect(server.seen.map(({ headers }) => headers["authorization"])).toEqual(expected.length > 0 ? [] : [`Bearer ${VALUE}`]);
  });

  test("a header's secret that cannot be opened stops the request", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("x", "stop")));
    const headers = [{ name: "x-a", value: { secret: "api", key: "pending" } }];
    const asked = await ask(provider({ endpoint: server.url, headers }), { vault: openVault(world()) });
    expect(codes(asked)).toEqual(["SECRET_PENDING"]);
    expect(server.seen).toEqual([]);
  });

  test("no secret is opened for a provider that needs none", async () => {
    await using server = await serve((response) => answerEvents(response, chunk("x", "stop")));
    const around = world();
    expect(turnOf(await ask(provider({ endpoint: server.url }), { vault: openVault(around) })).text).toBe("x");
    expect(around.opened).toEqual([]);
    expect(server.seen[0]?.headers["authorization"]).toBeUndefined();
  });
});
