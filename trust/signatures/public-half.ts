import { createPublicKey } from "node:crypto";
import { sshPublicKey } from "./commits/index.ts";

const LABEL = "OPENSSH PRIVATE KEY";
const MAGIC = "openssh-key-v1\0";

/**
 * The public half, `<type> <base64>`, of a key file as OpenSSH writes it: of a private key, which holds it in the clear even
 * under a passphrase, or of a `.pub` file. Source: openssh-portable, PROTOCOL.key.
 *
 * @returns undefined for a file of another form.
 */
export function sshPublicHalf(text: string): string | undefined {
  const [type = "", encoded = ""] = text.trim().split(/\s+/);
  if (/^(ssh|ecdsa|sk)-/.test(type)) return `${type} ${encoded}`;
  const body = new RegExp(`-----BEGIN ${LABEL}-----([A-Za-z0-9+/=\\s]+)-----END ${LABEL}-----`).exec(text)?.[1];
  const bytes = Buffer.from(body ?? "", "base64");
  if (bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) return undefined;
  let at = MAGIC.length;
  const next = (): Buffer | undefined => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : Infinity;
    if (at + 4 + length > bytes.length) return undefined;
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  // The cipher, how its key is derived, and with what; then how many keys there are.
  for (let i = 0; i < 3; i++) if (next() === undefined) return undefined;
  if (at + 4 > bytes.length || bytes.readUInt32BE(at) !== 1) return undefined;
  at += 4;
  const key = next();
  const length = key && key.length > 4 ? key.readUInt32BE(0) : Infinity;
  return key && length < key.length ? `${key.subarray(4, 4 + length).toString("latin1")} ${key.toString("base64")}` : undefined;
}

/** Whether a private key in PEM form is the other half of a public key as SSH writes it. */
export function isHalfOf(pem: string, line: string): boolean {
  try {
    const other = line.startsWith("sk-") ? undefined : sshPublicKey(line);
    return (
      other !== undefined &&
      createPublicKey(pem)
        .export({ type: "spki", format: "der" })
        .equals(other.export({ type: "spki", format: "der" }))
    );
  } catch {
    return false;
  }
}
