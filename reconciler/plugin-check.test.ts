import { createHash, generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomeOf, type Diagnostic, type Result } from "../core/index.ts";
import { gzipSync } from "node:zlib";
import { writeArchive } from "../trust/signatures/archive/index.ts";
import { verifications } from "../trust/signatures/plugins/index.ts";
import { keySigner, signArtifact, signingKey, signStatement, type SigningKey } from "../trust/signatures/signing/index.ts";
import { agentText, ECHO, manifest, repository, worldOf, write, type Tree } from "../test/engine.fixture.ts";
import { apply, exportTree, plan, rollback, verifyPlugins, whyCan } from "./engine.ts";

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

const newKey = (): SigningKey =>
  valueOf(signingKey(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })));
const ACME = newKey();
const OTHER = newKey();

interface Made {
  readonly name?: string;
  readonly version?: string;
  readonly tools?: string;
  readonly capabilities?: string;
  readonly credentials?: string;
  readonly more?: string;
  readonly by?: SigningKey;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function archiveOf({
  name = "weather",
  version = "1.4.0",
  tools = "[{name: forecast}]",
  capabilities = "[]",
  credentials = "[]",
  more = "",
}: Made = {}): Uint8Array {
  const text = `formatVersion: "1.0"\nkind: PluginManifest\nname: ${name}\nversion: ${version}\nruntime: js\nentry: index.js\ntools: ${tools}\ncapabilities: ${capabilities}\ncredentials: ${credentials}\n`;
  const files = { "plugin.yaml": text, "index.js": `export const tools = {};\n${more}` };
  return valueOf(
    writeArchive(Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content), isExecutable: false }))),
  );
}

const signed = async (bytes: Uint8Array, by = ACME): Promise<string> => valueOf(await signArtifact(bytes, keySigner(by)));

const indented = (pem: string, by: number): string => pem.trimEnd().replaceAll("\n", `\n${" ".repeat(by)}`);

const project = (key: string | null = ACME.publicKey, more = ""): string =>
  manifest(
    "Project",
    "acme",
    key === null
      ? "sources: [all]"
      : `sources: [all]\ntrust:\n  plugins:\n    - name: acme\n      key: |\n        ${indented(key, 8)}\n${more}`,
  );

const resource = (digest: string, more = "", key = ACME.publicKey, signature = "signature: plugins/weather.json"): string =>
  manifest(
    "Plugin",
    "weather",
    `bundle:\n  digest: sha256:${digest}\n  file: plugins/weather.tar.gz\n  ${signature}\nsigner:\n  key: |\n    ${indented(key, 4)}\n${more}`,
  );

/** A repository with one plugin, as an author would have added it. */
async function treeOf(made: Made = {}, more = ""): Promise<{ readonly root: string; readonly bytes: Uint8Array }> {
  const bytes = archiveOf(made);
  const files: Tree = {
    "moltbot.yaml": project(),
    "all/weather.yaml": resource(sha256(bytes), more),
    "all/echo.yaml": ECHO,
    "all/agent.yaml": agentText("support"),
    "plugins/weather.json": await signed(bytes, made.by),
  };
  const root = repository({ ...files, "plugins/x": "" });
  writeFileSync(join(root, "plugins/weather.tar.gz"), bytes);
  return { root, bytes };
}

const put = async (root: string, bytes: Uint8Array, by = ACME): Promise<void> => {
  writeFileSync(join(root, "plugins/weather.tar.gz"), bytes);
  write(root, { "plugins/weather.json": await signed(bytes, by) });
};

const CHOICES = { confirm: () => Promise.resolve({ ok: true, value: undefined, warnings: [] } as const), lockTimeoutMs: 0 };

async function blockers(root: string): Promise<readonly Diagnostic[]> {
  const planned = await plan({ repo: root }, worldOf());
  return planned.ok ? planned.value.blockers : planned.diagnostics;
}

const said = (diagnostics: readonly Diagnostic[]): readonly string[] => diagnostics.map((each) => `${outcomeOf(each)} ${each.code}`);

describe("a plan verifies the plugins it names", () => {
  test("a pinned, signed plugin that its resource describes", async () => {
    const { root, bytes } = await treeOf({}, "version: 1.4.0\ntools: [{name: forecast}]");
    const planned = valueOf(await plan({ repo: root }, worldOf()));
    expect([said(planned.blockers), planned.warnings]).toEqual([[], []]);
    expect(planned.plan.body.changes.find((each) => each.address === "Plugin/weather")).toMatchObject({ action: "create" });
    const verified = valueOf(await verifyPlugins({ repo: root }, worldOf()));
    expect(verified.plugins).toMatchObject([
      { address: "Plugin/weather", facts: { verified: true, keyed: true, digest: `sha256:${sha256(bytes)}` } },
    ]);
  });

  test("the plan and why say who signed it; the plan's digests do not", async () => {
    const { root } = await treeOf({}, "version: 1.4.0\ntools: [{name: forecast}]");
    write(root, {
      "all/agent.yaml": agentText("support", "capabilities:\n  - tool: plugin:weather/forecast\n    permissions: [{action: call}]"),
    });
    const { evidence } = valueOf(await plan({ repo: root }, worldOf())).plan;
    const key = `sha256:${createHash("sha256")
      .update(Buffer.from(ACME.publicKey.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"))
      .digest("hex")}`;
    const who = { identity: null, issuer: null, key, signedAt: null, logged: [] };
    const signer = { address: "Plugin/weather", ...who, digest: expect.stringMatching(/^sha256:/) as string };
    expect(evidence.bundles).toEqual([signer]);
    const ask = { agent: "support", asked: "can", tool: "plugin:weather/forecast" } as const;
    const asked = async (): Promise<unknown> => valueOf(await whyCan(ask, { repo: root }, worldOf())).grants.map((each) => each.signer);
    expect(await asked()).toEqual([signer]);
    await put(root, archiveOf({ version: "9.9.9" }));
    expect(await asked()).toEqual([null]);
    expect(valueOf(await plan({ repo: root }, worldOf())).plan.evidence.bundles).toEqual([signer]);
    await put(root, archiveOf(), OTHER);
    expect(valueOf(await plan({ repo: root }, worldOf())).plan.evidence.bundles).toBeUndefined();
  });

  test("what was verified is part of the plan's locks", async () => {
    const { root } = await treeOf();
    const first = valueOf(await plan({ repo: root }, worldOf())).plan.body.inputs.locks;
    const next = archiveOf({ version: "1.5.0" });
    await put(root, next);
    write(root, { "all/weather.yaml": resource(sha256(next)) });
    expect(valueOf(await plan({ repo: root }, worldOf())).plan.body.inputs.locks).not.toBe(first);
  });

  const cases: readonly (readonly [string, string, (root: string, bytes: Uint8Array) => Promise<void> | void])[] = [
    [
      "row 82: an archive with one bit changed",
      "UNTRUSTED BUNDLE_OTHER_ARTIFACT",
      (root, bytes) =>
        writeFileSync(
          join(root, "plugins/weather.tar.gz"),
          bytes.map((each, i) => (i === 600 ? each ^ 1 : each)),
        ),
    ],
    [
      "row 82: a statement about the archive that is no signature: its maker found it wanting",
      "UNTRUSTED BUNDLE_UNTRUSTED",
      async (root, bytes) => {
        const subject = { name: "weather.tar.gz", sha256: sha256(bytes) };
        const failed = await signStatement(
          subject,
          "https://slsa.dev/verification_summary/v1",
          { verificationResult: "FAILED" },
          keySigner(ACME),
        );
        write(root, { "plugins/weather.json": valueOf(failed) });
      },
    ],
    [
      "row 82: the signature of another archive",
      "UNTRUSTED BUNDLE_OTHER_ARTIFACT",
      async (root) => write(root, { "plugins/weather.json": await signed(archiveOf({ version: "9.9.9" })) }),
    ],
    ["row 84: signed by another key", "UNTRUSTED BUNDLE_UNTRUSTED", (root, bytes) => put(root, bytes, OTHER)],
    [
      "row 84: a signer the Project does not trust",
      "NOT_ALLOWED BUNDLE_NOT_ALLOWED",
      (root) => write(root, { "moltbot.yaml": project(OTHER.publicKey) }),
    ],
    ["row 84: a Project that trusts nobody", "NOT_ALLOWED BUNDLE_NOT_ALLOWED", (root) => write(root, { "moltbot.yaml": project(null) })],
    ["row 88: a signature that is none", "INVALID BUNDLE_INVALID", (root) => write(root, { "plugins/weather.json": "{}" })],
    [
      "row 89: no signature",
      "UNTRUSTED BUNDLE_MISSING",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes), "", ACME.publicKey, "maxBytes: 1MiB") }),
    ],
    ["row 90: an older, validly signed version", "REFUSED PLUGIN_NOT_PINNED", (root) => put(root, archiveOf({ version: "1.3.0" }))],
    ["row 90: the same version with another digest", "REFUSED PLUGIN_NOT_PINNED", (root) => put(root, archiveOf({ more: "// repacked" }))],
    [
      "row 90: another archive of somebody else is not even that",
      "UNTRUSTED BUNDLE_UNTRUSTED",
      (root) => put(root, archiveOf({ version: "1.3.0" }), OTHER),
    ],
    [
      "row 91: an archive that is none, pinned and signed",
      "INVALID ARCHIVE_INVALID",
      async (root) => {
        const bytes = gzipSync("nothing");
        await put(root, bytes);
        write(root, { "all/weather.yaml": resource(sha256(bytes)) });
      },
    ],
    [
      "an archive larger than the resource allows",
      "LIMIT ARCHIVE_LIMIT",
      (root, bytes) =>
        write(root, {
          "all/weather.yaml": resource(sha256(bytes), "", ACME.publicKey, "signature: plugins/weather.json\n  maxBytes: 1KiB"),
        }),
    ],
    [
      "another name",
      "INVALID PLUGIN_MISMATCH",
      async (root) => {
        const bytes = archiveOf({ name: "whether" });
        await put(root, bytes);
        write(root, { "all/weather.yaml": resource(sha256(bytes)) });
      },
    ],
    [
      "another version",
      "INVALID PLUGIN_MISMATCH",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes), "version: 2.0.0") }),
    ],
    [
      "a tool it does not have",
      "INVALID PLUGIN_MISMATCH",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes), "tools: [{name: launch}]") }),
    ],
    [
      "an action its tool does not have",
      "INVALID PLUGIN_MISMATCH",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes), "tools: [{name: forecast, actions: [drop]}]") }),
    ],
    [
      "a need that is not declared",
      "INVALID PLUGIN_MISMATCH",
      async (root) => {
        const bytes = archiveOf({
          capabilities: '[{tool: http.fetch, permissions: [{action: get, resource: "https://api.weather.example/**"}]}]',
        });
        await put(root, bytes);
        write(root, { "all/weather.yaml": resource(sha256(bytes)) });
      },
    ],
    [
      "a need that is declared too narrowly",
      "INVALID PLUGIN_MISMATCH",
      async (root) => {
        const bytes = archiveOf({
          capabilities: '[{tool: http.fetch, permissions: [{action: get, resource: "https://api.weather.example/**"}]}]',
        });
        await put(root, bytes);
        const narrow = 'capabilities: [{tool: http.fetch, permissions: [{action: get, resource: "https://api.weather.example/v1/**"}]}]';
        write(root, { "all/weather.yaml": resource(sha256(bytes), narrow) });
      },
    ],
    [
      "no provenance where one is required",
      "UNTRUSTED PROVENANCE_MISSING",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes), "requireProvenance: {builder: b, source: s}") }),
    ],
    [
      "no provenance where the Project requires one",
      "UNTRUSTED PROVENANCE_MISSING",
      (root) => write(root, { "moltbot.yaml": project(ACME.publicKey, "      requireProvenance: {builder: b, source: s}") }),
    ],
    [
      "a signer with key and identity",
      "INVALID SIGNER_INVALID",
      (root, bytes) => write(root, { "all/weather.yaml": resource(sha256(bytes)).replace("signer:", "signer:\n    identity: a") }),
    ],
  ];

  test.each(cases)("%s: %s", async (_name, expected, change) => {
    const { root, bytes } = await treeOf();
    await change(root, bytes);
    const found = await blockers(root);
    // The policy on plugins says no as well: it is told that nothing was verified, or another archive.
    expect(said(found).filter((each) => each !== "DENIED POLICY_DENIED")).toEqual([expected]);
    expect(said(found).includes("DENIED POLICY_DENIED")).toBe(/^(UNTRUSTED|NOT_ALLOWED|REFUSED|INVALID (BUNDLE|SIGNER))/.test(expected));
    expect(found[0]?.at?.file).toMatch(/^(all\/weather\.yaml|moltbot\.yaml)$/);
    const applied = await apply({ repo: root }, null, CHOICES, worldOf());
    expect([applied.ok, existsSync(join(root, ".moltbot/plugins"))]).toEqual([false, false]);
  });

  test("a provenance of the right builder and source is enough; another one is not", async () => {
    const source = "https://git.acme.example/plugins";
    const { root, bytes } = await treeOf();
    const predicate = {
      buildDefinition: { resolvedDependencies: [{ uri: `git+${source}@refs/heads/main` }] },
      runDetails: { builder: { id: "https://b" } },
    };
    const subject = { name: "weather.tar.gz", sha256: sha256(bytes) };
    const statement = valueOf(await signStatement(subject, "https://slsa.dev/provenance/v1", predicate, keySigner(ACME)));
    const asks = (builder: string, from: string): string =>
      resource(
        sha256(bytes),
        `requireProvenance: {builder: "${builder}", source: "${from}"}`,
        ACME.publicKey,
        "signature: plugins/weather.json\n  provenance: plugins/built.json",
      );
    write(root, { "plugins/built.json": statement, "all/weather.yaml": asks("https://b", source) });
    expect(said(await blockers(root))).toEqual([]);
    for (const [builder, from] of [
      ["https://b2", source],
      ["https://b", `${source}-evil`],
    ] as const) {
      write(root, { "all/weather.yaml": asks(builder, from) });
      expect(said(await blockers(root))).toContain("NOT_ALLOWED PROVENANCE_NOT_ALLOWED");
    }
  });
});

describe("credentials that the host sends for a plugin", () => {
  const place = "https://api.weather.example/v1/**";
  const needs =
    '[{tool: http.fetch, permissions: [{action: get, resource: "https://api.weather.example/**"}, {action: get, resource: "http://localhost:8080/**"}]}]';
  const wanted = `[{name: key, header: x-api-key, resources: ["${place}"]}]`;
  const given = (header: string, resources: readonly string[], more = ""): string =>
    `{name: key, value: {secret: weather}, header: ${header}, resources: ${JSON.stringify(resources)}${more}}`;
  const tree = async (credentials: readonly string[]): Promise<readonly Diagnostic[]> => {
    const { root } = await treeOf(
      { capabilities: needs, credentials: wanted },
      `capabilities: ${needs}\ncredentials: [${credentials.join(", ")}]`,
    );
    write(root, { "all/secret.yaml": manifest("Secret", "weather", "values: {value: {pending: {instruction: ask the weather office}}}") });
    return await blockers(root);
  };
  test.each<[string, readonly string[], readonly string[], string]>([
    ["as the plugin asks", [given("X-API-Key", [place])], [], ""],
    ["for more than the plugin asks", [given("x-api-key", ["https://api.weather.example/**"])], [], ""],
    ["on this machine without TLS", [given("x-api-key", [place, "http://localhost:8080/**"])], [], ""],
    ["not at all", [], ["INVALID PLUGIN_MISMATCH"], "/spec/credentials"],
    ["in another header", [given("authorization", [place])], ["INVALID PLUGIN_MISMATCH"], "/spec/credentials/0/header"],
    [
      "with another prefix",
      [given("x-api-key", [place], ', prefix: "Bearer "')],
      ["INVALID PLUGIN_MISMATCH"],
      "/spec/credentials/0/prefix",
    ],
    ["for less", [given("x-api-key", [`${place.slice(0, -2)}today`])], ["INVALID PLUGIN_MISMATCH"], "/spec/credentials/0/resources"],
    [
      "for a host that the plugin may not ask",
      [given("x-api-key", [place, "https://evil.example/**"])],
      ["INVALID PLUGIN_CREDENTIAL_INVALID"],
      "/spec/credentials/0/resources/1",
    ],
    [
      "for a host that stands there as a wildcard",
      [given("x-api-key", [place, "https://*.weather.example/**"])],
      ["INVALID PLUGIN_CREDENTIAL_INVALID"],
      "/spec/credentials/0/resources/0",
    ],
    [
      "without TLS",
      [given("x-api-key", [place, "http://api.weather.example/v1/**"])],
      ["INVALID PLUGIN_CREDENTIAL_INVALID"],
      "/spec/credentials/0/resources/0",
    ],
    [
      "twice in one header of the same requests",
      [given("x-api-key", [place]), given("X-Api-Key", ["https://api.weather.example/v1/today"]).replace("name: key", "name: other")],
      ["INVALID PLUGIN_CREDENTIAL_INVALID"],
      "/spec/credentials/1",
    ],
  ])("given %s", async (_name, credentials, expected, pointer) => {
    const found = await tree(credentials);
    expect(said(found)).toEqual(expected);
    for (const each of found) expect([each.context["pointer"], each.at?.file]).toEqual([pointer, "all/weather.yaml"]);
  });
  test("in a header that says what the request is", async () => {
    const found = await tree([given("x-api-key", [place]), given("Host", [place]).replace("name: key", "name: other")]);
    expect(said(found)).toEqual(["INVALID PLUGIN_CREDENTIAL_INVALID"]);
  });
  test("a plan shows whose secret becomes reachable", async () => {
    const { root } = await treeOf(
      { capabilities: needs, credentials: wanted },
      `capabilities: ${needs}\ncredentials: [${given("x-api-key", [place])}]`,
    );
    write(root, {
      "all/secret.yaml": manifest("Secret", "weather", "values: {value: {pending: {instruction: ask the weather office}}}"),
      "all/agent.yaml": agentText("support", "capabilities:\n  - tool: plugin:weather/forecast\n    permissions: [{action: call}]"),
    });
    const { body } = valueOf(await plan({ repo: root }, worldOf())).plan;
    expect(JSON.stringify(body.capabilities)).toContain("Secret/weather");
  });
});

describe("what is active judges too", () => {
  test("a commit that trusts a new signer cannot bring its plugin along", async () => {
    const { root } = await treeOf();
    write(root, { "all/weather.yaml": null, "moltbot.yaml": project(OTHER.publicKey) });
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    const bytes = archiveOf();
    write(root, { "all/weather.yaml": resource(sha256(bytes)), "moltbot.yaml": project(ACME.publicKey) });
    expect(said(await blockers(root))).toContain("NOT_ALLOWED BUNDLE_NOT_ALLOWED");
    write(root, { "all/weather.yaml": null });
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    write(root, { "all/weather.yaml": resource(sha256(bytes)) });
    expect(said(await blockers(root))).toEqual([]);
  });
});

describe("what is applied", () => {
  test("row 90: a pin that goes back is applied and said; a rollback has the bytes", async () => {
    const { root, bytes } = await treeOf();
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    const older = archiveOf({ version: "1.3.0" });
    await put(root, older);
    write(root, { "all/weather.yaml": resource(sha256(older)) });
    const planned = valueOf(await plan({ repo: root }, worldOf()));
    expect([said(planned.blockers), planned.warnings.map((each) => each.code)]).toEqual([[], ["PLUGIN_ROLLED_BACK"]]);
    expect((await apply({ repo: root }, null, CHOICES, worldOf())).ok).toBe(true);
    const place = join(root, ".moltbot/plugins/sha256");
    expect(readdirSync(place).sort()).toEqual([sha256(bytes), sha256(older)].sort());
    expect(readFileSync(join(place, sha256(older), "files/plugin.yaml"), "utf8")).toContain("1.3.0");
    const back = await rollback({ repo: root }, 1, "worse", CHOICES, worldOf());
    expect(back).toMatchObject({ ok: true });
    expect(readFileSync(join(place, sha256(bytes), "files/plugin.yaml"), "utf8")).toContain("1.4.0");
  });

  test("row 96: what was edited in the installed files is brought back by the next apply", async () => {
    const { root, bytes } = await treeOf();
    await apply({ repo: root }, null, CHOICES, worldOf());
    const entry = join(root, ".moltbot/plugins/sha256", sha256(bytes), "files/index.js");
    const before = readFileSync(entry, "utf8");
    writeFileSync(entry, "evil()");
    const planned = valueOf(await plan({ repo: root }, worldOf()));
    expect(planned.warnings).toMatchObject([
      { code: "PLUGIN_CORRUPT", at: { file: "all/weather.yaml" }, remedy: expect.stringContaining("moltbot apply") as string },
    ]);
    const again = await apply({ repo: root }, null, CHOICES, worldOf());
    expect(again).toMatchObject({ ok: true, value: { outcome: "nothing-to-do" }, warnings: [{ code: "PLUGIN_REINSTALLED" }] });
    expect(readFileSync(entry, "utf8")).toBe(before);
    expect(valueOf(await plan({ repo: root }, worldOf())).warnings).toEqual([]);
    rmSync(join(root, ".moltbot/plugins"), { recursive: true });
    const gone = valueOf(await plan({ repo: root }, worldOf()));
    expect([gone.plan.digest, gone.warnings.map(({ code, detail }) => [code, detail.includes("is not there any more")])]).toEqual([
      planned.plan.digest,
      [["PLUGIN_CORRUPT", true]],
    ]);
  });

  test("an export brings archive and signature along, and plans empty", async () => {
    const { root } = await treeOf();
    await apply({ repo: root }, null, CHOICES, worldOf());
    const { files } = valueOf(await exportTree({ repo: root }, worldOf()));
    const copy = repository({});
    write(copy, Object.fromEntries(files.map((file) => [file.path, file.text])));
    for (const file of files) if (file.bytes) writeFileSync(join(copy, file.path), file.bytes);
    const planned = valueOf(await plan({ repo: copy, state: join(root, ".moltbot") }, worldOf()));
    expect([said(planned.blockers), planned.plan.body.changes]).toEqual([[], []]);
  });

  test("each bundle is verified once, however often it is planned", async () => {
    const { root } = await treeOf({ version: "7.7.7" });
    const before = verifications();
    for (let i = 0; i < 3; i++) await plan({ repo: root }, worldOf());
    await apply({ repo: root }, null, CHOICES, worldOf());
    expect(verifications() - before).toBe(1);
  });
});
