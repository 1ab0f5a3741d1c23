import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fail, problem, type Edit, type Owner } from "../../core/index.ts";
import {
  apply,
  auditTail,
  destroy,
  drift,
  exportTree,
  history,
  plan,
  readPlan,
  render,
  resume,
  rollback,
  status,
  validate,
  verifyAudit,
  writePlan,
  type Applied,
  type Query,
} from "../../reconciler/engine.ts";
import { holdRuntime, openStore, type StoreWriter } from "../../runtime/store/index.ts";
import { agentText, codesOf, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES, type Tree } from "../engine.fixture.ts";

const OWNER: Owner = "acme/default";
const TREE: Tree = { "moltbot.yaml": PROJECT, "r/echo.yaml": ECHO, "r/a.yaml": agentText("a"), "r/b.yaml": agentText("b") };
const world = worldOf();

async function applied(query: Query): Promise<Applied> {
  return value(await apply(query, null, YES, world));
}

async function changesOf(query: Query): Promise<string[]> {
  return value(await plan(query, world)).plan.body.changes.map((each) => `${each.action} ${each.address}`);
}

/** The documented test door to the store: what an operator's edit through the API will do. */
function inStore<T>(repo: string, use: (store: StoreWriter) => T): T {
  const ports = { clock: world.clock, randomHex: () => world.ids.next() };
  const store = value(openStore(join(repo, ".moltbot"), { mode: "write", create: false }, ports));
  if (!store) throw new Error("no store");
  try {
    return use(store);
  } finally {
    store.close();
  }
}

function edit(repo: string, patch: Edit["patch"]): void {
  inStore(repo, (store) => value(store.addEdit({ owner: OWNER, address: "Agent/a", patch, actor: "api:ops-laptop" })));
}

describe("apply", () => {
  test("makes generation 1, then plans empty; a second apply does nothing", async () => {
    const repo = repository(TREE);
    const first = await applied({ repo });
    expect([first.outcome, first.generation?.number, first.generation?.resources]).toEqual(["applied", 1, 4]);
    expect(await changesOf({ repo })).toEqual([]);
    expect((await applied({ repo })).outcome).toBe("nothing-to-do");
    expect(value(await history({ repo }, world)).generations.map((each) => each.number)).toEqual([1]);
  });

  test("updates, creates and prunes; the plan said so", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/a.yaml": agentText("a", "prompt: Be short."), "r/b.yaml": null, "r/c.yaml": agentText("c") });
    expect(await changesOf({ repo })).toEqual(["update Agent/a", "delete Agent/b", "create Agent/c"]);
    expect((await applied({ repo })).generation?.number).toBe(2);
    expect(await changesOf({ repo })).toEqual([]);
    expect(value(await status({ repo }, world)).resources.map((each) => each.address)).toEqual([
      "Agent/a",
      "Agent/c",
      "ModelProvider/echo",
      "Project/acme",
    ]);
  });

  test("comments, file names and written-out defaults change nothing", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/a.yaml": null, "r/other.yml": `# moved\n${agentText("a")}` });
    expect(await changesOf({ repo })).toEqual([]);
  });

  test("is not confirmed: nothing happens", async () => {
    const repo = repository(TREE);
    const no = { ...YES, confirm: () => Promise.resolve(fail(problem("NOT_CONFIRMED", { detail: "no" }))) };
    expect(codesOf(await apply({ repo }, null, no, world))).toEqual(["NOT_CONFIRMED"]);
    expect(value(await status({ repo }, world)).active).toBeNull();
  });

  test("hostile input 40: a tree that changes between the question and the lock is STALE", async () => {
    const repo = repository(TREE);
    const meddle = {
      ...YES,
      confirm: () => {
        write(repo, { "r/a.yaml": agentText("a", "prompt: Sneaked in.") });
        return YES.confirm(undefined as never);
      },
    };
    expect(codesOf(await apply({ repo }, null, meddle, world))).toEqual(["PLAN_STALE"]);
    expect(value(await status({ repo }, world)).active).toBeNull();
  });

  test("the delete budget needs its number said; the same with another number is refused", async () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`r/m${i}.yaml`, agentText(`m${i}`)]));
    const repo = repository({ ...TREE, ...many });
    await applied({ repo });
    write(repo, Object.fromEntries(Object.keys(many).map((path) => [path, null])));
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["DELETE_BUDGET"]);
    expect(codesOf(await apply({ repo }, null, { ...YES, allowDeletes: 5 }, world))).toEqual(["DELETE_BUDGET"]);
    expect(value(await apply({ repo }, null, { ...YES, allowDeletes: 6 }, world)).outcome).toBe("applied");
  });

  test("a manifest that was emptied is remarked on, because what it declared goes", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/b.yaml": "# nothing left\n" });
    const valid = await validate({ repo }, world);
    expect(valid.ok && valid.warnings.map((each) => each.code)).toEqual(["MANIFEST_EMPTY"]);
    expect(value(await plan({ repo }, world)).warnings.map((each) => each.at?.file)).toEqual(["r/b.yaml"]);
  });

  test("an empty source is never a plan that deletes everything", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/echo.yaml": null, "r/a.yaml": null, "r/b.yaml": null });
    expect(codesOf(await plan({ repo }, world))).toContain("SOURCE_EMPTY");
  });
});

describe("a plan file", () => {
  test("applies exactly that; twice is once; hostile input 49", async () => {
    const repo = repository(TREE);
    const saved = value(readPlan(new TextEncoder().encode(writePlan(value(await plan({ repo }, world)).plan)), "plan.json"));
    expect(value(await apply({ repo }, saved, YES, world)).outcome).toBe("applied");
    const again = value(await apply({ repo }, saved, YES, world));
    expect([again.outcome, again.generation?.number]).toEqual(["already-applied", 1]);
  });

  test("hostile inputs 48 and 51: another environment, or anything that moved, is STALE and named", async () => {
    const repo = repository(TREE);
    const saved = value(await plan({ repo }, world)).plan;
    write(repo, { "r/a.yaml": agentText("a", "prompt: Other.") });
    const moved = await apply({ repo }, saved, YES, world);
    expect(codesOf(moved)).toEqual(["PLAN_STALE"]);
    expect(moved.ok || moved.diagnostics[0]?.detail).toContain("configuration (");
    const other = repository({ ...TREE, "moltbot.yaml": manifest("Project", "acme", "environments: {prod: {}}") });
    const prod = await apply({ repo: other, environment: "prod" }, saved, YES, world);
    expect(prod.ok || prod.diagnostics[0]?.detail).toContain("environment (default -> prod)");
  });

  test("hostile input 51: an edit made after the plan is STALE", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/a.yaml": agentText("a", "prompt: New.") });
    const saved = value(await plan({ repo }, world)).plan;
    edit(repo, [{ pointer: "/spec/prompt", value: "Edited." }]);
    const result = await apply({ repo }, saved, YES, world);
    expect(result.ok || result.diagnostics[0]?.detail).toContain("observed state");
  });
});

describe("drift", () => {
  test("is exactly the edits; apply corrects it, and plan is empty again", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    edit(repo, [{ pointer: "/spec/prompt", value: "Be rude." }]);
    const { body } = value(await plan({ repo }, world)).plan;
    expect([body.changes, body.drift.map((each) => each.action)]).toEqual([[], ["correct"]]);
    expect(value(await drift({ repo }, world)).drift[0]?.fields).toEqual([
      { path: "spec.prompt", before: "Be kind.", after: "Be rude.", sensitive: false },
    ]);
    expect((await applied({ repo })).outcome).toBe("applied");
    expect(value(await plan({ repo }, world)).plan.body.summary).toMatchObject({ drift: 0, noop: 4 });
  });

  test("in report mode stays, listed and never as a change", async () => {
    const repo = repository({ ...TREE, "moltbot.yaml": manifest("Project", "acme", "drift: {mode: report}") });
    await applied({ repo });
    edit(repo, [{ pointer: "/spec/prompt", value: "Be rude." }]);
    expect((await applied({ repo })).outcome).toBe("nothing-to-do");
    expect(value(await plan({ repo }, world)).plan.body.drift.map((each) => each.action)).toEqual(["report"]);
  });

  test("holds are listed and survive generations and rollbacks", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const hold = { owner: OWNER, selector: "*", denied: "all", reason: "incident", actor: "ops", until: null } as const;
    inStore(repo, (store) => value(store.addHold(hold)));
    write(repo, { "r/a.yaml": agentText("a", "prompt: New.") });
    await applied({ repo });
    value(await rollback({ repo }, 1, "bad", YES, world));
    expect(value(await plan({ repo, ref: undefined as never }, world)).plan.body.holds).toHaveLength(1);
  });
});

describe("rollback", () => {
  async function twoGenerations(): Promise<string> {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, { "r/a.yaml": agentText("a", "prompt: Bad.") });
    await applied({ repo });
    return repo;
  }

  test("brings generation 1 back as generation 3 and pins: the refused configuration may not return", async () => {
    const repo = await twoGenerations();
    const back = value(await rollback({ repo }, 1, "it answers nonsense", YES, world));
    expect([back.generation?.number, back.generation?.reason, back.generation?.because]).toEqual([3, "rollback", "it answers nonsense"]);
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["PINNED"]);
    expect(value(await plan({ repo }, world)).blockers.map((each) => each.code)).toEqual(["PINNED"]);
  });

  test("another configuration ends the pin, also when it is what was rolled back to", async () => {
    const repo = await twoGenerations();
    value(await rollback({ repo }, 1, "bad", YES, world));
    write(repo, { "r/a.yaml": agentText("a") });
    expect((await applied({ repo })).outcome).toBe("applied");
    expect(value(await status({ repo }, world)).pin).toBeNull();
    write(repo, { "r/a.yaml": agentText("a", "prompt: Good.") });
    expect((await applied({ repo })).generation?.number).toBe(4);
  });

  test("resume ends the pin by hand", async () => {
    const repo = await twoGenerations();
    value(await rollback({ repo }, 1, "bad", YES, world));
    expect(value(await resume({ repo }, world)).pin?.generation).toBe(1);
    expect((await applied({ repo })).generation?.number).toBe(4);
    expect(value(await resume({ repo }, world)).pin).toBeNull();
  });

  test("of a generation that does not exist says so", async () => {
    const repo = await twoGenerations();
    expect(codesOf(await rollback({ repo }, 9, "x", YES, world))).toEqual(["GENERATION_UNKNOWN"]);
  });
});

describe("owners", () => {
  test("an address belongs to one owner; adopting takes it over in one step", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const other = repository({
      "moltbot.yaml": manifest("Project", "other", "target: {type: embedded}"),
      "r/echo.yaml": ECHO,
      "r/a.yaml": agentText("a"),
    });
    const query = { repo: other, state: join(repo, ".moltbot") };
    expect(codesOf(await apply(query, null, YES, world))).toEqual(["ADDRESS_OWNED", "ADDRESS_OWNED"]);
    const adopt = (["Agent/a", "ModelProvider/echo"] as const).map((address) => ({ address, from: OWNER }));
    const taken = await apply({ ...query, adopt }, null, YES, world);
    expect(value(taken).plan.body.summary).toMatchObject({ adopt: 2, create: 1 });
    expect(value(await status({ repo }, world)).resources.map((each) => each.address)).toEqual(["Agent/b", "Project/acme"]);
  });
});

describe("selection", () => {
  test("--target changes only that and what it needs; --exclude leaves out", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    write(repo, {
      "r/a.yaml": agentText("a", "prompt: New.\nskills: [s]"),
      "r/b.yaml": agentText("b", "prompt: New."),
      "r/s.yaml": manifest("Skill", "s", "prompt: Do it."),
    });
    const { body } = value(await plan({ repo, targets: ["Agent/a"] }, world)).plan;
    expect(body.changes.map((each) => each.address)).toEqual(["Agent/a", "Skill/s"]);
    expect(body.warnings[0]).toMatchObject({ code: "SELECTED" });
    await applied({ repo, excludes: ["Agent/b"] });
    expect(await changesOf({ repo })).toEqual(["update Agent/b"]);
    expect(codesOf(await plan({ repo, targets: ["Agent/zzz"] }, world))).toEqual(["RESOURCE_NOT_FOUND"]);
  });
});

describe("protection", () => {
  const PROTECTED = agentText("b").replace("metadata: {name: b}", "metadata: {name: b, annotations: {moltbot.dev/protect: 'true'}}");

  test("a protected resource, and what it needs, is not deleted", async () => {
    const repo = repository({ ...TREE, "r/b.yaml": PROTECTED });
    await applied({ repo });
    write(repo, { "r/b.yaml": null });
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["PROTECTED"]);
    const byName = repository({ ...TREE, "moltbot.yaml": manifest("Project", "acme", "protection: ['Agent/*']") });
    await applied({ repo: byName });
    write(byName, { "r/b.yaml": null });
    expect(codesOf(await apply({ repo: byName }, null, YES, world))).toEqual(["PROTECTED"]);
  });
});

describe("a state folder without a moltbot.yaml", () => {
  test("answers for the one Project that was applied there, and asks where there are two", async () => {
    const repo = repository(TREE);
    const state = join(repo, ".moltbot");
    await applied({ repo });
    const elsewhere = repository({});
    expect(value(await status({ repo: elsewhere, state }, world))).toMatchObject({ owner: OWNER, active: { number: 1 } });
    expect(value(await history({ repo: elsewhere, state }, world)).generations).toHaveLength(1);
    expect(codesOf(await status({ repo: elsewhere }, world))).toEqual(["PROJECT_NOT_FOUND"]);
    expect(codesOf(await status({ repo: elsewhere, state: join(elsewhere, "none") }, world))).toEqual(["PROJECT_NOT_FOUND"]);
    const other = repository({
      "moltbot.yaml": manifest("Project", "other", "target: {type: embedded}"),
      "r/s.yaml": manifest("Skill", "s", "prompt: Do it."),
    });
    value(await apply({ repo: other, state }, null, YES, world));
    expect(codesOf(await status({ repo: elsewhere, state }, world))).toEqual(["ENVIRONMENT_REQUIRED"]);
  });
});

describe("moved", () => {
  test.each([
    ["another kind", "{from: Agent/x, to: ModelProvider/echo}", ["MOVE_INVALID"]],
    ["still declared", "{from: Agent/a, to: Agent/b}", ["MOVE_INVALID"]],
    ["to nobody: a remark", "{from: Agent/x, to: Agent/nowhere}", []],
    ["a good one", "{from: Agent/x, to: Agent/b}", []],
    ["one after the other", "{from: Agent/x, to: Agent/y}, {from: Agent/y, to: Agent/b}", []],
    ["one name for two", "{from: Agent/x, to: Agent/b}, {from: Agent/y, to: Agent/b}", ["MOVE_INVALID"]],
    ["two names for one", "{from: Agent/x, to: Agent/a}, {from: Agent/x, to: Agent/b}", ["MOVE_INVALID"]],
    ["the same twice", "{from: Agent/x, to: Agent/b}, {from: Agent/x, to: Agent/b}", []],
  ])("%s", async (_name, entry, codes) => {
    const repo = repository({ ...TREE, "moltbot.yaml": manifest("Project", "acme", `moved: [${entry}]`) });
    const result = await validate({ repo }, world);
    expect(codesOf(result)).toEqual(codes);
    expect(!result.ok || result.warnings.length === (entry.includes("nowhere") ? 1 : 0)).toBe(true);
  });
});

describe("who judges", () => {
  test("the change that lifts a protection or widens the budget does not profit from it; the next one does", async () => {
    const project = (spec: string): Tree => ({ "moltbot.yaml": manifest("Project", "acme", spec) });
    const repo = repository({ ...TREE, ...project("protection: ['Agent/b']") });
    await applied({ repo });
    write(repo, { ...project("description: Open."), "r/b.yaml": null });
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["PROTECTED"]);
    write(repo, { "r/b.yaml": agentText("b") });
    await applied({ repo });
    write(repo, { "r/b.yaml": null });
    expect((await applied({ repo })).outcome).toBe("applied");

    const many = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`r/m${i}.yaml`, agentText(`m${i}`)]));
    const wide = repository({ ...TREE, ...many });
    await applied({ repo: wide });
    write(wide, { ...project("limits: {deletes: {percent: 100}}"), ...Object.fromEntries(Object.keys(many).map((path) => [path, null])) });
    expect(codesOf(await apply({ repo: wide }, null, YES, world))).toEqual(["DELETE_BUDGET"]);
  });
});

describe("destroy, export, audit", () => {
  test("destroy removes everything of this owner, by a plan like any other", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const gone = value(await destroy({ repo }, "moving away", YES, world));
    expect([gone.generation?.resources, gone.plan.body.summary.delete]).toEqual([0, 4]);
    expect(await changesOf({ repo })).toHaveLength(4);
  });

  test("I2: an exported tree plans empty, envelopes included", async () => {
    const envelope = "-----BEGIN AGE ENCRYPTED FILE-----\nYWJjZGVm\n-----END AGE ENCRYPTED FILE-----\n";
    const secret = manifest("Secret", "k", `values:\n  value: {env: {name: KEY}}\n  other: {pending: {}}`);
    const repo = repository({
      ...TREE,
      "r/k.yaml": secret,
      "r/a.yaml": agentText("a", "prompt: {file: p.md}"),
      "p.md": `Line one.\n${envelope}`,
    });
    await applied({ repo });
    const out = repository({});
    const exported = value(await exportTree({ repo }, world));
    write(out, Object.fromEntries(exported.files.map((file) => [file.path, file.text])));
    expect(await changesOf({ repo: out, state: join(repo, ".moltbot") })).toEqual([]);
  });

  test("I2: an exported tree plans empty where the Project names its folders and has overlays", async () => {
    const project = manifest("Project", "acme", "sources: [agents, other]\nenvironments: {prod: {overlays: [overlays/prod.yaml]}}");
    const repo = repository({
      "moltbot.yaml": project,
      "other/echo.yaml": ECHO,
      "agents/a.yaml": agentText("a"),
      "overlays/prod.yaml": agentText("a", "prompt: Be quick."),
    });
    const query = { repo, environment: "prod" };
    await applied(query);
    const files = value(await exportTree(query, world)).files;
    const out = repository(Object.fromEntries(files.map((file) => [file.path, file.text])));
    expect(await changesOf({ repo: out, environment: "prod", state: join(repo, ".moltbot") })).toEqual([]);
  });

  test("every effect has an intent before it and a receipt after it, and the chain verifies", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const kinds = value(await auditTail({ repo }, 10, world)).map((each) => each.kind);
    expect(kinds.slice(-2)).toEqual(["intent", "receipt"]);
    expect(value(await verifyAudit({ repo }, null, world)).records).toBe(kinds.length);
  });

  test("without a record, commands say so and never answer with nothing", async () => {
    const repo = repository(TREE);
    expect(value(await history({ repo }, world)).generations).toEqual([]);
    for (const result of [
      await drift({ repo }, world),
      await exportTree({ repo }, world),
      await auditTail({ repo }, 1, world),
      await verifyAudit({ repo }, null, world),
      await resume({ repo }, world),
    ]) {
      expect(codesOf(result)).toEqual(["NO_RECORD"]);
    }
  });
});

describe("activation with a running runtime", () => {
  test("a candidate that nobody answers stays a candidate, N stays active, and the next apply settles it", async () => {
    const project = manifest("Project", "acme", "target: {type: embedded, applyTimeout: 200ms}");
    const repo = repository({ ...TREE, "moltbot.yaml": project });
    await applied({ repo });
    const hold = value(holdRuntime(join(repo, ".moltbot")));
    write(repo, { "r/a.yaml": agentText("a", "prompt: New.") });
    expect(codesOf(await apply({ repo }, null, YES, world))).toEqual(["APPLY_INCOMPLETE"]);
    expect(value(await status({ repo }, world))).toMatchObject({ active: { number: 1 }, candidate: { number: 2 } });
    hold.release();
    expect((await applied({ repo })).outcome).toBe("applied");
    expect(value(await status({ repo }, world))).toMatchObject({ candidate: null });
    expect(await changesOf({ repo })).toEqual([]);
  });

  test("a runtime that answers activates it; one that cannot run it rejects it with the reason", async () => {
    const repo = repository(TREE);
    await applied({ repo });
    const hold = value(holdRuntime(join(repo, ".moltbot")));
    for (const [prompt, healthy] of [
      ["New.", true],
      ["Broken.", false],
    ] as const) {
      write(repo, { "r/a.yaml": agentText("a", `prompt: ${prompt}`) });
      const running = apply({ repo }, null, YES, world);
      await answerSoon(repo, healthy);
      expect(codesOf(await running)).toEqual(healthy ? [] : ["APPLY_INCOMPLETE"]);
    }
    expect(value(await status({ repo }, world)).active?.number).toBe(2);
    hold.release();
  });

  async function answerSoon(repo: string, healthy: boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const answered = inStore(repo, (store) => {
        const candidate = value(store.candidate(OWNER));
        if (!candidate || candidate.status !== "candidate") return false;
        const { number, digest } = candidate;
        value(
          store.answerCandidate(OWNER, { generation: number, digest, healthy, reason: healthy ? null : "no such model", actor: "runtime" }),
        );
        return true;
      });
      if (answered) return;
    }
  }
});

describe("rendering", () => {
  test("shows every resource with its defaults, sorted", async () => {
    const repo = repository(TREE);
    const { resources } = value(await render({ repo }, world));
    expect(resources.map((each) => `${each.kind}/${each.metadata.name}`)).toEqual([
      "Agent/a",
      "Agent/b",
      "ModelProvider/echo",
      "Project/acme",
    ]);
    expect(value(await validate({ repo }, world))).toMatchObject({ project: "acme", environment: "default" });
  });
});

describe("the load check", () => {
  const provider = (spec: string): string => manifest("ModelProvider", "echo", spec);
  const cases: readonly (readonly [string, string, string, number])[] = [
    ["a provider without the endpoint it needs", "type: openai-compatible", "GENERATION_UNLOADABLE", 5],
    ["a key that its Secret has not", "type: ollama\ncredentials: {secret: s, key: none}", "SECRET_KEY_UNKNOWN", 6],
  ];
  test.each(cases)("%s fails the plan, at its place, and nothing is applied", async (_, spec, code, line) => {
    const secret = manifest("Secret", "s", "values: {k: {pending: {}}}");
    const repo = repository({ ...TREE, "r/echo.yaml": provider(spec), "r/s.yaml": secret });
    for (const result of [await plan({ repo }, world), await apply({ repo }, null, YES, world)]) {
      expect(result.ok ? [] : result.diagnostics.map((each) => [each.code, each.at?.file, each.at?.line])).toContainEqual([
        code,
        "r/echo.yaml",
        line,
      ]);
    }
    expect(value(await status({ repo }, world)).active).toBeNull();
  });

  test("several at once, each once", async () => {
    const repo = repository({
      ...TREE,
      "r/echo.yaml": provider("type: openai-compatible"),
      "r/more.yaml": manifest("ModelProvider", "more", "type: openai-compatible"),
    });
    const refused = await plan({ repo }, world);
    expect(refused.ok ? [] : refused.diagnostics.map((each) => `${each.code} ${each.at?.file}`)).toEqual([
      "GENERATION_UNLOADABLE r/echo.yaml",
      "GENERATION_UNLOADABLE r/more.yaml",
    ]);
  });
});
