import { describe, expect, test } from "vitest";
import { addressOf, type Address, type Json, type JsonObject, type Resource } from "../../core/index.ts";
import type { ReachEdge } from "../capability/index.ts";
import { judgePlan, loadBuiltinPolicy, type PlanJudgement } from "./index.ts";

const builtin = loadBuiltinPolicy();
if (!builtin.ok) throw new Error("the built-in bundle does not load");
const POLICY = builtin.value;
const make = (kind: string, name: string, spec: JsonObject): Resource => ({
  apiVersion: "moltbot.dev/v1alpha1",
  kind,
  metadata: { name },
  spec,
});
const grant = (tool: string, action: string, resource?: string): Json => ({
  tool,
  permissions: [resource === undefined ? { action } : { action, resource }],
});
const agent = (name: string, ...capabilities: readonly Json[]): Resource => make("Agent", name, { capabilities });
const PROJECT = make("Project", "acme", { policies: { network: { ceiling: ["**"] } } });

function judged(resources: readonly Resource[], edges: readonly ReachEdge[] = [], old: readonly Resource[] = []): PlanJudgement {
  const addressAt = ({ kind, metadata }: Resource): Address => addressOf(kind, metadata.name);
  const before = new Map<Address, Resource | null>([
    ...resources.map((each): [Address, null] => [addressAt(each), null]),
    ...old.map((each): [Address, Resource] => [addressAt(each), each]),
  ]);
  return judgePlan({ policy: POLICY, project: PROJECT, environment: "default", resources, before, edges, now: "2026-06-01T00:00:00.000Z" });
}

const spoken = ({ violations }: PlanJudgement, rule: string): readonly string[] =>
  violations.filter((each) => each.rule === rule).map((each) => `${each.level} ${each.address}`);

describe("rules over effective sets", () => {
  const READ = grant("fs.read", "read", "**");
  const WEB = grant("http.fetch", "get", "https://x.example/**");

  test("lethal-trifecta: who combines the three only through another is warned of, and told under Widening", () => {
    const resources = [agent("browser", WEB), agent("reader", READ, grant("agent:browser", "call"))];
    const judgement = judged(resources);
    expect(spoken(judgement, "lethal-trifecta.combined")).toEqual(["warn Agent/reader"]);
    expect(judgement.findings).toMatchObject([{ code: "lethal-trifecta", subject: "Agent/reader", gainers: 1, first: ["Agent/reader"] }]);
  });

  test("untrusted-secrets: behind an open channel, also through another agent", () => {
    const open = make("Channel", "web", { access: { direct: "open" }, routing: [{ agent: "front" }] });
    const resources = [open, agent("front", grant("agent:back", "call")), agent("back")];
    const edges: readonly ReachEdge[] = [
      { from: "Channel/web", reach: "talks-to", to: "Agent/front" },
      { from: "Agent/back", reach: "uses", to: "Skill/s" },
      { from: "Skill/s", reach: "holds", to: "Secret/crm" },
    ];
    expect(spoken(judged(resources, edges), "untrusted-secrets.reachable")).toEqual(["enforce Agent/back", "enforce Agent/front"]);
    const paired = make("Channel", "web", { access: { direct: "pairing" }, routing: [{ agent: "front" }] });
    expect(spoken(judged([paired, ...resources.slice(1)], edges), "untrusted-secrets.reachable")).toEqual([]);
  });

  test("team-ceiling: a ceiling that is raised does not help a grant of the same change", () => {
    const team = (...capabilities: readonly Json[]): Resource =>
      make("Team", "care", { people: { ceiling: { agents: ["a"], capabilities: [...capabilities] } } });
    const resources = [team(READ, WEB), agent("a", WEB)];
    expect(spoken(judged(resources, [], [team(READ)]), "team-ceiling.beyond")).toEqual(["enforce Agent/a"]);
    expect(spoken(judged(resources, [], [team(READ, WEB)]), "team-ceiling.beyond")).toEqual([]);
    expect(spoken(judged([agent("a", WEB)], [], [team(READ)]), "team-ceiling.beyond")).toEqual(["enforce Agent/a"]);
  });
});
