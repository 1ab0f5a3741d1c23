import { describe, expect, test } from "vitest";
import { planWith, PLAIN, richPlan } from "./plan.fixture.ts";
import { planMarkdown } from "./plan-markdown.ts";
import { planFileText, planLines, planViews } from "./plan.ts";

describe("a plan for a pull request", () => {
  test("has what widens on top, folds the fields away, and names its digests", () => {
    const lines = planMarkdown(richPlan()).split("\n");
    expect(lines[0]).toBe("### moltbot plan: acme-bots");
    expect(lines).toContain(
      "`main@3f2a91c`, signed by ops@&#8203;acme.example, to embedded \\(generation 41\\): **1 create, 1 update, 1 delete, 212 unchanged**. Policy: 1 decision, 0 denied, 1 warning.",
    );
    expect(lines).toContain("| Agent/support | **gains** | `http.fetch get https://api.stripe.com/**` | allowed  egress.allowlist |");
    expect(lines.indexOf("#### Widening")).toBeLessThan(lines.indexOf("#### Changes"));
    expect(lines).toContain("- ✏️ update **Agent/support**, `agents/support.yaml:1`, hot");
    expect(lines).toContain('    spec.model.name: "claude-sonnet-4-5" -> "claude-opus-4-7"');
    expect(lines).toContain("- 🗑️ delete **McpServer/legacy-crm**, removed from git, session");
    expect(lines.at(-2)).toMatch(/^<sub>`sha256:9{64}`, effect `sha256:8{64}`<\/sub>$/);
  });

  test("is the same tomorrow: no ages", () => expect(planMarkdown(richPlan())).not.toMatch(/ago|2026/));

  test("names the archives that change, whole: signer, digest, log and time", () => {
    const plan = planWith({
      changes: ["Plugin/weather", "Skill/refunds", "Plugin/old"].map((address) => ({
        address: address as `${string}/${string}`,
        action: "create",
        reason: "declared",
        reload: "hot",
        fields: [],
        after: null,
      })),
    });
    const digest = `sha256:${"cd".repeat(32)}` as const;
    const bundles = [
      {
        address: "Plugin/weather",
        identity: "https://ci.acme.example/x|y",
        issuer: "https://token.ci.acme.example",
        key: null,
        digest,
        signedAt: "2026-01-01T12:00:00.000Z",
        logged: ["17", "18"],
      },
      { address: "Skill/refunds", identity: null, issuer: null, key: `sha256:${"ab".repeat(32)}`, digest, signedAt: null, logged: [] },
      // As an older moltbot saved it.
      { address: "Plugin/old", identity: null, issuer: null, key: null },
      { address: "Plugin/same", identity: "x", issuer: "y", key: null, digest, signedAt: null, logged: [] },
    ] as const;
    const lines = planMarkdown({ ...plan, evidence: { ...plan.evidence, bundles } }).split("\n");
    const from = lines.indexOf("#### Signed archives");
    expect(lines.slice(from + 2, from + 5)).toEqual([
      expect.stringMatching(/^- \*\*Plugin\/weather\*\* signed by .*ci.*token.*, `sha256:(cd){32}`, in the log as 17, 18, signed 2026/),
      expect.stringMatching(/^- \*\*Skill\/refunds\*\* signed by key sha256:abab.*, `sha256:(cd){32}`$/),
      "- **Plugin/old** signed by a bare key",
    ]);
    expect(lines.join("\n")).not.toContain("Plugin/same");
  });

  test("an empty plan is short", () => {
    expect(planMarkdown(planWith()).split("\n").filter(Boolean)).toEqual([
      "### moltbot plan: acme-bots",
      "`main@3f2a91c` to embedded \\(generation 41\\): **No changes. 214 resources match generation 41.**",
      expect.stringContaining("<sub>"),
    ]);
  });

  test("names cannot leave their place: no HTML, no heading, no table cell, no mention, no command", () => {
    const nasty = "x|`</details><script>\n# @team [a](b) ::error::";
    const text = planMarkdown(
      planWith({
        project: nasty,
        changes: [
          {
            address: `Agent/${nasty}`,
            action: "update",
            reason: "fields-changed",
            reload: "hot",
            fields: [{ path: nasty, before: `${nasty}\n\`\`\`\n</details>`, after: "y", sensitive: false }],
            after: null,
            inert: [nasty],
          },
        ],
        capabilities: {
          added: [{ subject: `Agent/${nasty}`, grant: "g", tool: nasty, action: "a", pattern: "p", constraints: {}, expiry: "none" }],
          removed: [],
          findings: [{ message: nasty }],
        },
        violations: [{ rule: nasty, message: nasty, address: `Agent/${nasty}`, level: "enforce" }],
        warnings: [{ code: nasty as never, address: null, message: nasty }],
        holds: [{ id: nasty, selector: "*", denied: "all", reason: nasty, until: null }],
        drift: [
          {
            address: `Agent/${nasty}`,
            class: "neutral",
            action: "report",
            fields: [{ path: nasty, before: 1, after: 2, sensitive: false }],
          },
        ],
      }),
    );
    // What Markdown does not take as code: fenced blocks, then spans, leave; an escaped backtick starts no span.
    const outside = text
      .replace(/(`{3,})diff\n[\s\S]*?\n\s*\1/g, "")
      .replaceAll("\\`", "")
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toContain("<script");
    expect(outside.match(/<\/details>/g)).toHaveLength(1);
    expect(outside).not.toMatch(/(?<!\\)@team/);
    expect(outside).not.toMatch(/^# /m);
    expect(text).not.toMatch(/^\s*::/m);
  });
});

describe("a plan for machines", () => {
  test("its JSON is the plan, and its file the same bytes", async () => {
    const plan = richPlan();
    expect(JSON.parse(planFileText(plan))).toEqual(plan);
    expect(await planViews().json!({ plan }, PLAIN)).toBe(planFileText(plan));
  });

  test("JSON lines: the plan first, then one for each thing it says", () => {
    const lines = planLines(richPlan())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.map((line) => line.type)).toEqual(["plan", "gain", "finding", "change", "change", "change", "drift", "decision"]);
    expect(lines[0]).toMatchObject({ digest: richPlan().digest, project: "acme-bots", summary: { create: 1 } });
    expect(lines[0]).not.toHaveProperty("changes");
  });

  test("no view shows a sensitive value", async () => {
    const fields = [{ path: "spec.values[k]", before: "sha256:canary-old", after: "sha256:canary-new", sensitive: true }];
    const plan = planWith({
      changes: [{ address: "Secret/s", action: "update", reason: "fields-changed", reload: "hot", fields, after: null }],
    });
    const views = planViews();
    for (const view of [views.text, views.markdown!]) expect(await view({ plan }, { ...PLAIN, verbose: true })).not.toContain("canary");
  });
});
