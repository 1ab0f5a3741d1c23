import { describe, expect, test } from "vitest";
import type { Json } from "../../core/index.ts";
import { widthOf } from "./layout.ts";
import { planWith, PLAIN, richPlan } from "./plan.fixture.ts";
import { ageText } from "./plan-facts.ts";
import { planText } from "./plan-text.ts";

/** A change of one field, as text. */
function fieldChange(before: Json, after: Json, sensitive = false, verbose = false): string {
  const change = { address: "Agent/a", action: "update", reason: "fields-changed", reload: "hot", after: null } as const;
  const plan = planWith({ changes: [{ ...change, fields: [{ path: "spec.x", before, after, sensitive }] }] });
  const [, ...lines] = planText(plan, { ...PLAIN, verbose })
    .split("Agent/a")[1]!
    .split("\n\n")[0]!
    .split("\n");
  return lines.join("\n");
}

describe("a plan on the terminal", () => {
  test.each([
    [undefined, []],
    [1, ["Unmanaged  1 object on the target belongs to no Project"]],
    [2, ["Unmanaged  2 objects on the target belong to no Project"]],
  ])("counts what belongs to no Project: %s", (unmanaged, expected) => {
    const plan = richPlan();
    const text = planText({ ...plan, evidence: { ...plan.evidence, ...(unmanaged !== undefined && { unmanaged }) } }, PLAIN);
    expect(text.split("\n").filter((line) => line.startsWith("Unmanaged"))).toEqual(expected);
  });

  test("shows one of everything", () => {
    expect(planText(richPlan(), PLAIN, { savedTo: "plan.json" })).toBe(
      [
        "moltbot plan   acme-bots  main@3f2a91c  signed by ops@acme.example  ->  embedded (generation 41)",
        "",
        "Widening",
        "  ! Agent/support  gains  http.fetch get https://api.stripe.com/**  allowed  egress.allowlist",
        "  ! Agent/support  now combines private data, untrusted input and outbound network  lethal-trifecta",
        "",
        "Changes",
        "  ~ Agent/support         agents/support.yaml:1      hot",
        '      spec.capabilities[http.fetch]  + "get https://api.stripe.com/**"',
        '      spec.model.name                "claude-sonnet-4-5" -> "claude-opus-4-7"',
        "  + Channel/telegram-eu   channels/telegram.yaml:12  hot",
        "  - McpServer/legacy-crm  removed from git           session",
        "",
        "Drift (changed outside git)",
        "  ~ Agent/triage  spec.model.temperature  0.2 -> 0.9   by api:ops-laptop, 2h ago   will be corrected",
        "",
        "Policy  1 decision, 0 denied, 1 warning     Plan  1 create, 1 update, 1 delete, 212 unchanged",
        `sha256:${"9".repeat(12)}…  saved to plan.json`,
        "",
      ].join("\n"),
    );
  });

  test("what is allowed only call by call is not folded into allowed; a finding names who, with what, and the rule", () => {
    const atom = {
      subject: "Agent/a",
      grant: "time",
      tool: "time",
      action: "call",
      pattern: "**",
      constraints: {},
      expiry: "none",
    } as const;
    const text = planText(
      planWith({
        capabilities: { added: [atom], removed: [atom], findings: [{ code: "approval.never", subject: "Agent/a", atom: "time call **" }] },
        decisions: [{ entry: "grant", address: "Agent/a", atom: "time call **", answer: "conditional", rules: ["approval.required"] }],
      }),
      PLAIN,
    );
    expect(text).toContain("  ! Agent/a  gains  time call **  allowed, then per call by approval.required\n");
    expect(text).toContain("  ! Agent/a  time call **  approval.never\n");
    const decision = { entry: "grant", address: "Agent/a", atom: "time call **", rules: ["clock.ours"] } as const;
    const excepted = (answer: "allowed" | "denied") =>
      planWith({
        capabilities: { added: [atom], removed: [], findings: [] },
        decisions: [{ ...decision, answer, exceptions: ["PolicyException/pilot"] }],
      });
    const gains = "  ! Agent/a  gains  time call **  ";
    expect(planText(excepted("allowed"), PLAIN)).toContain(`${gains}allowed  clock.ours  lifted by PolicyException/pilot\n`);
    expect(planText(excepted("denied"), PLAIN)).toContain(`${gains}denied  clock.ours\n`);
    expect(text).toContain("Narrowing\n  - Agent/a  loses  time call **\n");
  });

  test("says so when there is nothing to do", () => {
    const text = planText(planWith(), PLAIN);
    expect(text).toContain("No changes. 214 resources match generation 41.");
    expect(text).not.toContain("Changes\n");
  });

  test("drift that is only reported is no change", () => {
    const drift = [{ ...richPlan().body.drift[0]!, action: "report" as const }];
    const text = planText(planWith({ drift }), PLAIN);
    expect(text).toContain("is reported only");
    expect(text).toContain("No changes.");
  });

  test("a pin comes first", () => {
    const pin = { generation: 40, because: "bad prompt", actor: "ops@acme", at: "2026-02-27T12:00:00.000Z" };
    const lines = planText(planWith({}, { pin }), PLAIN).split("\n");
    expect(lines[2]).toMatch(/^Pinned to generation 40 by ops@acme, 2d ago: bad prompt\./);
  });

  test("holds, violations and notes have their own place", () => {
    const text = planText(
      planWith(
        {
          holds: [{ id: "h1", selector: "Agent/a", denied: ["http.fetch"], reason: "incident", until: "2026-04-01T00:00:00.000Z" }],
          violations: [{ rule: "base.network", message: "no ceiling", address: "Agent/a", level: "enforce", path: "/spec" }],
          warnings: [{ code: "SECRET_PENDING", address: "Secret/s", message: "has no value" }],
          validUntil: "2026-04-01T00:00:00.000Z",
        },
        { holds: [{ id: "h1", actor: "ops@acme", at: "2026-03-01T11:59:30.000Z" }] },
      ),
      PLAIN,
    );
    expect(text).toContain("  = h1  Agent/a may not use http.fetch: incident  by ops@acme, just now  until 2026-04-01T00:00:00.000Z");
    expect(text).toContain("  ✗ denied  Agent/a /spec: no ceiling  (base.network)");
    expect(text).toContain("  ! Secret/s  has no value  (SECRET_PENDING)");
    expect(text).toContain("valid until 2026-04-01T00:00:00.000Z");
  });

  test("where it comes from: work tree, detached commit, local changes", () => {
    const at = (repository: { commit: string | null; ref: string | null; dirty: boolean }): string =>
      planText(planWith({}, { repository: { tree: null, ...repository } }), PLAIN).split("\n")[0]!;
    const commit = "ab".repeat(20);
    expect(at({ commit: null, ref: null, dirty: false })).toContain("  work tree  ");
    expect(at({ commit, ref: null, dirty: false })).toContain("  abababa  ");
    expect(at({ commit, ref: "refs/heads/x", dirty: true })).toContain("  x@abababa with local changes  ");
  });
});

test.each([
  ["2026-03-01T12:00:10Z", "just now"],
  ["2027-01-01T00:00:00Z", "just now"],
  ["2026-03-01T11:59:01Z", "just now"],
  ["2026-03-01T11:59:00Z", "1min ago"],
  ["2026-03-01T11:00:00Z", "1h ago"],
  ["2026-02-27T13:00:00Z", "47h ago"],
  ["2026-02-27T12:00:00Z", "2d ago"],
  ["nonsense", "at an unknown time"],
])("age of %s: %s", (at, age) => expect(ageText(at, PLAIN.now)).toBe(age));

describe("a field", () => {
  test.each<[string, Json, Json, string]>([
    ["scalars", 0.2, 0.9, "      spec.x  0.2 -> 0.9"],
    ["added", null, "a", '      spec.x  + "a"'],
    ["removed", true, null, "      spec.x  - true"],
    ["what joined and left a list", ["a", "b"], ["b", "c"], '      spec.x  - "a", + "c"'],
    ["a new order", ["a", "b"], ["b", "a"], '      spec.x  ["a","b"] -> ["b","a"]'],
    ["a small map", null, { tool: "time", rate: "30/min" }, "      spec.x  + {rate: 30/min, tool: time}"],
  ])("%s", (_, before, after, expected) => expect(fieldChange(before, after)).toBe(expected));

  test("tabs of a text are shown short, other controls as they are escaped everywhere", () => {
    expect(fieldChange("a\n\tb\n", "a\n\tc\u0007\n")).toContain("+ \\tc\\u0007");
  });

  test("a long text is a line difference", () => {
    const lines = Array.from({ length: 12 }, (_, i) => `line ${i}`);
    const now = lines.map((line, i) => (i === 6 ? "LINE SIX" : line));
    expect(fieldChange(lines.join("\n"), now.join("\n"))).toBe(
      [
        "      spec.x  text changed: 1 added, 1 removed",
        "          (5 unchanged lines)",
        "          line 5",
        "        - line 6",
        "        + LINE SIX",
        "          line 7",
        "          (4 unchanged lines)",
      ].join("\n"),
    );
  });

  test("a last line end that came or went is seen", () => {
    expect(fieldChange("a\nb", "a\nb\n")).toContain("        - \\ no line end");
    expect(fieldChange("a\nb\n", "a\nc\n")).not.toMatch(/no line end|\n {10}$/);
  });

  test("a very long text is cut, and whole with --verbose", () => {
    const text = Array.from({ length: 100 }, (_, i) => `new ${i}`).join("\n");
    expect(fieldChange(null, text)).toContain("76 more lines; --verbose shows all");
    expect(fieldChange(null, text)).not.toContain("new 90");
    expect(fieldChange(null, text, false, true)).toContain("+ new 99");
  });

  test.each<[string, Json, Json, string]>([
    ["set", null, "sha256:aa", "value set"],
    ["changed", "sha256:aa", "sha256:bb", "value changed"],
    ["encrypted again", `sha256:${"a".repeat(64)}`, `sha256:${"b".repeat(64)}`, "re-encrypted, value not compared"],
    ["removed", "sha256:aa", null, "value removed"],
  ])("a sensitive one is never shown: %s", (_, before, after, words) => {
    const text = fieldChange(before, after, true, true);
    expect(text).toBe(`      spec.x  ${words}`);
  });
});

test("a plan of 150,000 changes is shown, and in linear time", () => {
  const change = { action: "create", reason: "declared", reload: "hot", fields: [], after: null } as const;
  const changes = Array.from({ length: 150_000 }, (_, i) => ({ ...change, address: `Agent/a${i}` as const }));
  const begun = performance.now();
  expect(planText(planWith({ changes }), { ...PLAIN, width: 80 }).split("\n").length).toBeGreaterThan(150_000);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test("who signed the archives that change is named", () => {
  const bundles = [
    {
      address: "Plugin/weather",
      identity: "https://ci.acme.example/x",
      issuer: "https://token.ci.acme.example",
      key: null,
      digest: `sha256:${"cd".repeat(32)}`,
      signedAt: "2026-01-01T12:00:00.000Z",
      logged: ["17"],
    },
    { address: "Skill/refunds", identity: null, issuer: null, key: `sha256:${"ab".repeat(32)}` },
    { address: "Plugin/same", identity: "nobody", issuer: "nobody", key: null },
  ] as const;
  const change = { action: "create", reason: "declared", reload: "hot", fields: [], after: null } as const;
  const plan = planWith({
    changes: [
      { ...change, address: "Plugin/weather" },
      { ...change, address: "Skill/refunds" },
    ],
  });
  const text = planText({ ...plan, evidence: { ...plan.evidence, bundles } }, { ...PLAIN, width: 140 });
  expect(text.replaceAll(/\s+/g, " ")).toContain(
    "Plugin/weather signed by https://ci.acme.example/x (https://token.ci.acme.example) sha256:cdcdcdcdcdcd in the log as 17, signed 2026-01-01T12:00:00.000Z",
  );
  expect(text).toContain("Skill/refunds  signed by key sha256:abab");
  expect(text).not.toContain("Plugin/same");
});

describe("hostile names and narrow screens", () => {
  const NASTY = "\u001b[2Jx\u202ey\u0007\n::error::z";

  test("nothing from outside reaches the terminal raw", () => {
    const plan = planWith(
      {
        project: NASTY,
        changes: [
          {
            address: `Agent/${NASTY}`,
            action: "update",
            reason: "fields-changed",
            reload: "hot",
            fields: [
              { path: NASTY, before: NASTY, after: { [NASTY]: NASTY }, sensitive: false },
              { path: "p", before: `${NASTY}\n`.repeat(5), after: NASTY, sensitive: false },
            ],
            after: null,
            inert: [NASTY],
          },
        ],
        drift: [{ address: `Agent/${NASTY}`, class: "widening", action: "report", fields: [] }],
        holds: [{ id: NASTY, selector: "*", denied: [NASTY], reason: NASTY, until: null }],
        violations: [{ rule: NASTY, message: NASTY, address: `Agent/${NASTY}`, level: "warn" }],
        warnings: [{ code: NASTY as never, address: null, message: NASTY }],
        capabilities: {
          added: [{ subject: `Agent/${NASTY}`, grant: NASTY, tool: NASTY, action: NASTY, pattern: NASTY, constraints: {}, expiry: "none" }],
          removed: [],
          findings: [{ message: NASTY }, NASTY],
        },
      },
      { signer: NASTY, pin: { generation: 1, because: NASTY, actor: NASTY, at: "x" } },
    );
    const text = planText(plan, PLAIN, { savedTo: NASTY });
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/^::error/m);
    expect(text).not.toContain("undefined");
    expect(text).not.toContain("NaN");
  });

  test.each([10, 20, 40, 80])("%i columns are never exceeded", (width) => {
    for (const unicode of [true, false]) {
      const lines = planText(richPlan(), { ...PLAIN, width, unicode }).split("\n");
      // In ASCII an ellipsis may take two columns more than its sign.
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width + (unicode ? 0 : 2));
    }
  });

  test("a locale without UTF-8 gets ASCII only", () => {
    // oxlint-disable-next-line no-control-regex
    expect(planText(richPlan(), { ...PLAIN, unicode: false })).toMatch(/^[\x00-\x7f]*$/);
  });

  test("colour changes no letter", () => {
    const painted = planText(richPlan(), { ...PLAIN, color: true });
    expect(painted).toContain("\u001b[33m~\u001b[39m");
    // oxlint-disable-next-line no-control-regex
    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(planText(richPlan(), PLAIN));
  });
});
