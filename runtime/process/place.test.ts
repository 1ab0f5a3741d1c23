import { expect, test } from "vitest";
import { fail, ok, problem, systemClock, type Resource } from "../../core/index.ts";
import type { LiveState } from "../live/index.ts";
import { placeOf, wishedPlace } from "./place.ts";

/** What a record says, whoever wrote it: nothing here was validated. */
function stateWith(...listens: readonly Resource["spec"][]): LiveState {
  const owners = listens.map((listen, i) => {
    const spec = { target: { type: "embedded", listen } };
    const project = { apiVersion: "v1", kind: "Project", metadata: { name: `p${i}` }, spec } as unknown as Resource;
    return [`p${i}/default`, { owner: `p${i}/default`, resources: new Map([[`Project/p${i}`, project]]) }] as const;
  });
  return { owners: new Map(owners), broken: new Map() } as unknown as LiveState;
}

const placed = (state: LiveState, port: number | null = null) =>
  placeOf({
    state: ok(state),
    port,
    clock: systemClock,
    warn: () => {},
    vaultOf: () => ({ open: async () => fail(problem("SECRET_PENDING", { detail: "none" })) }),
  });

const codeOf = async (state: LiveState) => {
  const found = await placed(state);
  return found.ok ? null : found.diagnostics[0]?.code;
};

test("nothing said: this machine, on a port of the system's choice; the flag comes before what is declared", async () => {
  expect(await placed(stateWith())).toMatchObject({ value: { host: "127.0.0.1", port: 0, tls: null } });
  expect(await placed(stateWith({}, { port: 81 }))).toMatchObject({ value: { port: 81 } });
  expect(await placed(stateWith({ port: 81 }), 0)).toMatchObject({ value: { port: 0 } });
  expect(await placed(stateWith({ address: "::1" }))).toMatchObject({ value: { host: "::1" } });
});

test.each(["0.0.0.0", "::", "10.0.0.1", "localhost", "::ffff:127.0.0.1"])(
  "a record that says %s without TLS is refused",
  async (address) => {
    expect(await codeOf(stateWith({ address }))).toBe("LISTEN_UNPROTECTED");
    expect(await codeOf(stateWith({ address, tls: { certificate: "x" } }))).toBe("LISTEN_UNPROTECTED");
  },
);

test("a key that cannot be opened leaves nothing listening", async () => {
  expect(await codeOf(stateWith({ tls: { certificate: "x", key: { secret: "s" } } }))).toBe("SECRET_PENDING");
});

test("Projects that say different things are refused; the same twice is one wish", async () => {
  expect(await codeOf(stateWith({ port: 81 }, { port: 82 }))).toBe("LISTEN_CONFLICT");
  expect(await codeOf(stateWith({ port: 81 }, { port: 81 }))).toBe(null);
});

test("what needs a restart: address, port, tls and names, and no more", () => {
  const wish = (listen: Resource["spec"]) => wishedPlace(ok(stateWith(listen)));
  expect(wish({ endpoints: ["openai-chat"] })).toBe(wish({}));
  for (const listen of [{ port: 1 }, { address: "::1" }, { hosts: ["a"] }, { tls: { certificate: "x", key: { secret: "s" } } }])
    expect(wish(listen)).not.toBe(wish({}));
});
