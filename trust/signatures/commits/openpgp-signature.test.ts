import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { keysOf, readKeyring, verifyOpenPgpSignature, type Keyring } from "./openpgp-signature.ts";
import type { Verdict } from "./verdict.ts";

/** The real gpg, with a home of its own. Every agent it starts ends with that home. */
const home = mkdtempSync(join(tmpdir(), "gpg-"));
const TEXT = "tree 1\n\nsigned content\n";
const SIGNED = "20260301T120000";
const SIGNED_S = Date.UTC(2026, 2, 1, 12) / 1000;

function gpg(args: readonly string[], input = "", at = SIGNED): string {
  const options = ["--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", `${at}!`];
  return execFileSync("gpg", [...options, ...args], {
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], GNUPGHOME: home },
  });
}

function key(name: string, algorithm: string, usage: string, expires = "never"): void {
  gpg(["--quick-generate-key", `${name} <${name}@acme.example>`, algorithm, usage, expires], "", "20260101T000000");
}

const sign = (name: string, text = TEXT, ...options: readonly string[]): string =>
  gpg([...options, "--local-user", `${name}@acme.example`, "--armor", "--detach-sign"], text);
const exported = (...names: readonly string[]): string => gpg(["--armor", "--export", ...names.map((name) => `${name}@acme.example`)]);

key("ops", "ed25519", "sign");
key("rsa", "rsa2048", "sign");
key("weak", "rsa1024", "sign");
key("p256", "nistp256", "sign");
key("short", "ed25519", "sign", "2026-02-01");
key("later", "ed25519", "sign", "2026-06-01");
key("other", "ed25519", "sign");
key("stolen", "ed25519", "sign");
key("cert", "ed25519", "cert");
const fingerprint = (name: string): string =>
  /fpr:+([0-9A-F]{40}):/.exec(gpg(["--with-colons", "--list-keys", `${name}@acme.example`]))?.[1] ?? "";
gpg(["--quick-add-key", fingerprint("cert"), "ed25519", "sign", "never"], "", "20260102T000000");
const before = exported("stolen");
const revocation = join(home, "openpgp-revocs.d", `${fingerprint("stolen")}.rev`);
const stolenSignature = sign("stolen");
writeFileSync(revocation, readFileSync(revocation, "utf8").replace(":-----BEGIN", "-----BEGIN"));
gpg(["--import", revocation]);

afterAll(() => {
  try {
    execFileSync("gpgconf", ["--kill", "gpg-agent"], { env: { PATH: process.env["PATH"], GNUPGHOME: home }, stdio: "ignore" });
  } catch {
    // It has ended by itself.
  }
  rmSync(home, { recursive: true, force: true });
});

async function keyring(armored: string): Promise<Keyring> {
  const read = await readKeyring(armored);
  if (typeof read === "string") throw new Error(read);
  return read;
}

async function judged(armored: string, keys: string, now: number | null = null, text = TEXT): Promise<Verdict> {
  return await verifyOpenPgpSignature(Buffer.from(text), armored, await keyring(keys), now);
}

describe("an OpenPGP signature of the real gpg", () => {
  test.each<readonly [string, string, readonly string[], readonly string[], Verdict["status"]]>([
    ["ed25519", "ops", [], ["ops"], "good"],
    ["rsa of 2048 bits", "rsa", [], ["rsa"], "good"],
    ["nistp256", "p256", [], ["p256"], "good"],
    ["by a subkey that signs", "cert", [], ["cert"], "good"],
    ["SHA-512", "rsa", ["--digest-algo", "SHA512"], ["rsa"], "good"],
    ["SHA-1", "rsa", ["--digest-algo", "SHA1"], ["rsa"], "untrusted"],
    ["rsa of 1024 bits", "weak", [], ["weak"], "not-allowed"],
    ["by a key that is not listed", "other", [], ["ops", "rsa"], "untrusted"],
    ["by one of several", "rsa", [], ["ops", "rsa"], "good"],
    ["as a text", "ops", ["--textmode"], ["ops"], "untrusted"],
  ])("%s", async (_, name, options, listed, status) => {
    expect((await judged(sign(name, TEXT, ...options), exported(...listed))).status).toBe(status);
  });

  test("names whom the keyring names, with the fingerprint gpg shows", async () => {
    const verdict = await judged(sign("ops"), exported("ops"));
    expect(verdict).toMatchObject({ signer: { identity: "ops <ops@acme.example>", key: fingerprint("ops"), form: "openpgp" } });
    expect(
      keysOf(await keyring(exported("ops", "rsa")))
        .map((each) => each.key)
        .sort(),
    ).toEqual([fingerprint("ops"), fingerprint("rsa")].sort());
  });

  test("over another text, or with two signatures, is untrusted", async () => {
    expect((await judged(sign("ops"), exported("ops"), null, `${TEXT}x`)).status).toBe("untrusted");
    const twice = gpg(["--local-user", "ops@acme.example", "--local-user", "rsa@acme.example", "--armor", "--detach-sign"], TEXT);
    expect((await judged(twice, exported("ops", "rsa"))).status).toBe("untrusted");
    expect((await judged("-----BEGIN PGP SIGNATURE-----\n\nxxxx\n-----END PGP SIGNATURE-----\n", exported("ops"))).status).toBe(
      "untrusted",
    );
  });

  test("row 41: a key that had expired, or that was not there yet, when it signed", async () => {
    const late = gpg(["--local-user", "short@acme.example", "--armor", "--detach-sign"], TEXT, "20260115T000000");
    expect((await judged(late, exported("short"))).status).toBe("good");
    const shortened = exported("later");
    gpg(["--quick-set-expire", fingerprint("later"), "2026-02-15"], "", "20260110T000000");
    expect(
      (await judged(gpg(["--local-user", "later@acme.example", "--armor", "--detach-sign"], TEXT, "20260201T000000"), shortened)).status,
    ).toBe("good");
    gpg(["--quick-set-expire", fingerprint("later"), "never"], "", "20260110T000001");
    const after = sign("later");
    gpg(["--quick-set-expire", fingerprint("later"), "2026-02-15"], "", "20260110T000002");
    expect(await judged(after, exported("later"))).toMatchObject({ status: "not-allowed", why: expect.stringContaining("expired") });
  });

  test("row 41: a key that is over now signs no newest commit", async () => {
    const early = gpg(["--local-user", "short@acme.example", "--armor", "--detach-sign"], TEXT, "20260115T000000");
    expect((await judged(early, exported("short"), Date.UTC(2026, 0, 20) / 1000)).status).toBe("good");
    expect((await judged(early, exported("short"), SIGNED_S)).status).toBe("not-allowed");
  });

  test("row 41: a revoked key never was good, once the keyring says so", async () => {
    expect((await judged(stolenSignature, before)).status).toBe("good");
    expect(await judged(stolenSignature, exported("stolen"))).toMatchObject({
      status: "not-allowed",
      why: expect.stringContaining("revoked"),
    });
  });
});

describe("a keyring", () => {
  test.each<readonly [string, () => string]>([
    ["that is none", () => "keys"],
    ["that is a signature", () => sign("ops")],
    ["with a private key", () => gpg(["--armor", "--export-secret-keys", "ops@acme.example"])],
  ])("%s is refused", async (_, text) => {
    expect(typeof (await readKeyring(text()))).toBe("string");
  });
});
