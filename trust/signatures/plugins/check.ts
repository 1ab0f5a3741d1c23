import {
  addressOf,
  caution,
  digestBytes,
  digestJson,
  fail,
  isDigest,
  isObject,
  ok,
  problem,
  shortDigest,
  shown,
  type Address,
  type Diagnostic,
  type Digest,
  type Json,
  type JsonObject,
  type Origin,
  type Resource,
  type Result,
} from "../../../core/index.ts";
import { byteCount } from "../../../schemas/index.ts";
import { readArchive } from "../archive/index.ts";
import { isBundled, isBundledSkill } from "../archives-of.ts";
import { fits, signerOf, type Signer, type Verified } from "../bundles/index.ts";
import { badCredentials, type BadCredential } from "./credentials.ts";
import { manifestOf } from "./manifest.ts";
import { verifyOnce } from "./memo.ts";
import { contentOf, skillVersion, type Content } from "./content.ts";
import { meets, provenanceOf, type RequiredProvenance } from "./provenance.ts";
import type { Disagreement } from "./agree.ts";
import { notTrusted, provenanceRule, ruleOf, textAt, trustOf, type Trust } from "./trust.ts";
import { compareVersions } from "./version.ts";

/** What was found out about the bundle of one plugin or skill; what policies are told of it. */
export interface BundleFacts {
  readonly verified: boolean;
  readonly identity: string | null;
  readonly issuer: string | null;
  readonly digest: Digest;
  readonly keyed: boolean;
}

/** Who signed an archive, for people; the key by the sha256 of its DER form. */
export interface BundleSigner {
  readonly identity: string | null;
  readonly issuer: string | null;
  readonly key: Digest | null;
  /** The archive's own digest. */
  readonly digest: Digest;
  /** The earliest time of signing that somebody trusted says, and where trusted logs have it. */
  readonly signedAt: string | null;
  readonly logged: readonly string[];
}

export interface PluginsToCheck {
  /** Resolved resources; those that come without a bundle are passed over. */
  readonly resources: readonly Resource[];
  /** The bytes of archives and bundles. */
  readonly values: (digest: Digest) => Uint8Array | undefined;
  /** The Projects that judge: the declared one, and the active one where it is another. All must agree. */
  readonly projects: readonly Resource[];
  /** What an address that changes held before; null where nothing was. */
  readonly before: (address: Address) => Resource | null;
  readonly originOf: (address: Address, pointer: string) => Origin | undefined;
}

export interface PluginCheck {
  readonly facts: ReadonlyMap<Address, BundleFacts>;
  /** Of every archive that was verified. */
  readonly signers: ReadonlyMap<Address, BundleSigner>;
  /** Why the plan may not be applied. */
  readonly problems: readonly Diagnostic[];
  readonly remarks: readonly Diagnostic[];
  /** Over what was verified. */
  readonly digest: Digest;
}

/** Every plugin and bundled skill of the desired state: authentic, from somebody allowed, pinned, whole, and as its resource says. */
export async function checkPlugins(check: PluginsToCheck): Promise<PluginCheck> {
  const trusts = check.projects.map(trustOf);
  const facts = new Map<Address, BundleFacts>();
  const signers = new Map<Address, BundleSigner>();
  const problems = new Map<string, Diagnostic>();
  const remarks: Diagnostic[] = [];
  for (const resource of check.resources.filter(isBundled)) {
    const address = addressOf(resource.kind, resource.metadata.name);
    const one = await checkOne({ resource, address, bundle: objectAt(resource.spec, "bundle"), trusts, check });
    facts.set(address, one.facts);
    if (one.verified) signers.set(address, signerFacts(resource, one.facts, one.verified));
    // What is wrong with the Project is the same for every plugin, and told once.
    for (const each of [...one.problems, ...badCredentialsOf(resource, address, check)])
      problems.set(JSON.stringify([each.code, each.detail, each.origin ?? null]), each);
    remarks.push(...one.remarks);
  }
  return { facts, signers, problems: [...problems.values()], remarks, digest: digestJson([...facts] as unknown as Json) };
}

/** A skill brings text and asks for nothing. */
function badCredentialsOf(resource: Resource, address: Address, { originOf }: PluginsToCheck): readonly Diagnostic[] {
  return isBundledSkill(resource) ? [] : badCredentials(resource).map((each) => badCredential(address, each, originOf));
}

function badCredential(address: Address, { pointer, what }: BadCredential, originOf: PluginsToCheck["originOf"]): Diagnostic {
  const origin = originOf(address, pointer);
  return problem("PLUGIN_CREDENTIAL_INVALID", {
    detail: `${address} gives a credential that cannot go along: ${what}.`,
    remedy:
      "Name requests that the plugin may make by their host, such as `https://api.example.com/**`, and a header for the credential alone.",
    ...(origin ? { origin } : {}),
    context: { address, pointer },
  });
}

function signerFacts({ spec }: Resource, { identity, issuer, keyed, digest }: BundleFacts, { signedAt, logged }: Verified): BundleSigner {
  const signer = keyed ? signerOf(ruleOf(objectAt(spec, "signer"))) : undefined;
  const key = signer?.ok && signer.value.kind === "key" ? digestBytes(Buffer.from(signer.value.id, "hex")) : null;
  return { identity, issuer, key, digest, signedAt, logged };
}

interface Case {
  readonly resource: Resource;
  readonly address: Address;
  readonly bundle: JsonObject;
  readonly trusts: readonly Trust[];
  readonly check: PluginsToCheck;
}

interface Finding {
  readonly facts: BundleFacts;
  /** What the signature showed, once it is authentic; the facts say so too. */
  readonly verified?: Verified;
  readonly problems: readonly Diagnostic[];
  readonly remarks: readonly Diagnostic[];
}

async function checkOne(of: Case): Promise<Finding> {
  const pin = textAt(of.bundle, "digest");
  const digest: Digest = isDigest(pin) ? pin : digestBytes("");
  const unknown: BundleFacts = { verified: false, identity: null, issuer: null, digest, keyed: false };
  const file = bytesAt(of, "file");
  if (!file.ok) return { facts: unknown, problems: file.diagnostics, remarks: [] };
  const signed = authentic(of, file.value);
  if (!signed.ok) return { facts: unknown, problems: signed.diagnostics, remarks: [] };
  const content = await unpacked(of, file.value);
  const { identity, issuer, keyed } = signed.value;
  const facts: BundleFacts = { verified: true, identity, issuer, digest: digestBytes(file.value), keyed };
  const pinned = pinProblem(of, digest, facts.digest, content);
  const verified = signed.value;
  if (pinned) return { facts, verified, problems: [pinned], remarks: [] };
  if (!content.ok) return { facts, verified, problems: content.diagnostics, remarks: [] };
  const found = content.value.disagreements.map((each) => disagreement(of, each));
  return {
    facts,
    verified,
    problems: found.filter(({ severity }) => severity === "error"),
    remarks: [...found.filter(({ severity }) => severity === "warning"), ...(await downgrade(of, digest, content.value))],
  };
}

/** The signature, the signer, and how it was built: by the resource's own rules and by every judging Project's. */
function authentic(of: Case, bytes: Uint8Array): Result<Verified> {
  const { resource, bundle, trusts } = of;
  const signer = signerOf(ruleOf(objectAt(resource.spec, "signer")));
  if (!signer.ok) return placed(of, "/spec/signer", signer);
  if (bundle["signature"] === undefined) return fail(missing(of, "BUNDLE_MISSING", "/spec/bundle", "a signature"));
  const signature = bytesAt(of, "signature");
  if (!signature.ok) return signature;
  let verified: Result<Verified> | undefined;
  for (const [i, trust] of trusts.entries()) {
    const next = byTrust(of, bytes, signature.value, signer.value, { trust, isActive: i > 0 });
    if (!next.ok) return next;
    verified ??= next;
  }
  return verified ?? fail(notTrusted(of.address, "nobody"));
}

interface Judge {
  readonly trust: Trust;
  /** Of the generation that is active, which may be another than the declared one. */
  readonly isActive: boolean;
}

function byTrust(of: Case, bytes: Uint8Array, signature: Uint8Array, signer: Signer, { trust, isActive }: Judge): Result<Verified> {
  const { root, signers } = trust;
  if (!root.ok) return atProject(of, "/spec/trust/root", root);
  if (!signers.ok) return atProject(of, "/spec/trust/plugins", signers);
  const request = { signer, root: root.value, bundle: signature, bundleDigest: digestBytes(signature) };
  const verified = verifyOnce({ ...request, artifact: { sha256: hexOf(digestBytes(bytes)), bytes } });
  if (!verified.ok)
    return placed(of, verified.diagnostics[0]?.code === "BUNDLE_NOT_ALLOWED" ? "/spec/signer" : "/spec/bundle/signature", verified);
  const other = otherStatement(verified.value);
  if (other) return placed(of, "/spec/bundle/signature", other);
  const trusted = signers.value.find((each) => accepts(each.signer, signer, verified.value));
  const where = isActive ? "the active generation's Project" : "moltbot.yaml";
  if (!trusted) return placed(of, "/spec/signer", fail(notTrusted(whoOf(verified.value), where)));
  const required = [provenanceRule(of.resource.spec["requireProvenance"]), trusted.provenance].filter((each) => each !== null);
  for (const rule of required) {
    const wrong = provenanceProblem(of, hexOf(digestBytes(bytes)), signer, trust, rule);
    if (wrong) return wrong;
  }
  return verified;
}

/**
 * A signature is made over the archive, or is a provenance: who builds something and says so stands for it. Whoever
 * states something else of an archive, such as that a check failed, does not sign it.
 */
function otherStatement({ statement }: Verified): Failed | undefined {
  if (statement === null || provenanceOf(statement)) return undefined;
  return fail(
    problem("BUNDLE_UNTRUSTED", {
      detail: `The signature is a statement of the type ${shown(statement.predicateType)} about the archive, which does not say that it is meant to be used.`,
      remedy: "Sign the archive itself:\n  moltbot plugin sign FILE",
    }),
  );
}

function accepts(trusted: Signer, demanded: Signer, { identity, issuer }: Verified): boolean {
  if (trusted.kind === "key") return demanded.kind === "key" && trusted.id === demanded.id;
  return identity !== null && issuer !== null && fits(trusted, identity, issuer);
}

function whoOf({ identity, issuer }: Verified): string {
  return identity === null ? "The key that signed it" : `${identity} (${issuer ?? "nobody"})`;
}

function provenanceProblem(
  of: Case,
  sha256: string,
  signer: Signer,
  { root }: Trust,
  required: RequiredProvenance,
): Result<never> | undefined {
  if (of.bundle["provenance"] === undefined) return fail(missing(of, "PROVENANCE_MISSING", "/spec/bundle", "a provenance"));
  const bundle = bytesAt(of, "provenance");
  if (!bundle.ok) return bundle;
  const pointer = "/spec/bundle/provenance";
  const request = { bundle: bundle.value, bundleDigest: digestBytes(bundle.value), artifact: { sha256 }, signer };
  const verified = verifyOnce({ ...request, root: root.ok ? root.value : null });
  if (!verified.ok) return placed(of, pointer, verified);
  const provenance = verified.value.statement && provenanceOf(verified.value.statement);
  if (!provenance) return fail(missing(of, "PROVENANCE_MISSING", pointer, "a SLSA provenance"));
  if (meets(provenance, required)) return undefined;
  const detail = `It was built by ${provenance.builder} from ${provenance.sources.join(", ") || "an unnamed source"}; demanded is ${required.builder} from ${required.source}.`;
  return placed(of, pointer, fail(problem("PROVENANCE_NOT_ALLOWED", { detail })));
}

/** What is inside, read as a whole. */
async function unpacked(of: Case, bytes: Uint8Array): Promise<Result<Content>> {
  const allowed = byteCount(textAt(of.bundle, "maxBytes") ?? "") ?? Infinity;
  if (bytes.byteLength > allowed) {
    const detail = `The archive has ${bytes.byteLength} bytes; bundle.maxBytes allows ${allowed}.`;
    return placed(of, "/spec/bundle/file", fail(problem("ARCHIVE_LIMIT", { detail })));
  }
  const archive = readArchive(bytes);
  const content = archive.ok ? await contentOf(of.resource, archive.value) : archive;
  return content.ok ? content : placed(of, "/spec/bundle/file", content);
}

/** Authentic, but another archive than the one that was reviewed. */
function pinProblem(of: Case, pin: Digest, found: Digest, content: Result<Content>): Diagnostic | undefined {
  if (pin === found) return undefined;
  const version = content.ok && content.value.version !== null ? `version ${content.value.version}` : "of a version that cannot be read";
  return at(of, "/spec/bundle/digest", {
    code: "PLUGIN_NOT_PINNED",
    detail: `${of.address} pins ${shortDigest(pin)}, and the archive is ${shortDigest(found)}, ${version}. Its signature is authentic.`,
    remedy: `If this archive is meant, pin it in a reviewed commit:\n  digest: ${found}`,
  });
}

/** The pin went back to an older version, or to another content of the same: allowed, because the repository says so. */
async function downgrade(of: Case, digest: Digest, { version }: Content): Promise<readonly Diagnostic[]> {
  const before = of.check.before(of.address);
  const bundle = before ? objectAt(before.spec, "bundle") : {};
  const recorded = bundle["file"];
  if (!isDigest(recorded) || recorded === digest) return [];
  const old = before && (await versionBefore(of, before, recorded));
  if (version === null || old === null || compareVersions(version, old) > 0) return [];
  const same = version === old;
  return [
    caution("PLUGIN_ROLLED_BACK", {
      detail: `${of.address} goes ${same ? `from one archive of version ${version} to another` : `back from version ${old} to ${version}`}, as the repository pins it.`,
      ...originAt(of, "/spec/bundle/digest"),
      context: { address: of.address },
    }),
  ];
}

/** The version that a plugin says itself; of a skill, the one that its resource said. */
async function versionBefore(of: Case, before: Resource, recorded: Digest): Promise<string | null> {
  if (isBundledSkill(before)) return skillVersion(before);
  const bytes = of.check.values(recorded);
  const archive = bytes ? readArchive(bytes) : undefined;
  const old = archive?.ok ? await manifestOf(archive.value) : undefined;
  return old?.ok ? old.value.version : null;
}

function disagreement(of: Case, { pointer, what, isRemark }: Disagreement): Diagnostic {
  if (isBundledSkill(of.resource))
    return at(of, pointer, { code: "SKILL_BUNDLE_INVALID", detail: `${of.address} and its archive disagree: ${what}.` });
  const parts = { code: "PLUGIN_MISMATCH", detail: `${of.address} and the plugin.yaml of its archive disagree: ${what}.` } as const;
  const found = at(of, pointer, parts);
  return isRemark ? { ...found, severity: "warning" } : found;
}

type Field = "file" | "signature" | "provenance";

function bytesAt(of: Case, field: Field): Result<Uint8Array> {
  const digest = of.bundle[field];
  const bytes = isDigest(digest) ? of.check.values(digest) : undefined;
  if (bytes) return ok(bytes);
  return fail(
    at(of, `/spec/bundle/${field}`, {
      code: "PLUGIN_CORRUPT",
      detail: `The bytes of bundle.${field} of ${of.address} are not in the record any more.`,
    }),
  );
}

function missing(of: Case, code: "BUNDLE_MISSING" | "PROVENANCE_MISSING", pointer: string, what: string): Diagnostic {
  return at(of, pointer, {
    code,
    detail: `${of.address} comes without ${what}.`,
    remedy: "Sign it, add the file to the repository and name it here:\n  moltbot plugin sign FILE",
  });
}

type Parts = Parameters<typeof problem>[1] & { readonly code: Parameters<typeof problem>[0] };

function at(of: Case, pointer: string, { code, ...parts }: Parts): Diagnostic {
  return problem(code, { ...parts, ...originAt(of, pointer), context: { address: of.address, pointer } });
}

function originAt({ check, address }: Case, pointer: string): { readonly origin?: Origin } {
  const origin = check.originOf(address, pointer);
  return origin ? { origin } : {};
}

type Failed = Extract<Result<unknown>, { readonly ok: false }>;

function placed(of: Case, pointer: string, { diagnostics }: Failed): Failed {
  return fail(
    ...diagnostics.map((each) => ({ ...each, ...originAt(of, pointer), context: { ...each.context, address: of.address, pointer } })),
  );
}

function atProject({ check }: Case, pointer: string, { diagnostics }: Failed): Failed {
  const [project] = check.projects;
  const address = addressOf("Project", project?.metadata.name ?? "");
  return fail(
    ...diagnostics.map((each) => {
      const exact = each.context["pointer"];
      const origin = check.originOf(address, typeof exact === "string" ? exact : pointer);
      return { ...each, ...(origin ? { origin } : {}), context: { address, pointer } };
    }),
  );
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isObject(found) ? found : {};
}

function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}
