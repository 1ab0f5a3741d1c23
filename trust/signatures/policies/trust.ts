import { createPublicKey } from "node:crypto";
import {
  digestBytes,
  fail,
  fromBase64,
  isArray,
  isObject,
  ok,
  problem,
  type Json,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import { signerOf, type Signer, type TrustRoot } from "../bundles/index.ts";
import { fingerprintOf, sshPublicKey } from "../commits/index.ts";
import { rootIn, ruleOf, textAt } from "../plugins/index.ts";

/** Somebody whose compiled policies count. */
export interface PolicySigner {
  readonly name: string;
  /** How a sigstore bundle of theirs is verified; null for an SSH key that signs in no other way. */
  readonly signer: Signer | null;
  /** How an envelope of theirs is recognised: `ssh-ed25519 AAAA...`, without a comment. */
  readonly ssh: string | null;
}

/** Whom a Project believes about compiled policies. */
export interface PolicyTrust {
  readonly root: Result<TrustRoot | null>;
  readonly signers: Result<readonly PolicySigner[]>;
}

/** `spec.trust.policies` and `spec.trust.root`. What is wrong with them is told by what is verified with them. */
export function policyTrust(project: Resource): PolicyTrust {
  const trust = isObject(project.spec["trust"]) ? project.spec["trust"] : {};
  const entries = trust["policies"];
  return { root: rootIn(trust["root"]), signers: signersIn(isArray(entries) ? entries : []) };
}

/** An entry of `trust.policies` for people to look at, whether or not it can be used. */
export interface ListedPolicySigner {
  readonly name: string;
  readonly form: "certificate" | "key" | "ssh";
  /** The identity or its pattern; of a key its fingerprint, as `ssh-keygen -lf` or a digest of its DER shows it. */
  readonly who: string;
  /** Who vouches for an identity; null for a key. */
  readonly issuer: string | null;
}

/** Everybody whom the Project lists for compiled policies, in its order. */
export function listedPolicySigners({ spec }: Resource): readonly ListedPolicySigner[] {
  const entries = isObject(spec["trust"]) ? spec["trust"]["policies"] : undefined;
  return (isArray(entries) ? entries : []).filter(isObject).map((entry) => {
    const name = textAt(entry, "name") ?? "";
    const key = textAt(entry, "key")?.trim();
    if (key === undefined) {
      const who = textAt(entry, "identity") ?? textAt(entry, "identityPattern") ?? "";
      return { name, form: "certificate", who, issuer: textAt(entry, "issuer") ?? null };
    }
    return { name, form: SSH_KEY.test(key) ? "ssh" : "key", who: fingerprintIn(key) ?? "cannot be read", issuer: null };
  });
}

function fingerprintIn(key: string): string | undefined {
  if (SSH_KEY.test(key)) {
    const blob = fromBase64(key.split(" ")[1] ?? "");
    return blob && fingerprintOf({ blob });
  }
  try {
    return digestBytes(createPublicKey(key).export({ type: "spki", format: "der" }));
  } catch {
    return undefined;
  }
}

function signersIn(entries: readonly Json[]): Result<readonly PolicySigner[]> {
  const signers: PolicySigner[] = [];
  for (const [i, entry] of entries.entries()) {
    if (!isObject(entry)) continue;
    const key = textAt(entry, "key")?.trim();
    const found = key !== undefined && SSH_KEY.test(key) ? sshSigner(key) : signerOf(ruleOf(entry));
    if (!found.ok)
      return fail(...found.diagnostics.map((each) => ({ ...each, context: { ...each.context, pointer: `/spec/trust/policies/${i}` } })));
    const said = "ssh" in found.value ? found.value : { signer: found.value, ssh: null };
    signers.push({ name: textAt(entry, "name") ?? "", ...said });
  }
  return ok(signers);
}

const SSH_KEY = /^(?:sk-)?(?:ssh|ecdsa)-[-a-z0-9@.]+ [A-Za-z0-9+/]+={0,2}(?: [^\n]*)?$/;

/** One key, as its .pub file has it. It is recognised in PEM form too, unless it lives in hardware. */
function sshSigner(line: string): Result<Pick<PolicySigner, "signer" | "ssh">> {
  const ssh = line.split(" ").slice(0, 2).join(" ");
  const key = sshPublicKey(ssh);
  if (!key) {
    return fail(
      problem("SIGNER_INVALID", {
        detail: "The SSH key cannot be decoded, is too weak, or is of a type that is not accepted.",
        remedy: "Take the line of the .pub file as it is:\n  ssh-keygen -t ed25519",
      }),
    );
  }
  if (ssh.startsWith("sk-")) return ok({ signer: null, ssh });
  const pem = createPublicKey(key.export({ type: "spki", format: "pem" }));
  return ok({ signer: { kind: "key", key: pem, id: pem.export({ type: "spki", format: "der" }).toString("hex") }, ssh });
}
