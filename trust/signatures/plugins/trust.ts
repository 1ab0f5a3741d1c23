import {
  digestBytes,
  digestJson,
  fail,
  isArray,
  isObject,
  ok,
  problem,
  type Digest,
  type Json,
  type JsonObject,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import { parseTrustRoot, signerOf, type Signer, type TrustRoot } from "../bundles/index.ts";
import type { RequiredProvenance } from "./provenance.ts";

/** Whom a Project believes, read from its resource. */
export interface Trust {
  /** Of everything here. */
  readonly digest: Digest;
  readonly root: Result<TrustRoot | null>;
  readonly signers: Result<readonly TrustedSigner[]>;
}

export interface TrustedSigner {
  readonly name: string;
  readonly signer: Signer;
  readonly provenance: RequiredProvenance | null;
}

/** The trust of a Project. What is wrong with it is told where something is verified with it. */
export function trustOf(project: Resource | undefined): Trust {
  const { trust } = project?.spec ?? {};
  const said = isObject(trust) ? trust : {};
  const { root } = said;
  return {
    digest: digestJson([said["root"] ?? null, said["plugins"] ?? null]),
    root: rootIn(root),
    signers: signersOf(isArray(said["plugins"]) ? said["plugins"] : []),
  };
}

/** `spec.trust.root` as it is resolved: the text of the file. */
export function rootIn(root: Json | undefined): Result<TrustRoot | null> {
  if (isObject(root)) return unread();
  return typeof root === "string" ? rootOf(root) : ok(null);
}

/** One trust root is parsed once, however many plugins and plans there are. */
let lastRoot: { readonly digest: Digest; readonly result: Result<TrustRoot> } | undefined;

function rootOf(text: string): Result<TrustRoot> {
  const bytes = new TextEncoder().encode(text);
  const digest = digestBytes(bytes);
  if (lastRoot?.digest !== digest) lastRoot = { digest, result: parseTrustRoot(bytes) };
  return lastRoot.result;
}

function signersOf(entries: readonly Json[]): Result<readonly TrustedSigner[]> {
  const signers: TrustedSigner[] = [];
  for (const [i, entry] of entries.entries()) {
    if (!isObject(entry)) continue;
    if (isObject(entry["key"])) return unread();
    const signer = signerOf(ruleOf(entry));
    if (!signer.ok)
      return fail(...signer.diagnostics.map((each) => ({ ...each, context: { ...each.context, pointer: `/spec/trust/plugins/${i}` } })));
    signers.push({ name: textAt(entry, "name") ?? "", signer: signer.value, provenance: provenanceRule(entry["requireProvenance"]) });
  }
  return ok(signers);
}

/** The Project is that of moltbot.yaml alone, as after a destroy: nothing else of the repository was read. */
function unread(): Result<never> {
  return fail(
    problem("TRUST_ROOT_MISSING", {
      detail:
        "The Project names trust root or keys by their files, and of this repository only moltbot.yaml was read, because the record holds no Project.",
      remedy: "Apply what the repository declares first:\n  moltbot apply",
    }),
  );
}

export function ruleOf(entry: JsonObject): Parameters<typeof signerOf>[0] {
  const rule: Record<string, string> = {};
  for (const key of ["identity", "identityPattern", "issuer", "key"]) {
    const value = textAt(entry, key);
    if (value !== undefined) rule[key] = value;
  }
  return rule;
}

export function provenanceRule(value: Json | undefined): RequiredProvenance | null {
  if (!isObject(value)) return null;
  return { builder: textAt(value, "builder") ?? "", source: textAt(value, "source") ?? "" };
}

export function textAt(value: JsonObject, key: string): string | undefined {
  const at = value[key];
  return typeof at === "string" ? at : undefined;
}

/** Nobody of that name is trusted with plugins. */
export function notTrusted(who: string, where: string): ReturnType<typeof problem> {
  return problem("BUNDLE_NOT_ALLOWED", {
    detail: `${who} is not among the signers that ${where} trusts with plugins (spec.trust.plugins).`,
    remedy:
      "Add the signer in a commit of its own and apply it; the plugin comes with the next one. Who judges a commit is decided before it.",
  });
}
