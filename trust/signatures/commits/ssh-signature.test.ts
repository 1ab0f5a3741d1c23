import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { matchesPatternList, parseAllowedSigners } from "./allowed-signers.ts";
import { sshWorkshop } from "./ssh.fixture.ts";
import { verifySshSignature } from "./ssh-signature.ts";
import type { Verdict } from "./verdict.ts";

const shop = sshWorkshop();
afterAll(() => shop[Symbol.dispose]());

const TEXT = "tree 1\n\nsigned content\n";
const AT = "20260301000000Z";
const AT_S = Date.UTC(2026, 2, 1) / 1000;

shop.key("ed");
shop.key("p256", "-t", "ecdsa", "-b", "256");
shop.key("p384", "-t", "ecdsa", "-b", "384");
shop.key("p521", "-t", "ecdsa", "-b", "521");
shop.key("rsa", "-t", "rsa", "-b", "2048");
shop.key("weak", "-t", "rsa", "-b", "1024");
shop.key("other");
shop.key("ca");
shop.key("rsa-ca", "-t", "rsa", "-b", "2048");
for (const [name, ca, ...options] of [
  ["certified", "ca", "-n", "ops@acme.example,dev@acme.example", "-V", "20260101:20270101"],
  ["late", "ca", "-n", "ops@acme.example", "-V", "20250101:20250601"],
  ["early", "ca", "-n", "ops@acme.example", "-V", "20270101:20280101"],
  ["nobody", "ca", "-V", "20260101:20270101"],
  ["host", "ca", "-h", "-n", "ops@acme.example"],
  ["by-rsa", "rsa-ca", "-n", "ops@acme.example"],
  ["rsa-key", "ca", "-n", "ops@acme.example"],
  ["forced", "ca", "-n", "ops@acme.example", "-O", "force-command=true"],
] as const) {
  shop.key(name, ...(name === "rsa-key" ? ["-t", "rsa", "-b", "2048"] : []));
  shop.certify(name, ca, ...options);
}

/** Signs with the certificate that lies beside the key. */
function signCertified(name: string): string {
  return shop.sign(`${name}-cert.pub`, TEXT);
}

function ours(text: string, signature: string, list: string, at = AT_S): Verdict {
  const { signers, faults } = parseAllowedSigners(list);
  expect(faults).toEqual([]);
  return verifySshSignature(Buffer.from(text), signature, signers, at);
}

const line = (name: string, options = "", principals = "ops@acme.example"): string =>
  `${principals} ${options === "" ? "" : `${options} `}${shop.publicKey(name)} a comment\n`;

describe("an SSH signature is judged as ssh-keygen judges it", () => {
  test.each<readonly [string, string, string, Verdict["status"]]>([
    ["ed25519", "ed", line("ed"), "good"],
    ["ecdsa p256", "p256", line("p256"), "good"],
    ["ecdsa p384", "p384", line("p384"), "good"],
    ["ecdsa p521", "p521", line("p521"), "good"],
    ["rsa of 2048 bits", "rsa", line("rsa"), "good"],
    ["an unlisted key", "other", line("ed"), "not-allowed"],
    ["an empty list", "ed", "# nobody\n\n", "not-allowed"],
    ["several principals", "ed", line("ed", "", "ops@acme.example,dev@acme.example"), "good"],
    ["namespaces that hold git", "ed", line("ed", 'namespaces="file,git"'), "good"],
    ["a namespace pattern", "ed", line("ed", 'namespaces="g*"'), "good"],
    ["other namespaces", "ed", line("ed", 'namespaces="file"'), "not-allowed"],
    ["a namespace that is forbidden", "ed", line("ed", 'namespaces="*,!git"'), "not-allowed"],
    ["valid-after before", "ed", line("ed", 'valid-after="20260228Z"'), "good"],
    ["valid-after at the second", "ed", line("ed", 'valid-after="20260301000000Z"'), "good"],
    ["valid-after one second later", "ed", line("ed", 'valid-after="20260301000001Z"'), "not-allowed"],
    ["valid-before after", "ed", line("ed", 'valid-before="202603010001Z"'), "good"],
    ["valid-before at the second", "ed", line("ed", 'valid-before="20260301000000Z"'), "good"],
    ["valid-before one second earlier", "ed", line("ed", 'valid-before="20260228235959Z"'), "not-allowed"],
    ["option names in any case", "ed", line("ed", 'Valid-After="20260101Z",NAMESPACES="git"'), "good"],
    ["a listed authority instead of the key", "ed", line("ed", "cert-authority"), "not-allowed"],
  ])("%s", (_, key, list, status) => {
    const signature = shop.sign(key, TEXT);
    expect(ours(TEXT, signature, list).status).toBe(status);
    expect(shop.verify(TEXT, signature, list, AT) === null).toBe(status !== "good");
  });

  test.each<readonly [string, string, string, Verdict["status"], boolean]>([
    ["of a listed authority", "certified", line("ca", "cert-authority"), "good", true],
    ["of an RSA authority", "by-rsa", line("rsa-ca", "cert-authority"), "good", true],
    ["over an RSA key", "rsa-key", line("ca", "cert-authority"), "good", true],
    ["for a pattern of principals", "certified", line("ca", "cert-authority", "*@acme.example"), "good", true],
    ["for somebody else", "certified", line("ca", "cert-authority", "*@other.example"), "not-allowed", false],
    ["that names nobody", "nobody", line("ca", "cert-authority", "*"), "not-allowed", false],
    ["of a listed key that is no authority", "certified", line("ca"), "not-allowed", false],
    ["over a key that is listed without it", "certified", line("certified"), "not-allowed", false],
    ["of an unlisted authority", "certified", line("other", "cert-authority"), "not-allowed", false],
    ["that is over", "late", line("ca", "cert-authority"), "not-allowed", false],
    ["that has not begun", "early", line("ca", "cert-authority"), "not-allowed", false],
    ["of a host", "host", line("ca", "cert-authority"), "untrusted", false],
    // ssh-keygen does not look at critical options of a signature's certificate; we cannot hold to them.
    ["with a critical option", "forced", line("ca", "cert-authority"), "untrusted", true],
  ])("a certificate %s", (_, key, list, status, theirs) => {
    const signature = signCertified(key);
    expect(ours(TEXT, signature, list).status).toBe(status);
    expect(shop.verify(TEXT, signature, list, AT) !== null).toBe(theirs);
  });

  test("a certificate names the principals that the list allows, and its authority", () => {
    const verdict = ours(TEXT, signCertified("certified"), line("ca", "cert-authority", "ops@*"));
    expect(verdict).toMatchObject({ status: "good", signer: { identity: "ops@acme.example", issuer: expect.stringMatching(/^SHA256:/) } });
  });

  test("another namespace, a changed text, and another text's signature are untrusted", () => {
    expect(ours(TEXT, shop.sign("ed", TEXT, "file"), line("ed")).status).toBe("untrusted");
    expect(ours(`${TEXT} `, shop.sign("ed", TEXT), line("ed")).status).toBe("untrusted");
    expect(ours(TEXT, shop.sign("ed", "else"), line("ed")).status).toBe("untrusted");
  });

  test("a weak RSA key is untrusted, also where OpenSSH would take it", () => {
    expect(parseAllowedSigners(line("weak")).faults).toHaveLength(1);
  });

  test("no changed byte of a signature passes", () => {
    const signature = shop.sign("ed", TEXT);
    const [head, ...rest] = signature.trim().split("\n");
    const bytes = Buffer.from(rest.slice(0, -1).join(""), "base64");
    const { signers } = parseAllowedSigners(line("ed"));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const armored = `${head}\n${changed
          .toString("base64")
          .match(/.{1,70}/g)!
          .join("\n")}\n-----END SSH SIGNATURE-----\n`;
        expect(verifySshSignature(Buffer.from(TEXT), armored, signers, AT_S).status).not.toBe("good");
      }),
    );
  });

  test("bytes that are no signature are untrusted and never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, hasMagic) => {
        const whole = Buffer.concat([hasMagic ? Buffer.from("SSHSIG\0\0\0\x01") : Buffer.alloc(0), bytes]);
        const armored = `-----BEGIN SSH SIGNATURE-----\n${whole.toString("base64")}\n-----END SSH SIGNATURE-----\n`;
        expect(verifySshSignature(Buffer.from(TEXT), armored, [], AT_S).status).toBe("untrusted");
      }),
    );
  });
});

describe("an allowed_signers file", () => {
  const key = shop.publicKey("ed");
  test.each<readonly [string, string]>([
    ["without principals", key],
    ["without a key", "ops@acme.example"],
    ["with an unknown option", `ops@acme.example frobnicate ${key}`],
    ["with an option twice", `ops@acme.example cert-authority,cert-authority ${key}`],
    ["with a date of the machine's own zone", `ops@acme.example valid-after="20260101" ${key}`],
    ["with a date that is none", `ops@acme.example valid-after="20260231Z" ${key}`],
    ["with an interval that is none", `ops@acme.example valid-after="20260301Z",valid-before="20260201Z" ${key}`],
    ["with a value without quotes", `ops@acme.example namespaces=git ${key}`],
    ["with a flag that has a value", `ops@acme.example cert-authority="yes" ${key}`],
    ["with an unknown key type", "ops@acme.example ssh-dss AAAAB3NzaC1kc3MAAA=="],
    ["with a broken key", `ops@acme.example ${key.slice(0, -8)}`],
    ["with a key of another type than it says", `ops@acme.example ecdsa-sha2-nistp256 ${key.split(" ")[1]}`],
    ["with a certificate", `ops@acme.example ssh-ed25519-cert-v01@openssh.com AAAA`],
    ["with an open quote", `ops@acme.example namespaces="git ${key}`],
  ])("%s is refused with its line", (_, bad) => {
    const parsed = parseAllowedSigners(`# first\nfine@acme.example ${key}\n${bad}\n`);
    expect(parsed.faults).toMatchObject([{ line: 3 }]);
  });

  test("is read whole: comments, blanks, tabs, CRLF and quoted principals", () => {
    const { signers, faults } = parseAllowedSigners(`\r\n  # note\r\n\t"a b@c",d\t${key}\r\n`.replace('"a b@c",d', '"a b@c,d"'));
    expect(faults).toEqual([]);
    expect(signers).toMatchObject([{ principals: "a b@c,d", line: 3, isAuthority: false, namespaces: null }]);
  });

  test.each<readonly [string, string, boolean]>([
    ["git", "git", true],
    ["git", "*", true],
    ["git", "g?t", true],
    ["git", "gi", false],
    ["git", "x,git", true],
    ["git", "*,!git", false],
    ["git", "!git", false],
    ["", "*", true],
    ["aXbXc", "a*b*c", true],
    ["aXbX", "a*b*c", false],
  ])("%s against %s: %s", (text, list, isMatch) => expect(matchesPatternList(text, list)).toBe(isMatch));

  test("patterns meet hostile repetition in bounded time", () => {
    const before = performance.now();
    expect(matchesPatternList("a".repeat(900), `${"*a".repeat(400)}b`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
