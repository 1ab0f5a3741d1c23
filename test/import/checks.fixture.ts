/** What must hold for the import of any configuration, whatever it says. */
import fs from "node:fs";
import path from "node:path";
import JSON5 from "json5";
import { expect } from "vitest";
import { isArray, isObject, pointerOf, segmentsOf, valueAt, type Json } from "../../core/index.ts";
import { apply, plan, validate } from "../../reconciler/engine.ts";
import { importOpenclawFrom, type Imported } from "../../reconciler/importing.ts";
import { parseFile } from "../../reconciler/manifest/index.ts";
import { repository, value, worldOf, YES } from "../engine.fixture.ts";

export type Counts = Readonly<Record<string, number>>;

/** Imports one file and checks everything about the result, down to applying it */
export async function checkImport(file: string): Promise<void> {
  const request = { from: file, project: "imported", recipients: [] };
  const imported = value(await importOpenclawFrom(request));
  expect(value(await importOpenclawFrom(request)), "the same input gives the same bytes").toEqual(imported);
  const [report] = imported.reports;
  const written = JSON5.parse<Json>(fs.readFileSync(file, "utf8").replace(/^\ufeff/, ""));

  expect(report!.leaves.map(({ source }) => source).sort(), "every value is accounted for exactly once").toEqual(
    pointersOf(written).sort(),
  );
  expect(sum(report!.summary.fates)).toBe(report!.leaves.length);
  checkDestinations(imported);
  checkSecrets(written, imported);
  await checkEngine(imported);
}

/** How many values of each file met which fate. */
export async function countsOf(files: readonly string[]): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>();
  for (const file of files) {
    const [report] = value(await importOpenclawFrom({ from: file, project: "imported", recipients: [] })).reports;
    counts.set(path.basename(file), { values: report!.summary.values, ...report!.summary.fates });
  }
  return counts;
}

/** One line a file, so that a change is one line of a diff. */
export function countsText(counts: ReadonlyMap<string, Counts>): string {
  return `{\n${[...counts].map(([name, each]) => `  ${JSON.stringify(name)}: ${JSON.stringify(each)}`).join(",\n")}\n}\n`;
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

/** Pointers of scalars and empty containers, found without the importer's own reader. */
function pointersOf(json: Json, at: readonly (string | number)[] = []): string[] {
  const below: readonly (readonly [string | number, Json])[] = isArray(json)
    ? json.map((item, i) => [i, item] as const)
    : isObject(json)
      ? Object.keys(json).map((key) => [key, Object.getOwnPropertyDescriptor(json, key)!.value as Json] as const)
      : [];
  return below.length === 0 ? [pointerOf(at)] : below.flatMap(([key, item]) => pointersOf(item, [...at, key]));
}

/** Each place the report names holds something; what is left says why; what is quarantined is kept. */
function checkDestinations({ files, reports }: Imported): void {
  const manifests = new Map<string, Json>(
    files
      .filter((file) => file.path.endsWith(".yaml"))
      .map((file) => {
        const parsed = parseFile({ path: file.path, bytes: Buffer.from(file.text), blobId: null });
        expect(parsed.diagnostics, file.path).toEqual([]);
        const document = parsed.documents[0]!.value as { kind: string; metadata: { name: string } };
        return [`${document.kind}/${document.metadata.name}`, document];
      }),
  );
  const quarantine = JSON5.parse<Readonly<Record<string, Json>>>(
    files.find((file) => file.path === "quarantine/openclaw.json5")?.text ?? "{}",
  );
  const passed = new Set<string>();
  for (const { source, fate, to, notes } of reports[0]!.leaves) {
    for (const place of to) {
      expect(
        valueAt(manifests.get(place.address), segmentsOf(place.pointer)),
        `${source} at ${place.address}${place.pointer}`,
      ).toBeDefined();
      if (place.address.startsWith("Passthrough/")) passed.add(`${place.address}${place.pointer}`);
    }
    if (fate === "left") expect(notes.length, source).toBeGreaterThan(0);
    else if (fate === "quarantined")
      expect(
        Object.keys(quarantine).some((key) => source === key || source.startsWith(`${key}/`)),
        source,
      ).toBe(true);
    else expect(to.length, source).toBeGreaterThan(0);
  }
  const leaves = [...manifests].flatMap(([address, document]) =>
    address.startsWith("Passthrough/") ? (document as { spec: { leaves: Json[] } }).spec.leaves : [],
  );
  expect(passed.size, "every passthrough leaf comes from the source").toBe(leaves.length);
}

const SECRET_KEY = /(?:token|secret|password|api_?key|authorization|credential)$/i;

/** No plain secret in any output: found here by name alone, without the importer's own judgement. */
function checkSecrets(written: Json, { files, reports }: Imported): void {
  const secrets = secretsIn(written);
  const texts = [...files.map(({ text }) => text), JSON.stringify(reports)];
  for (const secret of secrets) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64"), encodeURIComponent(secret)]) {
      expect(
        texts.findIndex((text) => text.includes(form)),
        `${secret.slice(0, 6)}... in ${files[texts.findIndex((text) => text.includes(form))]?.path ?? "the report"}`,
      ).toBe(-1);
    }
  }
}

function secretsIn(json: Json, key = ""): readonly string[] {
  if (typeof json === "string") return SECRET_KEY.test(key) && json.length >= 13 && !json.includes("{") ? [json] : [];
  if (isArray(json)) return json.flatMap((item) => secretsIn(item, key));
  return isObject(json) ? Object.entries(json).flatMap(([name, item]) => secretsIn(item, name)) : [];
}

/** The result validates, plans creates only, applies to an embedded runtime, and plans empty. */
async function checkEngine({ files }: Imported): Promise<void> {
  const repo = repository(Object.fromEntries(files.map((file) => [file.path, file.text])));
  const world = worldOf();
  value(await validate({ repo }, world));
  const first = value(await plan({ repo }, world));
  expect(first.blockers).toEqual([]);
  const { create, ...others } = first.plan.body.summary;
  expect(create).toBe(files.filter((file) => file.path.endsWith(".yaml")).length);
  expect({
    update: others.update,
    replace: others.replace,
    delete: others.delete,
    adopt: others.adopt,
    move: others.move,
    denied: others.denied,
  }).toEqual({
    update: 0,
    replace: 0,
    delete: 0,
    adopt: 0,
    move: 0,
    denied: 0,
  });
  expect(value(await apply({ repo }, null, YES, world)).outcome).toBe("applied");
  const second = value(await plan({ repo }, world));
  expect({ changes: second.plan.body.changes, drift: second.plan.body.drift }).toEqual({ changes: [], drift: [] });
}

export function jsonFiles(folder: string): readonly string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => /\.json5?$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
