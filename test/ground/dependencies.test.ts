import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/checkout.ts";
import { textOf } from "./tree.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf("package.json")) as Manifest;
const declared = { ...manifest.dependencies, ...manifest.devDependencies };

/** Rows of the tables in docs/dependencies.md: | `name` | licence | sentence |. */
const rows = new Map(
  [...textOf("docs/dependencies.md").matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name = "", licence = "", why = ""]) => [
    name,
    { licence: licence.trim(), why: why.trim() },
  ]),
);

function installedLicence(name: string): string {
  const found = JSON.parse(fs.readFileSync(path.join(ROOT, "node_modules", name, "package.json"), "utf8")) as { readonly license: string };
  return found.license;
}

describe("docs/dependencies.md", () => {
  test("has a row for every dependency, and for nothing else", () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(declared).sort());
  });

  test.each([...rows])("%s: a sentence, and the licence it was installed with", (name, row) => {
    expect(row.why).toMatch(/^[A-Z`].{20,}\.\)?$/);
    expect(row.licence).toBe(installedLicence(name));
  });

  test.each(Object.entries(declared))("%s is pinned: %s", (_name, version) => {
    expect(version).toMatch(/^(npm:[a-z0-9-]+@)?\d+\.\d+\.\d+(-[a-z0-9.]+)?$/);
  });
});
