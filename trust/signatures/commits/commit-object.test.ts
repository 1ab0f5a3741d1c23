import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommit } from "./commit-object.ts";
import { judgeCommit } from "./judge-commit.ts";
import { readCommitTrust } from "./trust.ts";

const ID = "1".repeat(40);
const WHO = "Ops <ops@acme.example> 1772323200 +0000";
const BASE = `tree ${ID}\nparent ${ID}\nauthor ${WHO}\ncommitter ${WHO}\n`;
const signature = (label: string): string => `-----BEGIN ${label}-----\n AAAA\n -----END ${label}-----\n`;
const signed = (label: string): string => `${BASE}gpgsig ${signature(label)}\nmessage\n`;

const parse = (text: string | Buffer, format: "sha1" | "sha256" = "sha1") => parseCommit(Buffer.from(text), format);

describe("a raw commit", () => {
  test("is taken apart, and its payload is everything but the signature", () => {
    const text = `${BASE}encoding ISO-8859-1\ngpgsig ${signature("SSH SIGNATURE")}change-id x\n\nmessage\n gpgsig no header\n`;
    const found = parse(text);
    expect(found).toMatchObject({ commit: { parents: [ID], claimedAt: 1_772_323_200, signature: { form: "ssh" } } });
    if ("fault" in found) throw new Error(found.fault);
    expect(Buffer.from(found.commit.payload).toString()).toBe(text.replace(/gpgsig -----BEGIN[\s\S]*?-----END SSH SIGNATURE-----\n/, ""));
    expect(found.commit.signature?.armored).toBe("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n");
  });

  test.each([
    ["SSH SIGNATURE", "ssh"],
    ["PGP SIGNATURE", "openpgp"],
    ["SIGNED MESSAGE", "x509"],
  ])("signed with %s is of the form %s", (label, form) => {
    expect(parse(signed(label))).toMatchObject({ commit: { signature: { form } } });
  });

  test("without a signature signs nothing", () => expect(parse(`${BASE}\nx`)).toMatchObject({ commit: { signature: null } }));

  test.each<readonly [string, string | Buffer]>([
    ["nothing", ""],
    ["no message", BASE],
    ["a header without a name", `${BASE} x\n\n`],
    ["a header without a value", `${BASE}nothing\n\n`],
    ["a NUL in a header", `${BASE.replace("Ops", "O\0s")}\n`],
    ["no tree", `${BASE.slice(BASE.indexOf("parent"))}\n`],
    ["two trees", `tree ${ID}\n${BASE}\n`],
    ["two authors", `${BASE}author ${WHO}\n\n`],
    ["a parent after the author", `${BASE}parent ${ID}\n\n`],
    ["a parent that is no id", `${BASE.replace(`parent ${ID}`, "parent HEAD")}\n`],
    ["a tree of another object format", `${BASE.replace(`tree ${ID}`, `tree ${"1".repeat(64)}`)}\n`],
    ["a committer without a time", `${BASE.replace(/committer .*/, "committer Ops <ops@acme.example>")}\n`],
    ["a time that is none", `${BASE.replace(/committer .*/, "committer Ops <ops@acme.example> -1 +0000")}\n`],
    ["two signatures", `${BASE}gpgsig ${signature("SSH SIGNATURE")}gpgsig ${signature("SSH SIGNATURE")}\n\n`],
    ["a signature in each object format", `${BASE}gpgsig ${signature("SSH SIGNATURE")}gpgsig-sha256 ${signature("SSH SIGNATURE")}\n`],
    ["two blocks in one signature", `${BASE}gpgsig ${signature("SSH SIGNATURE").trimEnd()}\n ${signature("SSH SIGNATURE")}\n`],
    ["a block of an unknown form", signed("PGP MESSAGE")],
    ["words before the block", `${BASE}gpgsig x ${signature("SSH SIGNATURE")}\n`],
    ["words after the block", `${BASE}gpgsig ${signature("SSH SIGNATURE").trimEnd()}\n more\n\n`],
    ["more headers than anybody writes", `${BASE}${"x y\n".repeat(4_097)}\n`],
  ])("row 41: with %s is none that can be judged", (_, text) => expect(parse(text)).toHaveProperty("fault"));

  test("of any bytes never throws, and its payload never grows", () => {
    const part = fc.constantFrom(
      "tree ",
      "parent ",
      ID,
      "author ",
      "committer ",
      WHO,
      "gpgsig ",
      "\n",
      " ",
      "\n\n",
      "x",
      signature("SSH SIGNATURE"),
      "\0",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), fc.boolean(), (parts, isWhole) => {
        const bytes = Buffer.from(`${isWhole ? BASE : ""}${parts.join("")}`);
        const found = parseCommit(bytes, "sha1");
        if ("commit" in found) expect(found.commit.payload.length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe("a signature of a form that the trust does not name", () => {
  test.each(["SSH SIGNATURE", "PGP SIGNATURE", "SIGNED MESSAGE"])("%s is untrusted", async (label) => {
    const read = await readCommitTrust({});
    const found = parse(signed(label));
    if ("fault" in found || "faults" in read) throw new Error("unreadable");
    expect((await judgeCommit(found.commit, read.trust, null))?.status).toBe("untrusted");
  });

  test("none is no verdict", async () => {
    const read = await readCommitTrust({});
    const found = parse(`${BASE}\nx`);
    if ("fault" in found || "faults" in read) throw new Error("unreadable");
    expect(await judgeCommit(found.commit, read.trust, null)).toBeUndefined();
  });
});
