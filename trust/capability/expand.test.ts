import { describe, expect, test } from "vitest";
import type { Json, Resource } from "../../core/index.ts";
import { BUILT_IN_TOOLS, ceilingContains, expandGrants, LOCAL_CEILING, parseCeiling, parsePattern, parseTool } from "./index.ts";

const NOW = "2026-06-01T00:00:00.000Z";

function agent(...capabilities: readonly Json[]): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Agent", metadata: { name: "support" }, spec: { capabilities } };
}

const grant = (tool: string, action: string, resource?: string, more: Record<string, Json> = {}): Json => ({
  tool,
  permissions: [resource === undefined ? { action } : { action, resource }],
  ...more,
});

const codes = (resource: Resource): readonly unknown[] =>
  expandGrants(resource, NOW).diagnostics.map((each) => `${each.code} ${String(each.context["pointer"])}`);

describe("tools", () => {
  test("the table is that of the documentation", () => {
    expect(BUILT_IN_TOOLS.map((each) => `${each.tool} ${each.resource ?? "none"}: ${each.actions.join(" ")}`)).toEqual([
      "http.fetch url: get head post put patch delete",
      "fs.read path: read",
      "fs.list path: read",
      "fs.search path: read",
      "fs.write path: write",
      "fs.edit path: write",
      "exec.run command: run",
      "message.send name: send",
      "schedule.create name: write",
      "schedule.cancel name: write",
      "memory.read name: read",
      "memory.search name: read",
      "memory.write name: write",
      "time none: call",
      "json none: call",
    ]);
  });

  test.each([
    ["agent:triage", "agent", { kind: "Agent", name: "triage" }],
    ["mcp:github/create_issue", "mcp", { kind: "McpServer", name: "github" }],
    ["mcp:github/*", "mcp", { kind: "McpServer", name: "github" }],
    ["plugin:crm/Lookup.v2", "plugin", { kind: "Plugin", name: "crm" }],
  ])("%s has the action call", (tool, family, provider) => {
    expect(parseTool(tool)).toMatchObject({ ok: true, value: { tool, family, provider, actions: ["call"], resource: "name" } });
  });

  // HOSTILE_INPUTS 77, for the names of tools.
  test.each([
    "Exec.run",
    "EXEC.RUN",
    "exec.run ",
    " exec.run",
    "exec.run.",
    "exec",
    "exec%00",
    "exec.run\0",
    "\u0435xec.run",
    "exec\u200b.run",
    "**",
    "*",
    "",
    "agent:",
    "agent:Triage",
    "agent:a/b",
    "agent:*",
    "mcp:github",
    "mcp:github/",
    "mcp:github/**",
    "mcp:*/x",
    "MCP:github/x",
    "plugin:a/../b",
    "constructor",
    "__proto__",
  ])("row 77: %j is no tool", (tool) => {
    expect(parseTool(tool)).toMatchObject({ ok: false, diagnostics: [{ code: "CAPABILITY_TOOL" }] });
    expect(expandGrants(agent(grant(tool, "run", "**")), NOW).atoms).toEqual([]);
  });

  test("a misspelt tool gets a suggestion", () => {
    expect(parseTool("http.fetsh")).toMatchObject({ diagnostics: [{ remedy: 'Did you mean "http.fetch"?' }] });
  });
});

describe("expandGrants", () => {
  test("one atom for each permission, canonical, with its place", () => {
    const { atoms, diagnostics, validUntil } = expandGrants(
      agent({
        name: "web",
        tool: "http.fetch",
        permissions: [
          { action: "get", resource: "https://API.example.com:443/**" },
          { action: "post", resource: "https://api.example.com/orders" },
        ],
        constraints: { approval: "always", rate: "30/min" },
        expiresAt: "2027-01-01T01:00:00+01:00",
      }),
      NOW,
    );
    const common = {
      subject: "Agent/support",
      grant: "web",
      tool: "http.fetch",
      constraints: { approval: "always", rate: "30/min" },
      expiry: "active",
    };
    expect(atoms.map(({ atom, pointer }) => ({ atom, pointer }))).toEqual([
      { atom: { ...common, action: "get", pattern: "https://api.example.com/**" }, pointer: "/spec/capabilities/0/permissions/0" },
      { atom: { ...common, action: "post", pattern: "https://api.example.com/orders" }, pointer: "/spec/capabilities/0/permissions/1" },
    ]);
    expect(diagnostics).toEqual([]);
    expect(validUntil).toBe("2027-01-01T00:00:00.000Z");
    expect(atoms.map((each) => each.pattern?.text)).toEqual(atoms.map((each) => each.atom.pattern));
  });

  test.each([
    ["a server's tools", grant("mcp:github/*", "call"), "**"],
    ["an agent", grant("agent:triage", "call"), "triage"],
    ["an agent, named", grant("agent:triage", "call", "triage"), "triage"],
    ["a tool that acts on nothing", grant("time", "call"), "**"],
    ["a null resource", { tool: "json", permissions: [{ action: "call", resource: null }] }, "**"],
  ])("implied pattern: %s", (_name, capability, pattern) => {
    expect(expandGrants(agent(capability), NOW)).toMatchObject({
      atoms: [{ atom: { pattern, expiry: "none", constraints: {} } }],
      diagnostics: [],
    });
  });

  test.each<[string, Json, string]>([
    ["an unknown tool", grant("http.get", "get", "https://a.example/"), "CAPABILITY_TOOL /spec/capabilities/0/tool"],
    ["no tool", { permissions: [] }, "CAPABILITY_TOOL /spec/capabilities/0/tool"],
    ["an unknown action", grant("fs.read", "write", "**"), "CAPABILITY_ACTION /spec/capabilities/0/permissions/0/action"],
    ["an action of another case", grant("fs.read", "Read", "**"), "CAPABILITY_ACTION /spec/capabilities/0/permissions/0/action"],
    ["any action", grant("fs.read", "*", "**"), "CAPABILITY_ACTION /spec/capabilities/0/permissions/0/action"],
    ["no action", { tool: "fs.read", permissions: [{ resource: "**" }] }, "CAPABILITY_ACTION /spec/capabilities/0/permissions/0/action"],
    [
      "a permission that is none",
      { tool: "fs.read", permissions: ["read"] },
      "CAPABILITY_ACTION /spec/capabilities/0/permissions/0/action",
    ],
    ["no resource", grant("fs.read", "read"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    ["a resource where there is none", grant("time", "call", "**"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    ["another agent", grant("agent:triage", "call", "billing"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    ["outside the workspace", grant("fs.read", "read", "../x"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    ["a Cyrillic program", grant("exec.run", "run", "\u0435xec"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    ["an escaped NUL", grant("exec.run", "run", "exec%00"), "CAPABILITY_RESOURCE /spec/capabilities/0/permissions/0/resource"],
    [
      "a date without time",
      grant("time", "call", undefined, { expiresAt: "2027-01-01" }),
      "CAPABILITY_EXPIRY /spec/capabilities/0/expiresAt",
    ],
    [
      "a time without zone",
      grant("time", "call", undefined, { expiresAt: "2027-01-01T00:00:00" }),
      "CAPABILITY_EXPIRY /spec/capabilities/0/expiresAt",
    ],
    [
      "a day that does not exist",
      grant("time", "call", undefined, { expiresAt: "2027-13-01T00:00:00Z" }),
      "CAPABILITY_EXPIRY /spec/capabilities/0/expiresAt",
    ],
  ])("refused: %s", (_name, capability, expected) => {
    expect(codes(agent(capability))).toEqual([expected]);
    expect(expandGrants(agent(capability), NOW).atoms).toEqual([]);
  });

  test("two grants with one key are refused, the tool being the key of a grant without name", () => {
    const named = (name: string): Json => grant("fs.list", "read", "**", { name });
    expect(codes(agent(grant("time", "call"), grant("time", "call")))).toEqual(["CAPABILITY_DUPLICATE /spec/capabilities/1/tool"]);
    expect(codes(agent(grant("time", "call"), named("time"), named("other")))).toEqual(["CAPABILITY_DUPLICATE /spec/capabilities/1/name"]);
    expect(codes(agent(grant("time", "call"), named("a"), named("b")))).toEqual([]);
  });

  test("every mistake of an agent is reported in one run, and the good grants are still seen", () => {
    const mixed = agent(grant("nope", "x"), grant("fs.read", "read", "docs/**"), {
      tool: "fs.write",
      permissions: [
        { action: "read", resource: "a" },
        { action: "write", resource: "/a" },
        { action: "write", resource: "b" },
      ],
    });
    expect(codes(mixed)).toEqual([
      "CAPABILITY_TOOL /spec/capabilities/0/tool",
      "CAPABILITY_ACTION /spec/capabilities/2/permissions/0/action",
      "CAPABILITY_RESOURCE /spec/capabilities/2/permissions/1/resource",
    ]);
    expect(expandGrants(mixed, NOW).atoms.map((each) => each.atom.pattern)).toEqual(["docs/**", "b"]);
  });

  test.each([
    ["before", "2026-05-31T23:59:59.999Z", "active", "2026-06-01T00:00:00.000Z"],
    ["at the instant", "2026-06-01T00:00:00.000Z", "expired", null],
    ["after", "2030-01-01T00:00:00.000Z", "expired", null],
    ["with a clock that is broken", "not a time", "expired", null],
  ])("expiry %s", (_name, now, expiry, validUntil) => {
    const expansion = expandGrants(agent(grant("time", "call", undefined, { expiresAt: "2026-06-01T02:00:00+02:00" })), now);
    expect(expansion).toMatchObject({ atoms: [{ atom: { expiry } }], validUntil });
  });

  test("validUntil is the first of the instants to come", () => {
    const dated = (expiresAt: string): Json => grant("time", "call", undefined, { name: expiresAt, expiresAt });
    expect(
      expandGrants(agent(dated("2028-01-01T00:00:00Z"), dated("2020-01-01T00:00:00Z"), dated("2027-01-01T00:00:00Z")), NOW).validUntil,
    ).toBe("2027-01-01T00:00:00.000Z");
  });

  test("other kinds, and agents without capabilities, grant nothing", () => {
    const other = { ...agent(grant("time", "call")), kind: "Channel" };
    for (const resource of [other, agent(), { ...agent(), spec: {} }]) {
      expect(expandGrants(resource, NOW)).toEqual({ atoms: [], diagnostics: [], validUntil: null });
    }
  });

  test("a passthrough is one atom for each leaf, and nothing hides inside a value", () => {
    const leaves: Json = [
      { pointer: "/gateway/bind", value: "lan" },
      { pointer: "/tools", value: { exec: { security: "full", safeBins: ["jq"] }, "a/b": null } },
      { pointer: "/ui", value: {} },
      { pointer: "/hooks/token", secret: { secret: "hooks", key: "token" } },
    ];
    const resource: Resource = {
      apiVersion: "moltbot.dev/v1alpha1",
      kind: "Passthrough",
      metadata: { name: "rest" },
      spec: { target: "openclaw", leaves },
    };
    const found = expandGrants(resource, NOW);
    expect(found.atoms.map(({ atom, pointer }) => `${atom.tool} ${atom.action} ${atom.pattern} ${pointer}`)).toEqual([
      "passthrough:openclaw set /gateway/bind /spec/leaves/0/value",
      "passthrough:openclaw set /tools/exec/security /spec/leaves/1/value/exec/security",
      "passthrough:openclaw set /tools/exec/safeBins/0 /spec/leaves/1/value/exec/safeBins/0",
      "passthrough:openclaw set /tools/a~1b /spec/leaves/1/value/a~1b",
      "passthrough:openclaw set /ui /spec/leaves/2/value",
      "passthrough:openclaw set /hooks/token /spec/leaves/3",
    ]);
    expect(
      found.atoms.every(({ atom }) => atom.subject === "Passthrough/rest" && atom.grant === atom.pattern && atom.expiry === "none"),
    ).toBe(true);
    expect(found.atoms.map((each) => each.value)).toEqual(["lan", "full", "jq", null, {}, null]);
    expect(expandGrants({ ...resource, spec: { target: "openclaw", leaves: [] } }, NOW).atoms).toEqual([]);
  });
});

describe("the network ceiling", () => {
  const inside = (hosts: readonly string[] | undefined, text: string): boolean => {
    const ceiling = hosts === undefined ? { ok: true as const, value: LOCAL_CEILING } : parseCeiling(hosts);
    const pattern = parsePattern("url", text);
    if (!ceiling.ok || !pattern.ok) throw new Error("not parsed");
    return ceilingContains(ceiling.value, pattern.value);
  };

  test.each<[string, readonly string[] | undefined, string, boolean]>([
    ["localhost", undefined, "http://localhost:8080/**", true],
    ["loopback", undefined, "https://127.0.0.1/x", true],
    ["loopback, IPv6", undefined, "http://[::1]:3000/**", true],
    ["another loopback spelling", undefined, "http://[::ffff:127.0.0.1]/", false],
    ["a name that starts like it", undefined, "http://localhost.evil.example/", false],
    ["a name below it", undefined, "http://**.localhost/", false],
    ["elsewhere", undefined, "https://api.example.com/**", false],
    ["anywhere", undefined, "https://**", false],
    ["any host", undefined, "https://**/x", false],
    ["a declared host", ["api.example.com"], "https://api.example.com:8443/**", true],
    ["a declared list replaces the default", ["api.example.com"], "http://localhost/", false],
    ["one label", ["*.example.com"], "https://*.example.com/**", true],
    ["more labels than one", ["*.example.com"], "https://**.example.com/**", false],
    ["the name itself is not below itself", ["**.example.com"], "https://example.com/", false],
    ["any", ["**"], "https://**", true],
    ["nothing declared", [], "http://localhost/", false],
  ])("%s", (_name, hosts, text, expected) => {
    expect(inside(hosts, text)).toBe(expected);
  });

  test("a host that is none is refused, with the others", () => {
    expect(parseCeiling(["*", "127.1", "good.example"])).toMatchObject({
      ok: false,
      diagnostics: [{ code: "CAPABILITY_RESOURCE" }, { code: "CAPABILITY_RESOURCE" }],
    });
  });

  test("only URLs are below a ceiling", () => {
    const path = parsePattern("path", "**");
    expect(path.ok && ceilingContains({ hosts: [{ kind: "any" }] }, path.value)).toBe(false);
  });
});
