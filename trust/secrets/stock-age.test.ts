import { execFileSync, spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { inflateSync } from "node:zlib";
import * as cctv from "cctv-age";
import { describe, expect, test } from "vitest";
import { LIMITS, Secret } from "../../core/index.ts";
import { boundTo, generateIdentity, identityFile, openForeign, openValue, parseIdentities, recipientOf, sealValue } from "./index.ts";
import { openWithPassphrase } from "./passphrase.ts";
import { codesOf, hasAge, inTempFolder, text, valueOf } from "./secrets.fixture.ts";

const PLACE = { project: "acme", name: "api", key: "token" };

describe.runIf(hasAge())("the stock age binary and we read each other", () => {
  test("it decrypts ours, for each of two recipients", async () => {
    const identities = [await generateIdentity(), await generateIdentity()];
    const recipients = await Promise.all(identities.map(recipientOf));
    const value = "line one\nline two\n";
    const sealed = valueOf(await sealValue({ ...PLACE, recipients, value: text(value) }));
    await inTempFolder(async (folder) => {
      for (const identity of identities) {
        const file = path.join(folder, "key.txt");
        fs.writeFileSync(file, (await identityFile(identity, "2026-01-02T03:04:05Z")).open(), { mode: 0o600 });
        const plain = execFileSync("age", ["--decrypt", "-i", file], { input: sealed.envelope, encoding: "utf8" });
        expect(JSON.parse(plain)).toEqual({ v: 1, for: "acme/Secret/api#token", recipients: sealed.recipients, encoding: "utf8", value });
      }
    });
  });

  test("it opens neither what is for others nor a post-quantum envelope, which we do open", async () => {
    const quantum = await generateIdentity("post-quantum");
    const recipients = [await recipientOf(quantum)];
    const sealed = valueOf(await sealValue({ ...PLACE, recipients, value: text("v") }));
    expect(valueOf(await openValue({ ...PLACE, ...sealed, identities: [quantum] }))).toEqual(text("v"));
    inTempFolder((folder) => {
      const file = path.join(folder, "key.txt");
      fs.writeFileSync(file, `${quantum.open()}\n`, { mode: 0o600 });
      expect(spawnSync("age", ["--decrypt", "-i", file], { input: sealed.envelope }).status).not.toBe(0);
    });
  });

  test("we open a binary file of two recipients that it encrypted, as the file of a value", async () => {
    const identities = [await generateIdentity(), await generateIdentity()];
    const recipients = (await Promise.all(identities.map(recipientOf))).sort();
    const plain = JSON.stringify({ v: 1, for: boundTo(PLACE), recipients, encoding: "utf8", value: "filed" });
    const file = execFileSync(
      "age",
      recipients.flatMap((each) => ["-r", each]),
      { input: plain },
    );
    for (const identity of identities) {
      const opened = await openValue({ ...PLACE, recipients, envelope: file.toString("latin1"), identities: [identity] });
      expect(valueOf(opened)).toEqual(text("filed"));
    }
    const cut = file.subarray(0, -1).toString("latin1");
    expect(codesOf(await openValue({ ...PLACE, recipients, envelope: cut, identities }))).toEqual(["SECRET_ENVELOPE_INVALID"]);
  });

  test("we open what it encrypted, with a key of age-keygen", async () => {
    await inTempFolder(async (folder) => {
      const file = path.join(folder, "key.txt");
      execFileSync("age-keygen", ["-o", file], { stdio: "ignore" });
      const identities = valueOf(parseIdentities(fs.readFileSync(file, "utf8"), file));
      const recipient = await recipientOf(identities[0]!);
      const value = "x".repeat(200_000);
      const plain = JSON.stringify({ v: 1, for: boundTo(PLACE), recipients: [recipient], encoding: "utf8", value });
      const envelope = execFileSync("age", ["--armor", "-r", recipient], { input: plain, encoding: "utf8" });
      expect(valueOf(await openValue({ ...PLACE, recipients: [recipient], envelope, identities }))).toEqual(text(value));
      const binary = execFileSync("age", ["-r", recipient], { input: "foreign" });
      expect(valueOf(await openForeign(binary, identities))).toEqual(text("foreign"));
    });
  });
});

/**
 * The published vectors of the format, through the functions that take in what others encrypted: armored and
 * binary files for identities, passphrase files for identity files. All that must fail must fail.
 */
describe("CCTV age vectors", () => {
  const vectors = Object.entries(cctv).filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array);

  test("there are as many as published", () => expect(vectors.length).toBeGreaterThan(100));

  test.each(vectors)("%s", async (_, bytes) => {
    const { fields, file } = parseVector(bytes);
    const identities = fields.identity ? valueOf(parseIdentities(fields.identity, "vector")) : [await generateIdentity()];
    if (fields.passphrase !== undefined) {
      const result = await openWithPassphrase(file, new Secret(fields.passphrase), "vector");
      if (fields.expect === "success") expect(hash("sha256", valueOf(result).open())).toBe(fields.payload);
      else expect(["IDENTITY_PASSPHRASE", "IDENTITY_INVALID", "IDENTITY_WORK_FACTOR"]).toContain(codesOf(result)[0]);
      return;
    }
    const result = await openForeign(file, identities);
    if (file.length > LIMITS.envelopeBytes) expect(codesOf(result)).toEqual(["SECRET_TOO_LARGE"]);
    else if (fields.expect === "success") expect(hash("sha256", valueOf(result))).toBe(fields.payload);
    else expect(codesOf(result)).toEqual([fields.expect === "no match" ? "SECRET_NO_IDENTITY" : "SECRET_ENVELOPE_INVALID"]);
  });
});

interface VectorFields {
  readonly expect: string;
  readonly payload: string;
  readonly identity?: string;
  readonly passphrase?: string;
  readonly armored: boolean;
}

function parseVector(bytes: Uint8Array): { readonly fields: VectorFields; readonly file: Uint8Array } {
  const end = Buffer.from(bytes).indexOf("\n\n");
  const head = new Map<string, string>();
  for (const line of Buffer.from(bytes.subarray(0, end)).toString("utf8").split("\n")) {
    const [name = "", value = ""] = line.split(/: (.*)/s);
    head.set(name, name === "identity" && head.has(name) ? `${head.get(name)}\n${value}` : value);
  }
  const identity = head.get("identity");
  const passphrase = head.get("passphrase");
  return {
    fields: {
      expect: head.get("expect") ?? "",
      payload: head.get("payload") ?? "",
      armored: head.get("armored") === "yes",
      ...(identity === undefined ? {} : { identity }),
      ...(passphrase === undefined ? {} : { passphrase }),
    },
    file: head.get("compressed") === "zlib" ? new Uint8Array(inflateSync(bytes.subarray(end + 2))) : bytes.subarray(end + 2),
  };
}
