import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** SSH keys made by the real ssh-keygen, in a folder of their own. */
export interface SshWorkshop {
  readonly folder: string;
  /** Makes a key and gives the path of its private half. */
  key(name: string, ...options: readonly string[]): string;
  /** `type base64`, as it stands in a public key file. */
  publicKey(name: string): string;
  /** An armored signature over the text, with a key or a certified one. */
  sign(name: string, text: string, namespace?: string): string;
  /** Certifies a key; `name-cert.pub` lies beside it afterwards. */
  certify(name: string, authority: string, ...options: readonly string[]): void;
  /** What ssh-keygen says: the principals it finds for a signature that verifies, or null. */
  verify(text: string, signature: string, allowedSigners: string, at?: string): readonly string[] | null;
  [Symbol.dispose](): void;
}

export function sshWorkshop(): SshWorkshop {
  const folder = mkdtempSync(join(tmpdir(), "moltbot-ssh-"));
  const path = (name: string): string => join(folder, name);
  const run = (args: readonly string[], input = ""): string =>
    execFileSync("ssh-keygen", args, {
      encoding: "utf8",
      input,
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOME: folder, TZ: "UTC" },
    });
  const publicKey = (name: string): string =>
    readFileSync(path(`${name}.pub`), "utf8")
      .split(" ")
      .slice(0, 2)
      .join(" ")
      .trim();
  return {
    folder,
    key: (name, ...options) => {
      run(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path(name), ...options]);
      return path(name);
    },
    publicKey,
    sign: (name, text, namespace = "git") => run(["-Y", "sign", "-q", "-n", namespace, "-f", path(name)], text),
    certify: (name, authority, ...options) => void run(["-q", "-s", path(authority), "-I", name, ...options, path(`${name}.pub`)]),
    verify: (text, signature, allowedSigners, at) => {
      const [sig, list] = [path("checked.sig"), path("checked.signers")];
      writeFileSync(sig, signature);
      writeFileSync(list, allowedSigners);
      const time = at === undefined ? [] : [`-Overify-time=${at}`];
      try {
        // It does not read the text: giving it one could meet a closed pipe.
        const found = run(["-Y", "find-principals", ...time, "-f", list, "-s", sig])
          .trim()
          .split("\n");
        for (const principal of found) run(["-Y", "verify", ...time, "-n", "git", "-I", principal, "-f", list, "-s", sig], text);
        return found;
      } catch {
        return null;
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
