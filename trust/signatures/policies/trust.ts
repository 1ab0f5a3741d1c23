import { createPublicKey } from "node:crypto";
import { fail, isArray, isObject, ok, problem, type Json, type Resource, type Result } from "../../../core/index.ts";
import { signerOf, type Signer, type TrustRoot } from "../bundles/index.ts";
import { sshPublicKey } from "../commits/index.ts";
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
