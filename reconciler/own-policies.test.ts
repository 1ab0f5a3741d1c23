import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "../core/index.ts";
import { agentText, ECHO, manifest, PROJECT, repository, value, worldOf, write, YES } from "../test/engine.fixture.ts";
import { regoOf, writePolicies } from "../test/own-policies.fixture.ts";
import { apply, exportTree, listPolicies, plan, policySources, rollback, type Plan } from "./engine.ts";
import type { Planned } from "./types.ts";

/** Agents have the label that says who answers for them. */
const OWNED = regoOf(
  "owned",
  `admission_deny contains {"code": "owner", "message": "Every agent names its owner.", "path": "/metadata/labels"} if {
	input.resource.kind == "Agent"
	not input.resource.labels.owner
}`,
);
/** Nobody reads secrets of the workspace. */
const READS = regoOf(
  "reads",
  `grant_deny contains {"code": "private", "message": "Nobody reads private/."} if input.pattern == "private/**"

grant_oblige contains {"code": "asked", "message": "Reading is asked for."} if input.tool == "fs.read"`,
);
const OWNED_AGENT = agentText("a").replace("{name: a}", "{name: a, labels: {owner: ops}}");
const reader = (resource: string): string =>
  agentText("a", `prompt: Hi.\ncapabilities:\n  - tool: fs.read\n    permissions: [{action: read, resource: "${resource}"}]`);
const project = (spec: string): string => manifest("Project", "acme", `target: {type: embedded}\n${spec}`);

const BASE = { "moltbot.yaml": PROJECT, "agents/a.yaml": agentText("a"), "providers/echo.yaml": ECHO };

async function planned(root: string, world = worldOf()): Promise<Planned> {
  return value(await plan({ repo: root }, world));
}
async function applied(root: string, world = worldOf()): Promise<void> {
  value(await apply({ repo: root }, null, YES, world));
}
const codes = ({ blockers }: Planned): readonly string[] => blockers.map((each) => each.code);
const spoken = ({ body }: Plan): readonly string[] =>
  body.violations.map(({ rule, address, level, exception, by }) => [level, rule, address, exception, by].filter(Boolean).join(" "));
const findings = ({ body }: Plan): readonly Json[] =>
  body.capabilities.findings.map((each) => (each as { message?: Json }).message ?? each);

describe("policies of a Project", () => {
  test("deny resources and grants, beside the built-in ones", async () => {
    const root = repository({ ...BASE, "agents/a.yaml": reader("private/**") });
    writePolicies(root, { owned: OWNED, reads: READS });
    const found = await planned(root);
    expect(spoken(found.plan)).toEqual(["enforce owned.owner Agent/a", "enforce reads.private Agent/a"]);
    expect(codes(found)).toEqual(["POLICY_DENIED", "POLICY_DENIED"]);
    expect(found.blockers[0]?.remedy).toContain("policies/owned.rego:5");
    const grant = found.plan.body.decisions.find((each) => each.entry === "grant");
    expect(grant).toMatchObject({ answer: "denied", rules: ["reads.private"] });
  });

  test("are asked about what has another name as what it was, and about the name that goes", async () => {
    const kept = regoOf(
      "kept",
      `admission_deny contains {"code": "prompt", "message": "The prompt stays."} if {
	input.resource.kind == "Agent"
	input.old != null
	input.new != null
	input.new.prompt != input.old.prompt
}

admission_warn contains {"code": "gone", "message": "A name goes."} if input.facts.declared == false`,
    );
    const root = repository(BASE);
    writePolicies(root, { kept });
    await applied(root);
    write(root, {
      "moltbot.yaml": project("moved: [{from: Agent/a, to: Agent/b}]"),
      "agents/a.yaml": reader("docs/**").replace("{name: a}", "{name: b}"),
    });
    const { plan: made } = await planned(root);
    expect(spoken(made)).toEqual(["warn kept.gone Agent/a", "enforce kept.prompt Agent/b"]);
    expect(made.body.changes.map(({ action, address }) => `${action} ${address}`)).toEqual(["move Agent/b", "update Project/acme"]);
    expect(made.body.capabilities.added.map(({ subject, pattern }) => `${subject} ${pattern}`)).toEqual(["Agent/b docs/**"]);
    expect(made.body.capabilities.removed).toEqual([]);
  });

  test.each<[string, (root: string) => void, string]>([
    ["missing bundle", (root) => rmSync(join(root, "policies/bundle.wasm")), "POLICY_NOT_BUILT"],
    ["missing lock", (root) => rmSync(join(root, "policies/policies.lock.json")), "POLICY_NOT_BUILT"],
    ["empty bundle", (root) => writeFileSync(join(root, "policies/bundle.wasm"), ""), "POLICY_UNTRUSTED"],
    ["lock of another format", (root) => writeFileSync(join(root, "policies/policies.lock.json"), "{}"), "POLICY_LOCK"],
    ["policy edited since", (root) => writeFileSync(join(root, "policies/owned.rego"), `${OWNED}# more\n`), "POLICY_STALE"],
    [
      "policy added since",
      (root) => writeFileSync(join(root, "policies/x.yaml"), manifest("Policy", "x", "rego: package moltbot.policies.x")),
      "POLICY_STALE",
    ],
    [
      "one bit of the bundle",
      (root) => {
        const bytes = readFileSync(join(root, "policies/bundle.wasm"));
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(join(root, "policies/bundle.wasm"), bytes);
      },
      "POLICY_UNTRUSTED",
    ],
  ])("rows 73, 75: %s denies everything, and the plan says so first", async (_name, damage, code) => {
    const root = repository({ ...BASE, "agents/a.yaml": OWNED_AGENT });
    writePolicies(root, { owned: OWNED });
    expect(codes(await planned(root))).toEqual([]);
    damage(root);
    const found = await planned(root);
    expect(codes(found)[0]).toBe(code);
    expect(found.blockers[0]?.remedy).toContain("moltbot policy build");
    expect(found.plan.body.decisions.every((each) => each.answer === "denied")).toBe(true);
  });

  test("a name of a built-in policy is refused", async () => {
    const root = repository({ ...BASE, "policies/network.yaml": manifest("Policy", "network", "rego: package moltbot.policies.network") });
    const found = await plan({ repo: root }, worldOf());
    expect(found.ok ? [] : found.diagnostics.map((each) => each.code)).toEqual(["POLICY_NAME_TAKEN"]);
  });

  test.each<[string, string, readonly string[]]>([
    ["warn", "enforcement: warn", ["warn owned.owner Agent/a"]],
    ["audit", "enforcement: audit", ["audit owned.owner Agent/a"]],
    ["other resources", "applies: {resources: [Agent/b*]}", []],
    ["these resources", "applies: {resources: [Agent/*]}", ["enforce owned.owner Agent/a"]],
    ["other labels", "applies: {labels: {team: care}}", []],
    ["other environments", "applies: {environments: [prod]}", []],
    ["this environment", "applies: {environments: [default]}", ["enforce owned.owner Agent/a"]],
  ])("%s", async (_name, more, expected) => {
    const root = repository(BASE);
    writePolicies(root, { owned: OWNED }, { owned: more });
    expect(spoken((await planned(root)).plan)).toEqual(expected);
  });

  test("a Project sets the level of its own rules too", async () => {
    const root = repository({ ...BASE, "moltbot.yaml": project("policies: {rules: {owned.owner: warn}}") });
    writePolicies(root, { owned: OWNED });
    const found = await planned(root);
    expect(spoken(found.plan)).toEqual(["warn owned.owner Agent/a"]);
    expect(found.plan.body.warnings.map((each) => each.message)).toContain(
      "The Project lowers owned.owner to warn; it would have spoken once.",
    );
  });

  test("after an apply a plan is empty, and so it is after export and after rollback", async () => {
    const root = repository({ ...BASE, "agents/a.yaml": OWNED_AGENT });
    writePolicies(root, { owned: OWNED });
    await applied(root);
    expect((await planned(root)).plan.body.changes).toEqual([]);
    write(root, { "agents/a.yaml": OWNED_AGENT.replace("Be kind.", "Be brief.") });
    await applied(root);
    value(await rollback({ repo: root }, 1, "too brief", YES, worldOf()));
    write(root, { "agents/a.yaml": OWNED_AGENT });
    const again = await planned(root);
    expect([codes(again), again.plan.body.changes]).toEqual([[], []]);
    const { files } = value(await exportTree({ repo: root }, worldOf()));
    expect(files.map((each) => each.path)).toContain("policies/bundle.wasm");
    const other = repository({});
    for (const { path, text, bytes } of files) {
      write(other, { [path]: text });
      if (bytes) writeFileSync(join(other, path), bytes);
    }
    const exported = value(await plan({ repo: other, state: join(root, ".moltbot") }, worldOf()));
    expect([codes(exported), exported.plan.body.changes]).toEqual([[], []]);
  });
});

describe("who judges a change to the judges", () => {
  test("removing a policy is a weakening, and does not help what it denies in the same change", async () => {
    const root = repository({ ...BASE, "agents/a.yaml": OWNED_AGENT });
    writePolicies(root, { owned: OWNED });
    await applied(root);
    write(root, { "policies/owned.yaml": null, "policies/owned.rego": null, "agents/b.yaml": agentText("b") });
    const found = await planned(root);
    expect(findings(found.plan)).toContain("the policy is removed, and denies nothing any more");
    expect(spoken(found.plan)).toContain("enforce owned.owner Agent/b active");
    expect(codes(found)).toEqual(["POLICY_DENIED"]);
    expect(found.blockers[0]?.remedy).toContain("--target Policy/owned");
    value(await apply({ repo: root, targets: ["Policy/owned"] }, null, YES, worldOf()));
    await applied(root);
    expect((await planned(root)).plan.body.changes).toEqual([]);
  });

  test("a lowered level is told of every grant that it answers otherwise, under another name too", async () => {
    const quiet = reader("docs/**").replace(/\n$/, "\n      constraints: {approval: never}\n");
    const root = repository({ ...BASE, "agents/a.yaml": quiet });
    writePolicies(root, { reads: READS });
    await applied(root);
    writePolicies(root, { reads: READS }, { reads: "enforcement: audit" });
    const told = (made: Plan): readonly Json[] =>
      made.body.capabilities.findings.filter((each) => (each as { code?: Json }).code === "policy.flip");
    const kept = told((await planned(root)).plan);
    expect(kept).toMatchObject([{ subject: "Agent/a", atom: "fs.read read docs/**", rules: ["reads.asked"] }]);
    write(root, {
      "moltbot.yaml": project("moved: [{from: Agent/a, to: Agent/b}]"),
      "agents/a.yaml": quiet.replace("{name: a}", "{name: b}"),
    });
    expect(told((await planned(root)).plan)).toEqual(kept.map((each) => ({ ...(each as object), subject: "Agent/b" })));
  });

  test("a host added to the ceiling helps nobody in the same change", async () => {
    const fetcher = agentText(
      "a",
      'prompt: Hi.\ncapabilities:\n  - tool: http.fetch\n    permissions: [{action: get, resource: "https://api.example.com/**"}]',
    );
    const root = repository(BASE);
    await applied(root);
    write(root, { "moltbot.yaml": project("policies: {network: {ceiling: [api.example.com]}}"), "agents/a.yaml": fetcher });
    const found = await planned(root);
    expect(findings(found.plan)).toContain("grants may now reach api.example.com");
    expect(spoken(found.plan)).toContain("enforce network.ceiling Agent/a active");
    value(await apply({ repo: root, targets: ["Project/acme"] }, null, YES, worldOf()));
    await applied(root);
  });

  test("an exception helps nobody in the change that brings it", async () => {
    const allow = "policies: {exceptions: {allow: [workspace]}}";
    const agent = agentText(
      "a",
      "prompt: Hi.\nsandbox: {workspaceAccess: read}\ncapabilities:\n  - tool: fs.write\n    permissions: [{action: write, resource: docs/**}]",
    );
    const root = repository({ ...BASE, "moltbot.yaml": project(allow) });
    await applied(root);
    write(root, {
      "agents/a.yaml": agent,
      "policies/e.yaml": manifest(
        "PolicyException",
        "e",
        "rule: workspace.mode\nowner: ada\nreason: The pilot needs it.\nscope: {resources: [Agent/a]}\nexpiresAt: 2999-01-01T00:00:00Z",
      ),
    });
    const found = await planned(root);
    expect(codes(found)).toEqual(["POLICY_DENIED"]);
    expect(found.blockers[0]?.remedy).toContain("--target PolicyException/e");
    value(await apply({ repo: root, targets: ["PolicyException/e"] }, null, YES, worldOf()));
    const then = await planned(root);
    expect(codes(then)).toEqual([]);
    expect(spoken(then.plan)).toContain("audit workspace.mode Agent/a PolicyException/e");
  });

  test("a policy that is edited judges by its compiled form in the record, and the new one judges too", async () => {
    const root = repository({ ...BASE, "agents/a.yaml": OWNED_AGENT });
    writePolicies(root, { owned: OWNED });
    await applied(root);
    writePolicies(root, { owned: OWNED.replaceAll("owner", "boss") });
    const found = await planned(root);
    expect(findings(found.plan)).toEqual(expect.arrayContaining(["the rule owned.owner is gone", "its rules changed, and may deny less"]));
    expect(spoken(found.plan)).toContain("enforce owned.boss Agent/a");
  });
});

describe("an exception ends", () => {
  const at = (iso: string): ReturnType<typeof worldOf> => worldOf({ clock: { now: () => new Date(iso) } });
  const BEFORE = at("2030-01-01T00:00:00Z");
  const AFTER = at("2030-02-01T00:00:00Z");
  const writer = (name: string): string =>
    agentText(
      name,
      "prompt: Hi.\nsandbox: {workspaceAccess: read}\ncapabilities:\n  - tool: fs.write\n    permissions: [{action: write, resource: docs/**}]",
    );
  const exception = manifest(
    "PolicyException",
    "e",
    "rule: workspace.mode\nowner: ada\nreason: The pilot needs it.\nscope: {resources: [Agent/*]}\nexpiresAt: 2030-02-01T00:00:00Z",
  );

  test("a plan made before does not apply from then on: it is stale, and what it needs is denied", async () => {
    const root = repository({ ...BASE, "moltbot.yaml": project("policies: {exceptions: {allow: true}}"), "policies/e.yaml": exception });
    await applied(root, BEFORE);
    write(root, { "agents/b.yaml": writer("b") });
    const { plan: saved } = await planned(root, BEFORE);
    expect(saved.body.validUntil).toBe("2030-02-01T00:00:00.000Z");
    const late = await apply({ repo: root }, saved, YES, AFTER);
    expect(late.ok ? [] : late.diagnostics.map((each) => each.code)).toEqual(["POLICY_DENIED", "PLAN_STALE"]);
    value(await apply({ repo: root }, saved, YES, BEFORE));
    const over = await planned(root, AFTER);
    expect(codes(over)).toEqual(["POLICY_DENIED"]);
    expect(over.plan.body.changes).toEqual([]);
  });
});

describe("an environment that leaves a policy out", () => {
  const environments = (exclude: string, more = ""): string =>
    project(
      `environments:\n  production: {target: {type: embedded}}\n  staging: {target: {type: embedded, state: .staging}${exclude}}\n${more}`,
    );
  const WITHOUT = ", exclude: [Policy/owned]";
  const made = (exclude: string, agent = reader("private/**"), more = ""): string => {
    const root = repository({ ...BASE, "moltbot.yaml": environments(exclude, more), "agents/a.yaml": agent });
    writePolicies(root, { owned: OWNED, reads: READS });
    return root;
  };
  const at = async (root: string, environment: string): Promise<Planned> => value(await plan({ repo: root, environment }, worldOf()));
  const ALL = ["enforce owned.owner Agent/a", "enforce reads.private Agent/a"];

  test("asks the others of the one bundle, and every plan says what is left out", async () => {
    const root = made(WITHOUT);
    const [production, staging] = [await at(root, "production"), await at(root, "staging")];
    expect([spoken(production.plan), codes(production)]).toEqual([ALL, ["POLICY_DENIED", "POLICY_DENIED"]]);
    expect([spoken(staging.plan), codes(staging)]).toEqual([["enforce reads.private Agent/a"], ["POLICY_DENIED"]]);
    expect(staging.plan.body.warnings).toContainEqual({
      code: "POLICY_LEFT_OUT",
      address: "Policy/owned",
      message: "the environment staging leaves it out: it denies nothing there",
    });
    expect(production.plan.body.warnings.map((each) => each.code)).not.toContain("POLICY_LEFT_OUT");
    const list = value(await listPolicies({ repo: root, environment: "staging" }, worldOf()));
    expect([list.leftOut, list.notInForce, list.policies.map((each) => each.policy).includes("owned")]).toEqual([["owned"], [], false]);
  });

  test("builds the same from any environment", async () => {
    const root = made(WITHOUT);
    const built = await Promise.all(
      ["production", "staging"].map(async (environment) => value(await policySources({ repo: root, environment }, worldOf()))),
    );
    const [production, staging] = built.map(({ sources }) =>
      sources.map(({ name, file, firstLine }) => `${name} ${file}:${firstLine}`).sort(),
    );
    expect(staging).toEqual(["owned policies/owned.rego:1", "reads policies/reads.rego:1"]);
    expect(production).toEqual(staging);
  });

  test("include leaves out what it does not name", async () => {
    const root = made(", include: [Agent/*, ModelProvider/*, Policy/reads]");
    expect(spoken((await at(root, "staging")).plan)).toEqual(["enforce reads.private Agent/a"]);
  });

  test("leaves out all of them, and nothing of the bundle is asked", async () => {
    const root = made(', exclude: ["Policy/*"]', agentText("a"), "policies: {rules: {owned.owner: warn}}");
    const found = await at(root, "staging");
    expect([spoken(found.plan), codes(found)]).toEqual([[], []]);
    expect(found.plan.body.warnings.filter((each) => each.code === "POLICY_LEFT_OUT")).toHaveLength(2);
  });

  test("a level for a rule that is left out is no misspelling", async () => {
    const root = made(WITHOUT, agentText("a"), "policies: {rules: {owned.owner: warn}}");
    expect(codes(await at(root, "staging"))).toEqual([]);
    expect(spoken((await at(root, "production")).plan)).toEqual(["warn owned.owner Agent/a"]);
  });

  test("a policy that is edited and not built denies everything, where it is left out too", async () => {
    const root = made(WITHOUT, OWNED_AGENT);
    write(root, { "policies/owned.rego": `${OWNED}# more\n` });
    expect(codes(await at(root, "staging"))[0]).toBe("POLICY_STALE");
  });

  test("after an apply a plan is empty, and so it is after export and after rollback", async () => {
    const query = { environment: "staging" };
    const root = made(WITHOUT, agentText("a"));
    value(await apply({ repo: root, ...query }, null, YES, worldOf()));
    expect((await at(root, "staging")).plan.body.changes).toEqual([]);
    write(root, { "agents/a.yaml": agentText("a", "prompt: Be brief.") });
    value(await apply({ repo: root, ...query }, null, YES, worldOf()));
    value(await rollback({ repo: root, ...query }, 1, "too brief", YES, worldOf()));
    const { files } = value(await exportTree({ repo: root, ...query }, worldOf()));
    const other = repository({});
    for (const { path, text, bytes } of files) {
      write(other, { [path]: text });
      if (bytes) writeFileSync(join(other, path), bytes);
    }
    const exported = value(await plan({ repo: other, ...query, state: join(root, ".staging") }, worldOf()));
    expect([codes(exported), exported.plan.body.changes]).toEqual([[], []]);
  });

  test("leaving out one that is in force is a loosening, is judged by it, and can be protected", async () => {
    const root = made("", OWNED_AGENT, "approvals: []");
    value(await apply({ repo: root, environment: "staging" }, null, YES, worldOf()));
    write(root, { "moltbot.yaml": environments(WITHOUT), "agents/a.yaml": agentText("a") });
    const found = await at(root, "staging");
    expect(findings(found.plan)).toContain("the environment leaves the policy out, and it denies nothing any more");
    expect(found.plan.body.capabilities.findings).toContainEqual(
      expect.objectContaining({ code: "TRUST_WEAKENED", subject: "Policy/owned" }),
    );
    expect(spoken(found.plan)).toContain("enforce owned.owner Agent/a active");
    expect(codes(found)).toEqual(["POLICY_DENIED"]);
    write(root, { "moltbot.yaml": environments(WITHOUT, "protection: [Policy/*]"), "agents/a.yaml": OWNED_AGENT });
    expect(codes(await at(root, "staging"))).toEqual(["PROTECTED"]);
    write(root, { "moltbot.yaml": environments(WITHOUT) });
    value(await apply({ repo: root, environment: "staging" }, null, YES, worldOf()));
    write(root, { "agents/a.yaml": agentText("a") });
    expect(codes(await at(root, "staging"))).toEqual([]);
  });

  test("the recorded bundle is asked where the files hold none, and only for the very same policies", async () => {
    const root = made(WITHOUT, OWNED_AGENT);
    value(await apply({ repo: root, environment: "staging" }, null, YES, worldOf()));
    for (const file of ["policies/bundle.wasm", "policies/policies.lock.json"]) rmSync(join(root, file));
    expect(codes(await at(root, "staging"))).toEqual([]);
    write(root, { "moltbot.yaml": environments(', exclude: ["Policy/*"]') });
    expect(codes(await at(root, "staging"))).toEqual([]);
    write(root, { "moltbot.yaml": environments(""), "agents/a.yaml": agentText("a") });
    expect(spoken((await at(root, "staging")).plan)).toEqual(["enforce owned.owner Agent/a"]);
    write(root, { "moltbot.yaml": environments(""), "policies/owned.rego": `${OWNED}# more\n` });
    expect(codes(await at(root, "staging"))[0]).toBe("POLICY_STALE");
  });
});
