import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IDENTITY, ISSUER, startChain, type Chain } from "../trust/signatures/bundles/chain.fixture.ts";
import { BIN, cleanEnv, folderWith, moltbot, type Ran } from "./cli.fixture.ts";

let chain: Chain;
let work: ReturnType<typeof folderWith>;
const at = (...parts: readonly string[]): string => path.join(work.path, ...parts);

/** The authorities answer from this process, so it must not wait in a synchronous call. */
function running(args: readonly string[], cwd: string = work.path): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(BIN, args, { cwd, env: cleanEnv(), stdio: ["ignore", "pipe", "pipe"] });
    const parts = { out: "", err: "" };
    child.stdout.on("data", (text: Buffer) => (parts.out += text.toString()));
    child.stderr.on("data", (text: Buffer) => (parts.err += text.toString()));
    child.on("close", (code) => resolve({ code, ...parts }));
  });
}

const keyless = (): readonly string[] => [
  "--identity-token-file",
  at("token"),
  ...["fulcio", "rekor", "tsa"].flatMap((name) => [`--${name}-url`, chain.url]),
];
const WHO = ["--certificate-identity", IDENTITY, "--certificate-oidc-issuer", ISSUER];
const ARCHIVE = "weather-0.1.0.tar.gz";

beforeAll(async () => {
  chain = await startChain();
  work = folderWith({ token: chain.token(), "root.json": new TextDecoder().decode(chain.root()) });
  expect(moltbot(["plugin", "init", "weather"], { cwd: work.path }).code).toBe(0);
  expect(moltbot(["plugin", "pack", "weather"], { cwd: work.path }).code).toBe(0);
  expect(await running(["plugin", "sign", ARCHIVE, ...keyless()])).toMatchObject({ code: 0 });
  spawnSync("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at("key")]);
  spawnSync("openssl", ["pkey", "-in", at("key"), "-pubout", "-out", at("key.pub")]);
}, 60_000);

afterAll(async () => {
  work.dispose();
  await chain.close();
});

const digestOf = (file: string): string => `sha256:${spawnSync("sha256sum", [at(file)], { encoding: "utf8" }).stdout.slice(0, 64)}`;
const verify = (...more: readonly string[]): Ran =>
  moltbot(["verify-bundle", "--bundle", `${ARCHIVE}.sigstore.json`, ...more], { cwd: work.path });

describe("verify-bundle", () => {
  test("a file and its digest, signed keyless over HTTP", () => {
    const ran = verify(...WHO, "--trusted-root", "root.json", ARCHIVE);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain(IDENTITY);
    expect(verify(...WHO, "--trusted-root", "root.json", digestOf(ARCHIVE), "-o", "json").out).toContain('"kind": "BundleVerification"');
  });

  test.each<[string, readonly string[], number, string]>([
    [
      "row 83: another identity",
      ["--certificate-identity", `${IDENTITY}x`, "--certificate-oidc-issuer", ISSUER, "--trusted-root", "root.json", ARCHIVE],
      4,
      "BUNDLE_NOT_ALLOWED",
    ],
    [
      "row 84: another issuer",
      ["--certificate-identity", IDENTITY, "--certificate-oidc-issuer", "https://x", "--trusted-root", "root.json", ARCHIVE],
      4,
      "BUNDLE_NOT_ALLOWED",
    ],
    ["row 82: another file", [...WHO, "--trusted-root", "root.json", "token"], 4, "BUNDLE_OTHER_ARTIFACT"],
    ["row 82: another digest", [...WHO, "--trusted-root", "root.json", `sha256:${"0".repeat(64)}`], 4, "BUNDLE_OTHER_ARTIFACT"],
    ["row 87: no trust root, and no Project", [...WHO, ARCHIVE], 4, "TRUST_ROOT_MISSING"],
    ["row 87: a trust root that is not there", [...WHO, "--trusted-root", "nowhere.json", ARCHIVE], 4, "TRUST_ROOT_MISSING"],
    ["row 87: a trust root that is none", [...WHO, "--trusted-root", "token", ARCHIVE], 1, "TRUST_ROOT_INVALID"],
    ["a key, for a certificate's bundle", ["--key", "key.pub", "--trusted-root", "root.json", ARCHIVE], 4, "BUNDLE_UNTRUSTED"],
    ["a key that is none", ["--key", "token", ARCHIVE], 1, "SIGNER_INVALID"],
    ["a file that is not there", [...WHO, "--trusted-root", "root.json", "nowhere"], 7, "READ_FAILED"],
    ["what looks like a digest and is none is a file", [...WHO, "--trusted-root", "root.json", "sha256:abc"], 7, "READ_FAILED"],
  ])("%s", (_name, args, code, said) => {
    const ran = verify(...args);
    expect([ran.code, ran.err.includes(said), ran.out]).toEqual([code, true, ""]);
  });

  test.each([["--staging"], ["--staging", "--trusted-root", "root.json"], ["--in-toto"], ["--rekor-url", "https://rekor.acme.example"]])(
    "what clients of public instances are asked with is refused clearly: %s",
    (...flags) => {
      const ran = verify(...WHO, ...flags, ARCHIVE);
      expect([ran.code, ran.out]).toEqual([64, ""]);
      expect(ran.err).toContain(flags[0]);
    },
  );

  test("row 89: nobody named as signer is a mistake, not anybody", () => {
    expect([verify("--trusted-root", "root.json", ARCHIVE).code, verify("--key", "key.pub", ...WHO, ARCHIVE).code]).toEqual([64, 64]);
    expect(verify("--certificate-identity", IDENTITY, "--trusted-root", "root.json", ARCHIVE).code).toBe(64);
  });

  test.runIf(spawnSync("strace", ["--version"]).status === 0)("opens not one socket", () => {
    const trace = at("trace");
    const args = [
      "-f",
      "-qq",
      "-o",
      trace,
      "-e",
      "trace=%network",
      BIN,
      "verify-bundle",
      "--bundle",
      `${ARCHIVE}.sigstore.json`,
      ...WHO,
      "--trusted-root",
      "root.json",
      ARCHIVE,
    ];
    expect(spawnSync("strace", args, { cwd: work.path, env: cleanEnv(), encoding: "utf8" })).toMatchObject({ status: 0 });
    const calls = fs.readFileSync(trace, "utf8").split("\n");
    expect(calls.filter((line) => /\b(socket|connect|sendto)\(/.test(line) && !line.includes("AF_UNIX"))).toEqual([]);
  });

  test("the public vectors", () => {
    const folder = path.resolve(import.meta.dirname, "../test/vectors/sigstore");
    const cases = fs.readdirSync(folder).filter((name) => !name.endsWith(".md"));
    expect(cases.length).toBeGreaterThan(1);
    for (const name of cases) {
      const file = (which: string): string => path.join(folder, name, which);
      const artifact = "sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf";
      const ran = moltbot([
        "verify-bundle",
        "--bundle",
        file("bundle.sigstore.json"),
        "--key",
        file("key.pub"),
        "--trusted-root",
        file("trusted_root.json"),
        artifact,
      ]);
      expect([name, ran.code]).toEqual([name, name.endsWith("_fail") ? 4 : 0]);
    }
  });
});

describe("plugin", () => {
  test("pack gives the same bytes again, and overwrites nothing unasked", () => {
    const before = digestOf(ARCHIVE);
    expect(moltbot(["plugin", "pack", "weather"], { cwd: work.path })).toMatchObject({
      code: 6,
      err: expect.stringContaining("FILE_IN_THE_WAY") as string,
    });
    expect(moltbot(["plugin", "pack", "weather", "--force"], { cwd: work.path }).code).toBe(0);
    expect(digestOf(ARCHIVE)).toBe(before);
  });

  test("init overwrites nothing either, and takes names only", () => {
    expect(moltbot(["plugin", "init", "weather"], { cwd: work.path }).code).toBe(6);
    expect(moltbot(["plugin", "init", "Weather!"], { cwd: work.path }).code).toBe(64);
  });

  test("init never puts files where a Project reads manifests, and validate passes after it", () => {
    const project = (spec: string): string => `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata:\n  name: acme\nspec:\n${spec}`;
    const manifest = "apiVersion: moltbot.dev/v1alpha1\nkind: ModelProvider\nmetadata:\n  name: a\nspec:\n  type: echo\n  local: true\n";
    const [all, some] = [
      folderWith({ "moltbot.yaml": project("  description: x\n"), "all/a.yaml": manifest }),
      folderWith({ "moltbot.yaml": project("  sources: [all, more]\n"), "all/a.yaml": manifest, "more/.gitkeep": "" }),
    ];
    const init = (cwd: string, ...args: readonly string[]): Ran => moltbot(["plugin", "init", ...args], { cwd });
    try {
      for (const [cwd, args] of [
        [all.path, ["weather"]],
        [path.join(all.path, "all"), ["weather"]],
        [some.path, ["weather", "all/weather"]],
        [some.path, ["weather", "more"]],
      ] as const) {
        const refused = init(cwd, ...args);
        expect([refused.code, refused.out, refused.err.includes("PLUGIN_AMONG_MANIFESTS")]).toEqual([6, "", true]);
        expect(refused.err).toMatch(/^ +moltbot plugin init \S+ \S+$/m);
      }
      expect([fs.readdirSync(all.path).sort(), fs.readdirSync(path.join(some.path, "all"))]).toEqual([["all", "moltbot.yaml"], ["a.yaml"]]);
      expect([init(some.path, "weather").code, init(some.path, "beside", "."), init(all.path, "hidden", ".src/hidden")]).toMatchObject([
        0,
        { code: 0 },
        { code: 0 },
      ]);
      for (const cwd of [all.path, some.path]) expect(moltbot(["validate"], { cwd })).toMatchObject({ code: 0 });
    } finally {
      all.dispose();
      some.dispose();
    }
  });

  test("row 96: plan and doctor notice an installed file that was edited or is gone, and an apply mends it", () => {
    const pem = fs.readFileSync(at("key.pub"), "utf8").trimEnd();
    const block = (by: number): string => pem.replaceAll("\n", `\n${" ".repeat(by)}`);
    const head = "apiVersion: moltbot.dev/v1alpha1\nkind: ";
    const tree = folderWith({
      "moltbot.yaml": `${head}Project\nmetadata:\n  name: acme\nspec:\n  sources: [all]\n  trust:\n    plugins:\n      - name: acme\n        key: |\n          ${block(10)}\n`,
      "all/weather.yaml": `${head}Plugin\nmetadata:\n  name: weather\nspec:\n  bundle:\n    digest: ${digestOf(ARCHIVE)}\n    file: weather.tar.gz\n    signature: weather.json\n  signer:\n    key: |\n      ${block(6)}\n`,
    });
    const run = (...args: readonly string[]): Ran => moltbot(args, { cwd: tree.path });
    const check = (): unknown =>
      (JSON.parse(run("doctor", "-o", "json").out) as { checks: { id: string }[] }).checks.find(({ id }) => id === "plugins");
    try {
      fs.copyFileSync(at(ARCHIVE), path.join(tree.path, "weather.tar.gz"));
      expect(
        moltbot(["plugin", "sign", ARCHIVE, "--key", "key", "--out", path.join(tree.path, "weather.json")], { cwd: work.path }).code,
      ).toBe(0);
      expect(run("apply", "--auto-approve")).toMatchObject({ code: 0 });
      expect([check(), run("plan").err]).toEqual([expect.objectContaining({ status: "ok" }), ""]);
      const installed = path.join(tree.path, ".moltbot/plugins/sha256", digestOf(ARCHIVE).slice(7));
      const ways: readonly [() => void, string][] = [
        [() => fs.writeFileSync(path.join(installed, "files/index.js"), "evil()"), '"index.js" is gone or changed'],
        [() => fs.writeFileSync(path.join(installed, "files/more.js"), ""), '"more.js" was added'],
        [() => fs.rmSync(installed, { recursive: true }), "is not there any more"],
      ];
      for (const [harm, words] of ways) {
        harm();
        const [planned, doctor] = [run("plan"), run("doctor")];
        expect([planned.code, planned.err]).toEqual([
          0,
          expect.stringMatching(/^all\/weather\.yaml:6:3 {2}warning PLUGIN_CORRUPT [^]*\n {4}moltbot apply\n/),
        ]);
        expect([doctor.code, planned.err.includes(words), doctor.out.includes(words)]).toEqual([9, true, true]);
        expect(check()).toMatchObject({
          status: "failure",
          text: expect.stringContaining("Plugin/weather") as string,
          remedy: expect.stringContaining("moltbot apply") as string,
        });
        const mended = run("apply", "--auto-approve");
        expect([mended.code, mended.err.includes("PLUGIN_REINSTALLED"), mended.err.includes("PLUGIN_CORRUPT")]).toEqual([0, true, false]);
        expect([check(), run("plan").err]).toEqual([expect.objectContaining({ status: "ok" }), ""]);
      }
    } finally {
      tree.dispose();
    }
  });

  test("what init wrote works", () => {
    const { code, out, err } = moltbot(["plugin", "test", "weather", "--tool", "hello", "--args", '{"name": "Ada"}'], { cwd: work.path });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Hello, Ada.");
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["without plugin.yaml", { "index.js": "" }, "PLUGIN_MANIFEST_INVALID"],
    [
      "without its entry",
      { "plugin.yaml": 'formatVersion: "1.0"\nkind: PluginManifest\nname: a\nversion: 1.0.0\nruntime: js\nentry: x.js\n' },
      "PLUGIN_MANIFEST_INVALID",
    ],
    [
      "with an unknown field",
      {
        "x.js": "",
        "plugin.yaml": 'formatVersion: "1.0"\nkind: PluginManifest\nname: a\nversion: 1.0.0\nruntime: js\nentry: x.js\nmore: 1\n',
      },
      "PLUGIN_MANIFEST_INVALID",
    ],
    [
      "with an anchor",
      { "x.js": "", "plugin.yaml": 'formatVersion: "1.0"\nkind: PluginManifest\nname: &a a\nversion: 1.0.0\nruntime: js\nentry: x.js\n' },
      "PLUGIN_MANIFEST_INVALID",
    ],
    [
      "with names equal but for case",
      {
        "A.js": "",
        "a.js": "",
        "plugin.yaml": 'formatVersion: "1.0"\nkind: PluginManifest\nname: a\nversion: 1.0.0\nruntime: js\nentry: a.js\n',
      },
      "ARCHIVE_INVALID",
    ],
  ])("pack refuses a folder %s", (_name, files, code) => {
    const folder = folderWith(files);
    const ran = moltbot(["plugin", "pack", folder.path, "--out", at("refused.tar.gz")]);
    folder.dispose();
    expect([ran.code, ran.err.includes(code), fs.existsSync(at("refused.tar.gz"))]).toEqual([1, true, false]);
  });

  test.each([
    ["a file", "weather/plugin.yaml", "it is a file, and a folder is packed"],
    ["what is not there", "nothing", "there is no such folder"],
  ])("pack refuses %s", (_, what, why) => {
    const ran = moltbot(["plugin", "pack", what], { cwd: work.path });
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain(why);
    expect(ran.err).not.toContain("scandir");
  });

  test("pack refuses a link", () => {
    const folder = folderWith({ "plugin.yaml": "" });
    fs.symlinkSync("/etc/passwd", path.join(folder.path, "secret"));
    const ran = moltbot(["plugin", "pack", folder.path]);
    folder.dispose();
    expect([ran.code, ran.err.includes("ARCHIVE_INVALID")]).toEqual([1, true]);
  });

  test("inspect shows what is inside and who claims to have signed it", () => {
    const ran = moltbot(["plugin", "inspect", ARCHIVE, "--bundle", `${ARCHIVE}.sigstore.json`], { cwd: work.path });
    expect(ran).toMatchObject({ code: 0 });
    for (const words of ["weather 0.1.0", "hello", IDENTITY, "not verified", "index.js"]) expect(ran.out).toContain(words);
    expect(JSON.parse(moltbot(["plugin", "inspect", ARCHIVE, "-o", "json"], { cwd: work.path }).out)).toMatchObject({
      kind: "PluginInspection",
      digest: digestOf(ARCHIVE),
    });
  });

  test("sign with a key, and a provenance; both verify", () => {
    fs.writeFileSync(at("predicate.json"), JSON.stringify({ buildDefinition: {}, runDetails: { builder: { id: "b" } } }));
    for (const [out, more] of [
      ["keyed.json", []],
      ["stated.json", ["--provenance", "predicate.json"]],
    ] as const) {
      expect(moltbot(["plugin", "sign", ARCHIVE, "--key", "key", "--out", out, ...more], { cwd: work.path })).toMatchObject({ code: 0 });
      expect(moltbot(["plugin", "verify", ARCHIVE, "--bundle", out, "--key", "key.pub"], { cwd: work.path })).toMatchObject({ code: 0 });
    }
  });

  test.each<[string, () => readonly string[], number, string]>([
    ["no way to sign", () => [], 64, ""],
    [
      "an address that is not encrypted",
      () => ["--identity-token-file", at("token"), "--fulcio-url", "http://fulcio.acme.example", "--rekor-url", chain.url],
      64,
      "https",
    ],
    ["a public key", () => ["--key", "key.pub"], 1, "SIGNING_KEY_INVALID"],
    [
      "a token that has expired",
      () => ["--identity-token", chain.token("a", "b", { exp: 1 }), ...keyless().slice(2)],
      1,
      "IDENTITY_TOKEN_INVALID",
    ],
    ["no token at all", () => ["--identity-token", "secret-text", ...keyless().slice(2)], 1, "IDENTITY_TOKEN_INVALID"],
    [
      "an authority that is not there",
      () => ["--identity-token-file", at("token"), "--fulcio-url", `${chain.url}/nowhere`, "--rekor-url", chain.url],
      7,
      "SIGNING_FAILED",
    ],
  ])("sign refuses: %s", async (_name, args, code, said) => {
    const ran = await running(["plugin", "sign", ARCHIVE, "--out", at("not.json"), ...args()]);
    expect([ran.code, ran.err.includes(said), ran.err.includes("secret-text"), fs.existsSync(at("not.json"))]).toEqual([
      code,
      true,
      false,
      false,
    ]);
  });
});

describe("a skill as an archive", () => {
  test("is packed, signed with openssl's key, declared, planned with its text, and verified", () => {
    const folder = folderWith({
      "src/refunds/SKILL.md": "Read policy.md first.\n",
      "src/refunds/policy.md": "Thirty days.\n",
      "moltbot.yaml": `apiVersion: moltbot.dev/v1alpha1\nkind: Project\nmetadata: {name: acme}\nspec:\n  sources: [all]\n  trust: {plugins: [{name: lab, key: {file: key.pub}}]}\n`,
      "key.pub": fs.readFileSync(at("key.pub"), "utf8"),
    });
    const run = (...args: readonly string[]): Ran => moltbot(["plugin", ...args], { cwd: folder.path });
    expect(run("pack", "src/refunds", "--kind", "skill").out).toContain("refunds.tar.gz: refunds, 2 files");
    expect(run("pack", "src", "--kind", "skill")).toMatchObject({ code: 1 });
    expect(run("pack", "src/refunds")).toMatchObject({ code: 1 });
    expect(run("inspect", "refunds.tar.gz").out).toContain("a skill: SKILL.md is its prompt");
    const inspected: unknown = JSON.parse(run("inspect", "refunds.tar.gz", "-o", "json").out);
    expect(inspected).toMatchObject({ manifest: null, files: [{ path: "SKILL.md" }, { path: "policy.md" }] });
    expect(run("sign", "refunds.tar.gz", "--key", at("key"))).toMatchObject({ code: 0 });
    const { digest } = inspected as { readonly digest: string };
    fs.mkdirSync(path.join(folder.path, "all"));
    fs.writeFileSync(
      path.join(folder.path, "all/refunds.yaml"),
      `apiVersion: moltbot.dev/v1alpha1\nkind: Skill\nmetadata: {name: refunds}\nspec:\n  bundle: {digest: "${digest}", file: refunds.tar.gz, signature: refunds.tar.gz.sigstore.json}\n  signer: {key: {file: key.pub}}\n`,
    );
    expect(run("verify").out).toContain("Skill/refunds");
    expect(run("verify", "--plugin", "Skill/refunds")).toMatchObject({ code: 0 });
    expect(run("verify", "--plugin", "refunds").err).toContain("RESOURCE_NOT_FOUND");
    const planned = moltbot(["plan"], { cwd: folder.path });
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.out).toContain("+ Skill/refunds");
    folder.dispose();
  });
});
