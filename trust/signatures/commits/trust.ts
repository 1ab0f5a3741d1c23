import { digestJson, isArray, isObject, type Digest, type Json, type JsonObject } from "../../../core/index.ts";
import { parseAllowedSigners, type AllowedSigner } from "./allowed-signers.ts";
import { keysOf, readKeyring, type Keyring } from "./openpgp-signature.ts";
import { validityText } from "./verdict.ts";
import { readAuthorities, type CertificateTrust } from "./x509-trust.ts";

/** Whom a trust part allows to sign commits, read and checked. */
export interface CommitTrust {
  /** Of everything it was read from. */
  readonly digest: Digest;
  readonly signers: readonly AllowedSigner[];
  readonly keyring: Keyring | null;
  readonly certificates: CertificateTrust | null;
}

/** Someone who may sign, for people to look at. */
export interface TrustedSigner {
  readonly form: "ssh" | "ssh-authority" | "openpgp" | "x509";
  readonly identity: string;
  /** A fingerprint; for x509 the issuer of the identity. */
  readonly key: string;
  readonly valid: string;
}

/** What cannot be used, and where in the trust part it stands. */
export interface TrustFault {
  readonly at: readonly string[];
  readonly why: string;
}

export type ReadTrust = { readonly trust: CommitTrust } | { readonly faults: readonly TrustFault[] };

/**
 * Reads a Project's `spec.trust`, files embedded. A list with one line that cannot be read is not used
 * at all.
 */
export async function readCommitTrust(spec: JsonObject): Promise<ReadTrust> {
  const faults: TrustFault[] = [];
  const allowed = textAt(spec, "allowedSigners");
  const signers = allowed === null ? { signers: [], faults: [] } : parseAllowedSigners(allowed);
  faults.push(...signers.faults.map(({ line, why }) => ({ at: ["allowedSigners"], why: `line ${line}: ${why}` })));
  const armored = textAt(spec, "openpgp");
  const keyring = armored === null ? null : await readKeyring(armored);
  if (typeof keyring === "string") faults.push({ at: ["openpgp"], why: keyring });
  const identities = identitiesOf(spec["identities"]);
  const certificates = identities.length === 0 ? null : await readAuthorities(textAt(spec, "root"), identities);
  if (typeof certificates === "string") faults.push({ at: ["identities"], why: certificates });
  if (faults.length > 0 || typeof keyring === "string" || typeof certificates === "string") return { faults };
  const { openpgp = null, root = null, allowedSigners = null } = spec;
  const digest = digestJson({ allowedSigners, openpgp, root: identities.length === 0 ? null : root, identities });
  return { trust: { digest, signers: signers.signers, keyring, certificates } };
}

/** Can nobody sign? Then requiring signatures would lock everybody out. */
export function isEmptyTrust({ signers, keyring, certificates }: CommitTrust): boolean {
  return signers.length === 0 && (keyring?.keys.length ?? 0) === 0 && certificates === null;
}

/** Everybody who may sign, in the order of the files. */
export function trustedSigners({ signers, keyring, certificates }: CommitTrust): readonly TrustedSigner[] {
  return [
    ...signers.map((each) => ({
      form: each.isAuthority ? ("ssh-authority" as const) : ("ssh" as const),
      identity: each.principals,
      key: each.fingerprint,
      valid: validityText({ from: each.validAfter, to: each.validBefore }),
    })),
    ...(keyring ? keysOf(keyring).map((each) => ({ form: "openpgp" as const, ...each, valid: "as the key says" })) : []),
    ...(certificates?.identities ?? []).map(({ identity, issuer }) => ({ form: "x509" as const, identity, key: issuer, valid: "always" })),
  ];
}

function textAt(spec: JsonObject, key: string): string | null {
  const value = spec[key];
  return typeof value === "string" ? value : null;
}

function identitiesOf(value: Json | undefined): readonly { readonly identity: string; readonly issuer: string }[] {
  if (!isArray(value)) return [];
  return value.flatMap((each) =>
    isObject(each) && typeof each["identity"] === "string" && typeof each["issuer"] === "string"
      ? [{ identity: each["identity"], issuer: each["issuer"] }]
      : [],
  );
}
