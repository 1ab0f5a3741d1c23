import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isHalfOf, sshPublicHalf } from "./public-half.ts";
import { sshWorkshop } from "./commits/ssh.fixture.ts";

test.each(["ed25519", "ecdsa", "rsa"])("the public half of a key of OpenSSH is read without its passphrase: %s", (type) => {
  using shop = sshWorkshop();
  for (const [name, passphrase] of [
    ["open", ""],
    ["locked", "a long passphrase"],
  ] as const) {
    const file = join(shop.folder, name);
    execFileSync("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "a comment", "-f", file]);
    const pub = readFileSync(`${file}.pub`, "utf8");
    const line = pub.split(" ").slice(0, 2).join(" ");
    expect([sshPublicHalf(readFileSync(file, "utf8")), sshPublicHalf(pub)]).toEqual([line, line]);
  }
});

test("what is no key has no public half, cut or changed anywhere", () => {
  using shop = sshWorkshop();
  shop.key("ada");
  const whole = readFileSync(join(shop.folder, "ada"), "utf8");
  const other = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  expect([sshPublicHalf(""), sshPublicHalf(other), isHalfOf(whole, shop.publicKey("ada")), isHalfOf(other, "nonsense")]).toEqual([
    undefined,
    undefined,
    false,
    false,
  ]);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
      sshPublicHalf(whole.slice(0, at) + text);
      sshPublicHalf(whole.slice(0, at) + text + whole.slice(at + text.length));
    }),
  );
});
