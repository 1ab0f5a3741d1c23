import { join } from "node:path";
import { expect, test } from "vitest";
import { canonicalJson, digestJson, marked, UNMANAGED, type Json, type JsonObject, type Owner, type Resource } from "../../core/index.ts";
import { apply, declareBeside, exportTree, plan, rollback, status, type Query } from "../../reconciler/engine.ts";
import { lifeOf, openStore, type StoreWriter } from "../../runtime/store/index.ts";
import { agentText, codesOf, ECHO, manifest, repository, value, worldOf, write, YES, type Tree } from "../engine.fixture.ts";

const OWNER: Owner = "acme/default";
const world = worldOf();
const TREE: Tree = {
  "moltbot.yaml": manifest("Project", "acme", "target: {type: embedded}\nunmanaged: keep"),
  "r/echo.yaml": ECHO,
  "r/a.yaml": agentText("a"),
};
const applied = async (query: Query) => value(await apply(query, null, YES, world));
const unmanagedOf = async (query: Query) => value(await status(query, world)).unmanaged;
const ports = { clock: world.clock, randomHex: () => world.ids.next() };

function withStore<T>(repo: string, use: (store: StoreWriter) => T): T {
  const store = value(openStore(join(repo, ".moltbot"), { mode: "write", create: false }, ports))!;
  try {
    return use(store);
  } finally {
    store.close();
  }
}

const SPEC: JsonObject = { model: { provider: "echo", name: "m" }, prompt: "Made by hand." };
const resource: Resource = { apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: "m" }, spec: SPEC };
const bytes = (): Buffer =>
  Buffer.from(canonicalJson(marked({ resource, beside: OWNER, like: "a", by: "ci", at: "2026-01-01T00:00:00.000Z" }) as unknown as Json));
const FACTS = { actor: "ci", because: "a trial", schema: digestJson("s"), engine: "0" } as const;

/** An applied tree, beside which the API made Agent/m. */
async function withMade(): Promise<string> {
  const repo = repository(TREE);
  await applied({ repo });
  withStore(repo, (store) =>
    value(store.changeUnmanaged({ ...FACTS, rows: [{ address: "Agent/m", before: null, bytes: bytes(), life: "m.one" }] })),
  );
  return repo;
}

test("the plan counts it and touches nothing of it; status names it", async () => {
  const repo = await withMade();
  const { body, evidence } = value(await plan({ repo }, world)).plan;
  expect([body.changes, body.summary.noop, evidence.unmanaged]).toEqual([[], 3, 1]);
  expect(await unmanagedOf({ repo })).toEqual(["Agent/m"]);
  const clean = repository(TREE);
  await applied({ repo: clean });
  expect(value(await plan({ repo: clean }, world)).plan.evidence).not.toHaveProperty("unmanaged");
});

test("declared later, it is somebody else's until it is adopted, and what it was told goes along", async () => {
  const repo = await withMade();
  write(repo, { "r/m.yaml": agentText("m") });
  const refused = await apply({ repo }, null, YES, world);
  expect(refused.ok ? [] : refused.diagnostics.map(({ code, detail, remedy }) => [code, detail, remedy])).toEqual([
    [
      "ADDRESS_OWNED",
      expect.stringContaining("unmanaged: it was forgotten before, or made by the API") as string,
      expect.stringContaining("moltbot adopt Agent/m --from unmanaged/unmanaged") as string,
    ],
  ]);
  await applied({ repo, adopt: [{ address: "Agent/m", from: UNMANAGED }] });
  expect(await unmanagedOf({ repo })).toEqual([]);
  const active = withStore(repo, (store) => value(store.active(OWNER)));
  expect(lifeOf(active?.lives, "Agent/m")).toBe("m.one");
  expect(value(await plan({ repo }, world)).plan.body.changes).toEqual([]);
});

test("it is exported as the manifest that it would be declared by", async () => {
  const repo = await withMade();
  const { files } = value(await exportTree({ repo }, world, { unmanaged: true }));
  expect(files.map((each) => each.path)).toEqual(["agents/m.yaml"]);
  expect(files[0]!.text).not.toContain("moltbot.dev/made");
  write(repo, { "r/m.yaml": files[0]!.text });
  await applied({ repo, adopt: [{ address: "Agent/m", from: UNMANAGED }] });
  const { files: all } = value(await exportTree({ repo }, world));
  expect(all.find((each) => each.path.endsWith("agents/m.yaml"))?.text).toBe(files[0]!.text);
  expect(value(await exportTree({ repo }, world, { unmanaged: true })).files).toEqual([]);
});

test("nobody makes what is declared, or changes what is not as it was seen; the ledger has what was done", async () => {
  const repo = await withMade();
  withStore(repo, (store) => {
    const codes = (rows: Parameters<StoreWriter["changeUnmanaged"]>[0]["rows"]) => codesOf(store.changeUnmanaged({ ...FACTS, rows }));
    expect(codes([{ address: "Agent/a", before: null, bytes: bytes() }])).toEqual(["ADDRESS_OWNED"]);
    expect(codes([{ address: "Agent/m", before: null, bytes: bytes() }])).toEqual(["UNMANAGED_MOVED"]);
    expect(codes([{ address: "Agent/x", before: digestJson("x"), bytes: null }])).toEqual(["UNMANAGED_MOVED"]);
    const row = value(store.rows(UNMANAGED, 1)).get("Agent/m")!;
    expect(codes([{ address: "Agent/m", before: row, bytes: null }])).toEqual([]);
    expect(value(store.ledger(1, 100)).at(-1)).toMatchObject({
      kind: "receipt",
      owner: UNMANAGED,
      actor: "ci",
      body: { reason: "api", because: "a trial", changed: [{ address: "Agent/m", digest: null }] },
    });
    value(store.verifyContents());
    value(store.verifyLedger());
    expect(value(store.active(UNMANAGED))?.lives).toBeUndefined();
  });
  expect(await unmanagedOf({ repo })).toEqual([]);
});

test("a rollback of the Project leaves it, and so does destroying what it is like", async () => {
  const repo = await withMade();
  write(repo, { "r/a.yaml": agentText("a", "prompt: New.") });
  await applied({ repo });
  value(await rollback({ repo }, 1, "back", YES, world));
  expect(await unmanagedOf({ repo })).toEqual(["Agent/m"]);
});

test("its manifest goes the way of a declared one", () => {
  const beside = {
    project: "acme",
    environment: "default",
    resources: [{ ...resource, kind: "ModelProvider", metadata: { name: "echo" }, spec: { type: "echo" } }],
  };
  const declared = (more: JsonObject) => declareBeside({ ...(resource as unknown as JsonObject), ...more }, beside, world.kinds);
  expect(value(declared({})).spec).toMatchObject({ timezone: "UTC" });
  expect(codesOf(declared({ kind: "Agnet" }))).toEqual(["KIND_UNKNOWN"]);
  expect(codesOf(declared({ spec: { ...SPEC, prompt: { file: "x" } } }))).toEqual(["API_INVALID"]);
  expect(codesOf(declared({ spec: { ...SPEC, skills: ["none"] } }))).toEqual(["REF_NOT_FOUND"]);
  expect(codesOf(declared({ spec: { ...SPEC, modle: 1 } }))).toEqual(["FIELD_UNKNOWN"]);
});
