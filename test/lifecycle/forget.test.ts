import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UNMANAGED, type Edit, type Owner } from "../../core/index.ts";
import { apply, destroy, drift, history, plan, rollback, status, type Query } from "../../reconciler/engine.ts";
import { openConversation } from "../../runtime/conversations/index.ts";
import { openStore } from "../../runtime/store/index.ts";
import { agentText, codesOf, ECHO, manifest, repository, value, worldOf, write, YES, type Tree } from "../engine.fixture.ts";

const OWNER: Owner = "acme/default";
const world = worldOf();
const project = (forget: string, more = ""): string =>
  manifest("Project", "acme", `target: {type: embedded}\nforget: [${forget}]\n${more}`);
const TREE: Tree = {
  "moltbot.yaml": project("'Agent/*', ModelProvider/own"),
  "r/echo.yaml": ECHO,
  "r/a.yaml": agentText("a"),
  "r/b.yaml": agentText("b"),
};

const applied = async (query: Query) => value(await apply(query, null, YES, world));
const changesOf = async (query: Query) => value(await plan(query, world)).plan.body.changes.map((each) => `${each.action} ${each.address}`);
const resourcesOf = async (query: Query) => value(await status(query, world)).resources.map((each) => each.address);
const unmanagedOf = async (query: Query) => value(await status(query, world)).unmanaged;

/** An applied tree from which Agent/b was then forgotten. */
async function forgotten(more: Tree = {}): Promise<string> {
  const repo = repository({ ...TREE, ...more });
  await applied({ repo });
  write(repo, { "r/b.yaml": null });
  await applied({ repo });
  return repo;
}

describe("forget", () => {
  test("what matches is released, not deleted; status counts it, and the next plan is empty", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/b.yaml": null });
    const { body } = value(await plan({ repo }, world)).plan;
    expect(body.changes).toMatchObject([{ action: "forget", address: "Agent/b", reason: "forget-requested", after: null }]);
    expect(body.summary).toMatchObject({ forget: 1, delete: 0 });
    expect((await applied({ repo })).generation?.resources).toBe(3);
    expect(await changesOf({ repo })).toEqual([]);
    expect(await resourcesOf({ repo })).toEqual(["Agent/a", "ModelProvider/echo", "Project/acme"]);
    expect(await unmanagedOf({ repo })).toEqual(["Agent/b"]);
  });

  test.each<readonly [string, string]>([
    ["that is new", ""],
    ["that was narrower before", "Agent/a"],
    ["that is there beside others", "ModelProvider/own"],
  ])("a rule %s releases nothing in its own change; from the next one on it does", async (_, before) => {
    const repo = repository({ ...TREE, "moltbot.yaml": project(before) });
    await applied({ repo });
    write(repo, { "moltbot.yaml": project("'Agent/*', ModelProvider/own"), "r/b.yaml": null });
    const planned = value(await plan({ repo }, world));
    expect(planned.blockers.map(({ code, context }) => [code, context["address"]])).toEqual([["FORGET_NOT_IN_FORCE", "Agent/b"]]);
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["FORGET_NOT_IN_FORCE"]);
    expect(await unmanagedOf({ repo })).toEqual([]);
    // The way that the remedy names.
    write(repo, { "r/b.yaml": agentText("b") });
    await applied({ repo });
    write(repo, { "r/b.yaml": null });
    await applied({ repo });
    expect(await unmanagedOf({ repo })).toEqual(["Agent/b"]);
  });

  test("a rule that goes in the same change releases nothing either", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "moltbot.yaml": project(""), "r/b.yaml": null });
    expect(await changesOf({ repo })).toContain("delete Agent/b");
  });

  test("a part of the plan does not bring the rule along by the back door", async () => {
    const repo = repository({ ...TREE, "moltbot.yaml": project("") });
    await applied({ repo });
    write(repo, { "moltbot.yaml": project("'Agent/*'"), "r/b.yaml": null });
    expect(await changesOf({ repo, targets: ["Agent/b"] })).toEqual(["delete Agent/b"]);
    expect(codesOf(await apply({ repo, targets: ["Agent/b", "Project/acme"] }, null, YES, world))).toEqual(["FORGET_NOT_IN_FORCE"]);
  });

  test("what does not match is deleted", async () => {
    const repo = repository({ ...TREE, "r/s.yaml": manifest("Skill", "s", "prompt: x") });
    await applied({ repo });
    write(repo, { "r/b.yaml": null, "r/s.yaml": null });
    expect(await changesOf({ repo })).toEqual(["forget Agent/b", "delete Skill/s"]);
  });

  test("it goes without what it names and what stays behind, and the plan says so", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/b.yaml": null });
    const { warnings } = value(await plan({ repo }, world)).plan.body;
    expect(warnings).toMatchObject([
      { code: "FORGET_INCOMPLETE", address: "Agent/b", message: expect.stringContaining("ModelProvider/echo") as string },
    ]);
  });

  test("neither the delete budget nor protection stand against it", async () => {
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`r/m${i}.yaml`, agentText(`m${i}`)]));
    const repo = repository({ ...TREE, ...many, "moltbot.yaml": project("'Agent/*'", "protection: ['Agent/*']") });
    await applied({ repo });
    write(repo, Object.fromEntries(Object.keys(many).map((file) => [file, null])));
    expect((await applied({ repo })).plan.body.summary.forget).toBe(8);
    expect(await unmanagedOf({ repo })).toHaveLength(8);
  });

  test("declared again it is somebody else's until it is adopted", async () => {
    const repo = await forgotten();
    write(repo, { "r/b.yaml": agentText("b", "prompt: Be back.") });
    const refused = await apply({ repo }, null, YES, world);
    expect(refused.ok ? [] : refused.diagnostics.map(({ code, remedy }) => [code, remedy])).toEqual([
      ["ADDRESS_OWNED", expect.stringContaining("moltbot adopt Agent/b --from unmanaged/unmanaged")],
    ]);
    const adopt = [{ address: "Agent/b", from: UNMANAGED }] as const;
    expect((await applied({ repo, adopt, targets: ["Agent/b"] })).plan.body.summary).toMatchObject({ adopt: 1, create: 0 });
    expect([await unmanagedOf({ repo }), await changesOf({ repo })]).toEqual([[], []]);
    // And it can be forgotten again.
    write(repo, { "r/b.yaml": null });
    await applied({ repo });
    expect(await unmanagedOf({ repo })).toEqual(["Agent/b"]);
  });

  test("another Project may adopt it too, and nobody else's address is forgotten", async () => {
    const repo = await forgotten();
    const other = repository({
      "moltbot.yaml": manifest("Project", "other", "target: {type: embedded}\nforget: ['*/*']"),
      "r/own.yaml": manifest("ModelProvider", "own", "type: echo"),
      "r/b.yaml": manifest("Agent", "b", "model: {provider: own, name: m}\nprompt: x"),
    });
    const query: Query = { repo: other, state: join(repo, ".moltbot"), adopt: [{ address: "Agent/b", from: UNMANAGED }] };
    expect((await applied(query)).plan.body.summary).toMatchObject({ adopt: 1, create: 2 });
    expect([await unmanagedOf({ repo }), await resourcesOf({ repo })]).toEqual([[], ["Agent/a", "ModelProvider/echo", "Project/acme"]]);
  });

  test("rolling back to before takes it back", async () => {
    const repo = await forgotten();
    value(await rollback({ repo }, 1, "needed after all", YES, world));
    expect([await resourcesOf({ repo }), await unmanagedOf({ repo })]).toEqual([
      ["Agent/a", "Agent/b", "ModelProvider/echo", "Project/acme"],
      [],
    ]);
  });

  test("destroy removes what is declared all the same, and leaves what is unmanaged", async () => {
    const repo = await forgotten();
    expect(value(await destroy({ repo }, "over", YES, world)).plan.body.summary).toMatchObject({ delete: 3, forget: 0 });
    expect(await unmanagedOf({ repo })).toEqual(["Agent/b"]);
  });

  test("a part of the plan by name; generations of the unmanaged are no generations of ours", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/b.yaml": null, "r/a.yaml": agentText("a", "prompt: New.") });
    await applied({ repo, targets: ["Agent/b"] });
    expect([await unmanagedOf({ repo }), await changesOf({ repo })]).toEqual([["Agent/b"], ["update Agent/a"]]);
    expect(value(await history({ repo }, world)).generations.map((each) => each.number)).toEqual([2, 1]);
  });

  test("what was changed past git stays changed, and is no drift to correct", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const patch: Edit["patch"] = [{ pointer: "/spec/prompt", value: "Edited." }];
    const store = value(
      openStore(join(repo, ".moltbot"), { mode: "write", create: false }, { clock: world.clock, randomHex: () => world.ids.next() }),
    );
    value(store!.addEdit({ owner: OWNER, address: "Agent/b", patch, actor: "api:ops" }));
    store!.close();
    write(repo, { "r/b.yaml": null });
    expect(value(await plan({ repo }, world)).plan.body.drift).toMatchObject([{ address: "Agent/b", action: "report" }]);
    await applied({ repo });
    expect(value(await drift({ repo }, world)).drift).toEqual([]);
    const reader = value(openStore(join(repo, ".moltbot"), { mode: "read" }, { clock: world.clock, randomHex: () => world.ids.next() }));
    expect(value(reader!.edits(UNMANAGED))).toMatchObject([{ address: "Agent/b", owner: UNMANAGED, patch }]);
    reader!.close();
  });

  test("a Project called as the unmanaged are is refused", async () => {
    const repo = repository({
      "moltbot.yaml": manifest("Project", "unmanaged", "environments: {unmanaged: {}}"),
      "r/echo.yaml": ECHO,
    });
    expect(codesOf(await plan({ repo, environment: "unmanaged" }, world))).toEqual(["OWNER_RESERVED"]);
  });
});

describe("an unmanaged agent", () => {
  const conversation = (repo: string, name: string) =>
    openConversation(
      { dir: join(repo, ".moltbot"), owner: OWNER, project: "acme", clock: world.clock, ids: world.ids, env: {} },
      name,
      "new",
    );

  test("answers as before when what it names was forgotten with it, and says that nobody manages it", async () => {
    const repo = await forgotten({
      "r/own.yaml": manifest("ModelProvider", "own", "type: echo"),
      "r/b.yaml": manifest("Agent", "b", "model: {provider: own, name: m}\nprompt: x"),
    });
    write(repo, { "r/own.yaml": null });
    await applied({ repo });
    const opened = conversation(repo, "b");
    expect(opened.ok && opened.warnings.map((each) => each.code)).toEqual(["UNMANAGED"]);
    const said = await value(opened).say("hello", { signal: world.signal, onDelta: () => undefined });
    expect(value(said).turn.text).toContain("hello");
  });

  test("says what it lacks when its provider stayed behind; the managed ones are not disturbed", async () => {
    const repo = await forgotten();
    const said = await value(conversation(repo, "b")).say("hello", { signal: world.signal, onDelta: () => undefined });
    expect(codesOf(said)).toEqual(["INERT"]);
    value(await value(conversation(repo, "a")).say("hello", { signal: world.signal, onDelta: () => undefined }));
    expect(codesOf(conversation(repo, "none"))).toEqual(["AGENT_NOT_FOUND"]);
  });
});
