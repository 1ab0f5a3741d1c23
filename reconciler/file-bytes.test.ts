import { describe, expect, test } from "vitest";
import { repository, write } from "../test/engine.fixture.ts";
import { openFiles } from "./file-bytes.ts";
import { blobIdOf, openWorkTree, type Source, type SourceFile } from "./source/index.ts";

const file = (path: string, text: string, blobId: string | null = null): SourceFile => ({ path, bytes: Buffer.from(text), blobId });
const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe("bytes for positions", () => {
  test("are kept where they cannot be read again, as in a commit", () => {
    const files = openFiles({} as Source);
    files.note(file("a.yaml", "a: 1", "1"));
    expect([textOf(files.bytes.get("a.yaml")), files.bytes.has("a.yaml"), files.bytes.has("b.yaml")]).toEqual(["a: 1", true, false]);
  });

  test("are read again from a work tree, and only the very same ones", async () => {
    const repo = repository({ "moltbot.yaml": "kind: Project\n", "r/a.yaml": "a: 1\n" });
    const opened = await openWorkTree(repo);
    if (!opened.ok) throw new Error("not opened");
    const source = opened.value;
    const loaded = await source.load({ sources: ["r"], overlays: [], maxFiles: 9 });
    const files = openFiles(source);
    for (const each of loaded.ok ? loaded.value.manifests : []) files.note(each);
    files.note({ path: "other.yaml", blobId: blobIdOf(Buffer.from("x"), "sha1") });
    expect([...files.ids.keys()]).toEqual(["r/a.yaml", "other.yaml"]);
    expect([textOf(files.bytes.get("r/a.yaml")), files.bytes.get("other.yaml")]).toEqual(["a: 1\n", undefined]);
    write(repo, { "r/a.yaml": "a: 2\n" });
    expect(files.bytes.get("r/a.yaml")).toBeUndefined();
    write(repo, { "r/a.yaml": null });
    expect([files.bytes.get("r/a.yaml"), files.bytes.has("r/a.yaml")]).toEqual([undefined, true]);
  });
});
