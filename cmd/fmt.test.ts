import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moltbot as run, type Ran } from "./cli.fixture.ts";
import { tinyRepository } from "./repository.fixture.ts";

const UNTIDY = `# top
kind: Agent
spec:
    prompt: "Be kind."   # why
    model: {provider: echo, name: echo-1}
    # about labels
metadata: {labels: {b: "1", a: "2"}, name: b}
apiVersion: moltbot.dev/v1alpha1
`;
const TIDY = `# top
apiVersion: moltbot.dev/v1alpha1
kind: Agent
metadata:
  labels:
    b: "1"
    a: "2"
  name: b
spec:
  prompt: "Be kind." # why
  model:
    provider: echo
    name: echo-1
  # about labels
`;

let repo: ReturnType<typeof tinyRepository>;
beforeEach(() => {
  repo = tinyRepository({ "agents/b.yaml": UNTIDY });
});
afterEach(() => repo.dispose());
const moltbot = (args: readonly string[], cwd = repo.path): Ran => run(args, { cwd });
const at = (...parts: readonly string[]): string => path.join(repo.path, ...parts);
const read = (name: string): string => fs.readFileSync(at(name), "utf8");
const write = (name: string, text: string): void => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};

describe("fmt", () => {
  test("keeps comments and meaning, lists what it changed, and has nothing to do the second time", () => {
    const digest = (): string =>
      (JSON.parse(moltbot(["plan", "-o", "json"]).out) as { body: { inputs: { resolved: string } } }).body.inputs.resolved;
    const before = digest();
    fs.chmodSync(at("agents/b.yaml"), 0o640);
    expect(moltbot(["fmt"])).toEqual({ code: 0, out: "agents/b.yaml\n", err: "" });
    expect(read("agents/b.yaml")).toBe(TIDY);
    expect(fs.statSync(at("agents/b.yaml")).mode & 0o777).toBe(0o640);
    expect(digest()).toBe(before);
    expect(moltbot(["fmt"])).toEqual({ code: 0, out: "✓ 4 manifests, all in form.\n", err: "" });
    expect(fs.readdirSync(at("agents")).sort()).toEqual(["a.yaml", "b.yaml"]);
  });

  test("--check changes nothing, names the files, and exits 1", () => {
    expect(moltbot(["fmt", "--check"])).toEqual({ code: 1, out: "agents/b.yaml\n", err: "" });
    expect(JSON.parse(moltbot(["fmt", "--check", "-o", "json"]).out)).toMatchObject({
      kind: "Formatted",
      changed: ["agents/b.yaml"],
      isWritten: false,
    });
    expect(read("agents/b.yaml")).toBe(UNTIDY);
    moltbot(["fmt"]);
    expect(moltbot(["fmt", "--check"]).code).toBe(0);
  });

  test("a file that cannot be read: every error is told, and nothing is changed, not even the others", () => {
    write("agents/c.yaml", "apiVersion: moltbot.dev/v1alpha1\nkind: [\n");
    write("agents/d.yaml", "apiVersion: moltbot.dev/v1alpha1\na: 1\na: 2\n");
    const ran = moltbot(["fmt"]);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toContain("agents/c.yaml:2");
    expect(ran.err).toContain("agents/d.yaml:3:1  error DUPLICATE_KEY");
    expect(read("agents/b.yaml")).toBe(UNTIDY);
  });

  test("what is no sound resource is formatted all the same: form and meaning are two things", () => {
    write("agents/b.yaml", UNTIDY.replace("model:", "modle:"));
    expect(moltbot(["validate"]).code).toBe(1);
    expect(moltbot(["fmt"]).out).toBe("agents/b.yaml\n");
  });

  test("the Project and the overlays of every environment, whichever is asked for", () => {
    write(
      "moltbot.yaml",
      `${read("moltbot.yaml")}  environments: {prod: {overlays: [over/prod.yaml]}, test: {overlays: [over/test.yaml]}}\n`,
    );
    for (const name of ["prod", "test"])
      write(`over/${name}.yaml`, 'apiVersion: moltbot.dev/v1alpha1\nkind: Agent\nmetadata: {name: a}\nspec: {prompt: "x"}\n');
    expect(moltbot(["fmt"]).out).toBe("agents/b.yaml\nmoltbot.yaml\nover/prod.yaml\nover/test.yaml\n");
  });

  test("JSON stays JSON; several documents stay several", () => {
    write(
      "agents/j.json",
      '{"kind":"Agent","apiVersion":"moltbot.dev/v1alpha1","metadata":{"name":"j"},"spec":{"model":{"provider":"echo","name":"m"},"prompt":"é"}}',
    );
    write("agents/two.yaml", `${UNTIDY.replace("name: b", "name: c")}---\n${UNTIDY.replace("name: b", "name: d")}`);
    expect(moltbot(["fmt"]).code).toBe(0);
    expect(JSON.parse(read("agents/j.json"))).toMatchObject({ kind: "Agent", spec: { prompt: "é" } });
    expect(read("agents/two.yaml").split("\n---\n")).toHaveLength(2);
    expect(moltbot(["validate"]).code).toBe(0);
    expect(moltbot(["fmt", "--check"]).code).toBe(0);
  });

  test("a file that a manifest embeds is part of what is declared, and left alone", () => {
    write("agents/prompt.yaml", UNTIDY);
    write("agents/b.yaml", UNTIDY.replace('"Be kind."', "{file: agents/prompt.yaml}"));
    expect(moltbot(["fmt"]).out).toBe("agents/b.yaml\n");
    expect(moltbot(["fmt", "../agents"], at("providers")).out).toBe("✓ 2 manifests, all in form.\n");
    expect(read("agents/prompt.yaml")).toBe(UNTIDY);
  });

  test("paths: files and folders from the current folder, without a Project; others' YAML is not touched", () => {
    write("k8s/deploy.yaml", "kind:   Deployment\napiVersion: apps/v1\n");
    write("k8s/template.yaml", "{{- if .x }}\n");
    write("agents/.hidden/x.yaml", UNTIDY);
    expect(moltbot(["fmt", "b.yaml"], at("agents")).out).toBe("b.yaml\n");
    write("agents/b.yaml", UNTIDY);
    expect(moltbot(["fmt", ".", "../k8s"], at("agents"))).toEqual({ code: 0, out: "b.yaml\n", err: "" });
    expect(read("k8s/deploy.yaml")).toContain("kind:   Deployment");
    expect(read("agents/.hidden/x.yaml")).toBe(UNTIDY);
  });

  test("a link, a name that is not there, a commit", () => {
    fs.symlinkSync("b.yaml", at("agents", "link.yaml"));
    expect(moltbot(["fmt", "agents/link.yaml"])).toMatchObject({ code: 1, err: expect.stringContaining("NOT_A_FILE") as string });
    expect(fs.lstatSync(at("agents", "link.yaml")).isSymbolicLink()).toBe(true);
    expect(moltbot(["fmt", "nope.yaml"])).toMatchObject({ code: 7, err: expect.stringContaining("READ_FAILED") as string });
    expect(moltbot(["fmt", "--ref", "HEAD"]).code).toBe(64);
    expect(read("agents/b.yaml")).toBe(UNTIDY);
  });

  test.runIf(process.getuid?.() !== 0)("a folder that may not be written to: the file is as it was", () => {
    fs.chmodSync(at("agents"), 0o500);
    const ran = moltbot(["fmt"]);
    fs.chmodSync(at("agents"), 0o700);
    expect(ran).toMatchObject({ code: 7, err: expect.stringContaining("OUTPUT_FAILED") as string });
    expect(read("agents/b.yaml")).toBe(UNTIDY);
  });
});
