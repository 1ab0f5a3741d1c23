import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseSshKey, verifySsh, type SshKey } from "./ssh-key.ts";
import { wireString } from "./wire.ts";

/** What a hardware key signs, made by hand: no machine that runs this has one. Source: PROTOCOL.u2f of OpenSSH. */
const MESSAGE = Buffer.from("message");
const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
const state = Buffer.from([1, 0, 0, 0, 7]);
const signedBy = (application: string): Buffer => Buffer.concat([sha256(Buffer.from(application)), state, sha256(MESSAGE)]);
const raw = (key: KeyObject, field: "x" | "y"): Buffer => Buffer.from(key.export({ format: "jwk" })[field] as string, "base64url");

function parsed(...fields: readonly (string | Buffer)[]): SshKey | undefined {
  return parseSshKey(Buffer.concat(fields.map((field) => wireString(field))));
}

function integer(bytes: Buffer): Buffer {
  const bare = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return wireString((bare[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bare]) : bare);
}

describe("a hardware key", () => {
  const ed = generateKeyPairSync("ed25519");
  const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const point = Buffer.concat([Buffer.from([4]), raw(ec.publicKey, "x"), raw(ec.publicKey, "y")]);
  const edKey = parsed("sk-ssh-ed25519@openssh.com", raw(ed.publicKey, "x"), "ssh:");
  const ecKey = parsed("sk-ecdsa-sha2-nistp256@openssh.com", "nistp256", point, "ssh:");
  const edSignature = (application: string): Buffer =>
    Buffer.concat([wireString("sk-ssh-ed25519@openssh.com"), wireString(sign(null, signedBy(application), ed.privateKey)), state]);
  const ecSignature = (application: string): Buffer => {
    const pair = sign("sha256", signedBy(application), { key: ec.privateKey, dsaEncoding: "ieee-p1363" });
    const inner = Buffer.concat([integer(pair.subarray(0, 32)), integer(pair.subarray(32))]);
    return Buffer.concat([wireString("sk-ecdsa-sha2-nistp256@openssh.com"), wireString(inner), state]);
  };

  test.each<readonly [string, SshKey | undefined, (application: string) => Buffer]>([
    ["ed25519", edKey, edSignature],
    ["ecdsa", ecKey, ecSignature],
  ])("of %s signs for what it was made for, with its flags and counter", (_, key, make) => {
    const good = make("ssh:");
    expect(verifySsh(key!, MESSAGE, good)).toBe(true);
    expect(verifySsh(key!, Buffer.from("other"), good)).toBe(false);
    expect(verifySsh(key!, MESSAGE, make("ssh:elsewhere"))).toBe(false);
    expect(verifySsh(key!, MESSAGE, Buffer.concat([good.subarray(0, -1), Buffer.from([8])]))).toBe(false);
    expect(verifySsh(key!, MESSAGE, good.subarray(0, -1))).toBe(false);
    expect(verifySsh(key!, MESSAGE, Buffer.concat([good, Buffer.from([0])]))).toBe(false);
  });

  test("that lacks a part, or has one too many, is none", () => {
    expect(parsed("sk-ssh-ed25519@openssh.com", raw(ed.publicKey, "x"))).toBeUndefined();
    expect(parsed("ssh-ed25519", raw(ed.publicKey, "x"), "ssh:")).toBeUndefined();
    expect(parsed("ecdsa-sha2-nistp256", "nistp384", point)).toBeUndefined();
    expect(parsed("ecdsa-sha2-nistp256", "nistp256", Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]))).toBeUndefined();
  });
});

describe("an RSA key", () => {
  const key = (bits: number): SshKey | undefined => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
    const { n, e } = publicKey.export({ format: "jwk" });
    const number = (text: string | undefined): Buffer => {
      const bytes = Buffer.from(text!, "base64url");
      return bytes[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
    };
    return parsed("ssh-rsa", number(e), number(n));
  };
  test("has 2048 bits or more", () => {
    expect(key(2048)).toBeDefined();
    expect(key(2040)).toBeUndefined();
  });

  test("signs nothing with SHA-1", () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: "jwk" });
    const own = parsed("ssh-rsa", Buffer.from(e!, "base64url"), Buffer.concat([Buffer.from([0]), Buffer.from(n!, "base64url")]));
    const made = (name: string, hash: string): Buffer => Buffer.concat([wireString(name), wireString(sign(hash, MESSAGE, privateKey))]);
    expect(verifySsh(own!, MESSAGE, made("rsa-sha2-256", "sha256"))).toBe(true);
    expect(verifySsh(own!, MESSAGE, made("rsa-sha2-512", "sha512"))).toBe(true);
    expect(verifySsh(own!, MESSAGE, made("ssh-rsa", "sha1"))).toBe(false);
    expect(verifySsh(own!, MESSAGE, made("rsa-sha2-256", "sha1"))).toBe(false);
  });
});
