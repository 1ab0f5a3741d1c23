import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { Secret, ok, type JsonObject, type Resource } from "../../core/index.ts";
import { LOCAL, member, newKeys, request, roleOf, signed, testAuth, type TestAuth } from "../auth/auth.fixture.ts";
import { openDevices } from "../auth/devices.ts";
import { principalIdOf, type Identity } from "../auth/index.ts";
import { openLogins } from "../auth/logins.ts";
import { valueOf } from "../store/store.fixture.ts";
import { declaredIn, knownAs, type ActiveResources } from "./declared.ts";
import { deletePerson, exportPerson, KEEPERS } from "./index.ts";

const ADA: Identity = { kind: "oidc", issuer: "https://id.example", subject: "248289761001" };
const BOB: Identity = { kind: "oidc", issuer: "https://id.example", subject: "5" };
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqE";
const oidcOf = (identity: Identity) => (identity.kind === "oidc" ? [{ issuer: identity.issuer, subject: identity.subject }] : []);
const PEOPLE = [member("ada", "owner", { oidc: oidcOf(ADA) }), member("bob", "owner", { oidc: oidcOf(BOB) })];
const IDS = [principalIdOf(ADA)];

function resource(kind: string, name: string, spec: JsonObject): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind, metadata: { name }, spec };
}
const ACTIVE: ActiveResources = new Map([
  [
    "acme/prod",
    [
      resource("Team", "ops", {
        people: {
          members: [
            {
              name: "ada",
              role: "owner",
              identities: { ssh: [`${KEY} ada@laptop`], oidc: [{ issuer: "https://id.example", subject: "248289761001" }] },
            },
            { name: "bob", role: "owner", identities: { oidc: [{ issuer: "https://id.example", subject: "5" }] } },
          ],
        },
      }),
      resource("Channel", "tg", { access: { direct: { allow: ["4711", "4712"] } } }),
      resource("Agent", "ada", { prompt: "ada", description: "4711" }),
    ],
  ],
]);

/** Ada and Bob have logged in, and each made a device known; then the gateway was started. */
async function loggedIn() {
  const auth = await testAuth(PEOPLE);
  const logins = valueOf(openLogins(auth.records, new Secret(randomBytes(32)), auth.ports.clock));
  const devices = valueOf(openDevices(auth.records, auth.ports.clock));
  const [hers, his] = [newKeys(), newKeys()];
  const record = (name: string, identity: Identity, person: string, publicKey: string) =>
    valueOf(
      devices.add({
        name,
        identity,
        person,
        publicKey,
        role: "owner",
        createdAt: "2026-01-01T00:00:00.000Z",
        expiresAt: "2099-01-01T00:00:00.000Z",
      }),
    );
  valueOf(logins.begin(ADA, "owner"));
  const bobs = valueOf(logins.begin(BOB, "owner"));
  record("adas", ADA, "ada", hers.publicKey);
  record("bobs", BOB, "bob", his.publicKey);
  return { auth, running: await auth.again(), hers, his, bobs };
}

const worldOf = ({ records, log, ports }: TestAuth) => ({
  records,
  audit: log,
  keepers: KEEPERS,
  clock: ports.clock,
  ids: { next: () => randomBytes(16).toString("hex") },
  actor: "ops",
  active: () => ok(ACTIVE),
});

test.each([
  ["the id of the login", IDS],
  ["the name in the Team", ["ada"]],
  ["the provider's own id", ["248289761001"]],
])("logins and devices are handed out, and deleted, by %s; what runs lets go of them at once", async (_, ids) => {
  const { auth, running, hers, his, bobs } = await loggedIn();
  const exported = valueOf(exportPerson(worldOf(auth), ids));
  expect([exported.parts["logins"]?.length, exported.parts["devices"]?.map(({ place }) => place)]).toEqual([1, ["device adas"]]);
  // Whoever signs with a device is known by it, in conversations too.
  expect(exported.ids).toContain("device:adas");
  expect(exported.parts["logins"]?.[0]?.content).toMatchObject({ identity: ADA, role: "owner" });
  const ended: string[] = [];
  running.onRevoked((token) => ended.push(token));
  expect(roleOf(await running.authenticate(signed(auth, "adas", hers)))).toBe("owner");
  expect(valueOf(deletePerson(worldOf(auth), ids, "asked for it")).counts).toMatchObject({ logins: 1, devices: 1 });
  valueOf(running.lookAgain());
  expect(ended).toHaveLength(2);
  expect(roleOf(await running.authenticate(signed(auth, "adas", hers)))).toBe("refused");
  expect(roleOf(await running.authenticate(signed(auth, "bobs", his)))).toBe("owner");
  // What is written later brings nothing back.
  valueOf(running.mintDevice(LOCAL, { name: "more", publicKey: newKeys().publicKey }));
  const started = await auth.again();
  expect(valueOf(started.devices(LOCAL)).map(({ name }) => name)).toEqual(["bobs", "more"]);
  expect(valueOf(started.logins(LOCAL)).map(({ id }) => id)).toEqual([bobs.id]);
  expect(roleOf(await started.authenticate(request(undefined)))).toBe("refused");
});

test("whoever owns the machine is nobody's data", async () => {
  const { auth, running } = await loggedIn();
  valueOf(running.mintDevice(LOCAL, { name: "ci", publicKey: newKeys().publicKey }));
  expect(exportPerson(worldOf(auth), ["local"]).ok).toBe(false);
});

test("where a repository names somebody is told: it is removed there", () => {
  const places = (...ids: string[]) => declaredIn(new Set(ids), ACTIVE).map(({ address, field }) => `${address} ${field}`);
  expect(places("ada")).toEqual([
    "Team/ops /spec/people/members/0/identities/oidc/0/subject",
    "Team/ops /spec/people/members/0/identities/ssh/0",
    "Team/ops /spec/people/members/0/name",
  ]);
  expect(places("telegram:4711")).toEqual(["Channel/tg /spec/access/direct/allow/0"]);
  expect(places("telegram:9")).toEqual([]);
  expect(knownAs(["ada"], ACTIVE)).toEqual(["ada", principalIdOf(ADA), principalIdOf({ kind: "ssh", key: KEY })]);
  expect(knownAs(["telegram:4711"], ACTIVE)).toEqual(["telegram:4711"]);
});

test("who is declared and of whom nothing is stored is unknown here, and the answer says where to go", async () => {
  const auth = await testAuth(PEOPLE);
  const refused = deletePerson(worldOf(auth), ["ada"], "x");
  expect(refused.ok ? [] : refused.diagnostics).toMatchObject([
    { code: "PERSON_UNKNOWN", remedy: "It is declared in git, and removed there: Team/ops of acme/prod." },
  ]);
});
