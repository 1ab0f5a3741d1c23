import { fromBase64 } from "../../../core/index.ts";

/** The three forms of signature that git writes into commits. */
export type SignatureForm = "ssh" | "openpgp" | "x509";

const FORMS: readonly (readonly [SignatureForm, string])[] = [
  ["ssh", "SSH SIGNATURE"],
  ["openpgp", "PGP SIGNATURE"],
  ["x509", "SIGNED MESSAGE"],
];

/** Which form a signature's text has. It must be one block and nothing else. */
export function formOf(text: string): { readonly form: SignatureForm; readonly armored: string } | { readonly fault: string } {
  const armored = text.replace(/\s+$/, "");
  for (const [form, label] of FORMS) {
    if (!armored.startsWith(`-----BEGIN ${label}-----\n`)) continue;
    const isOne =
      armored.endsWith(`\n-----END ${label}-----`) && armored.split("-----BEGIN ").length === 2 && armored.split("-----END ").length === 2;
    return isOne ? { form, armored: `${armored}\n` } : { fault: "its signature is not one whole block" };
  }
  return { fault: "its signature is of no form that is known: SSH, OpenPGP, or x509 as gitsign makes it" };
}

/** The bytes between the lines of an armored block without headers; undefined for anything but strict base64. */
export function unarmored(armored: string): Buffer | undefined {
  const body = armored.split("\n").slice(1, -2);
  if (body.length === 0 || !body.every((line) => /^[A-Za-z0-9+/=]{1,76}\r?$/.test(line))) return undefined;
  const bytes = fromBase64(body.join("").replaceAll("\r", ""));
  return bytes && bytes.length > 0 ? bytes : undefined;
}
