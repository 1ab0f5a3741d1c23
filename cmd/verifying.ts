import fs from "node:fs";
import { digestBytes, fail, isDigest, LIMITS, ok, problem, type Result } from "../core/index.ts";
import { loadBundles, type Artifact, type Signer, type TrustRoot, type Verified } from "../trust/signatures/index.ts";
import { Flags } from "./flags.ts";
import { readInputFile, readInputText } from "./input-file.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage.ts";

/** Who must have signed, and whom we believe: shared by the commands that verify. */
export const SIGNER_FLAGS = {
  "certificate-identity": Flags.string({
    helpValue: "ID",
    description: "the identity that the certificate must hold, compared exactly",
    env: "MOLTBOT_CERTIFICATE_IDENTITY",
  }),
  "certificate-oidc-issuer": Flags.string({
    helpValue: "URL",
    description: "who must have vouched for it, compared exactly",
    env: "MOLTBOT_CERTIFICATE_OIDC_ISSUER",
  }),
  key: Flags.string({ helpValue: "PEM", description: "the public key of the signer, a file in PEM form", env: "MOLTBOT_KEY" }),
  "trusted-root": Flags.string({
    helpValue: "FILE",
    description: "the sigstore trust root (default: the Project's)",
    env: "MOLTBOT_TRUSTED_ROOT",
  }),
};

export interface SignerFlags {
  readonly "certificate-identity"?: string | undefined;
  readonly "certificate-oidc-issuer"?: string | undefined;
  readonly key?: string | undefined;
  readonly "trusted-root"?: string | undefined;
}

/** The one bundle, the one artifact, the one signer of a command line, verified. */
export async function verifyGiven(session: Session, bundle: string, artifact: Artifact, flags: SignerFlags): Promise<Result<Verified>> {
  const signer = await signerGiven(flags);
  if (!signer.ok) return signer;
  const bytes = readInputFile(bundle, LIMITS.bundleBytes);
  if (!bytes.ok) return bytes;
  const root = await rootGiven(session, flags["trusted-root"]);
  if (!root.ok) return root;
  const { verifyBundle } = await loadBundles();
  return verifyBundle({ bundle: bytes.value, artifact, root: root.value, signer: signer.value });
}

/** One way of naming the signer, whole. No signer at all would mean that anybody may have signed. */
async function signerGiven(flags: SignerFlags): Promise<Result<Signer>> {
  const { "certificate-identity": identity, "certificate-oidc-issuer": issuer, key } = flags;
  if (key !== undefined && (identity !== undefined || issuer !== undefined))
    throw new UsageError("--key and --certificate-identity name two different signers.");
  if (key === undefined && (identity === undefined || issuer === undefined))
    throw new UsageError("Who must have signed? Give --certificate-identity and --certificate-oidc-issuer, or --key.");
  const { signerOf } = await loadBundles();
  if (key === undefined) return signerOf({ ...(identity === undefined ? {} : { identity }), ...(issuer === undefined ? {} : { issuer }) });
  const pem = readInputText(key, LIMITS.trustRootBytes);
  return pem.ok ? signerOf({ key: pem.value }) : pem;
}

async function rootGiven(session: Session, file: string | undefined): Promise<Result<TrustRoot | null>> {
  const bytes = file === undefined ? await projectRoot(session) : namedRoot(file);
  if (!bytes.ok) return bytes;
  return bytes.value === null ? ok(null) : (await loadBundles()).parseTrustRoot(bytes.value);
}

function namedRoot(file: string): Result<Uint8Array> {
  const read = readInputFile(file, LIMITS.trustRootBytes);
  if (read.ok) return read;
  const detail = read.diagnostics.map((each) => each.detail).join(" ");
  return fail(problem("TRUST_ROOT_MISSING", { detail, remedy: "Name another file with --trusted-root.", context: { file } }));
}

/** Without a Project there is no trust root either; a Project that cannot be read is its own problem. */
async function projectRoot(session: Session): Promise<Result<Uint8Array | null>> {
  const { trustRootOf } = await import("../reconciler/engine.ts");
  const root = await trustRootOf(session.query, await session.world());
  const isNoProject = !root.ok && root.diagnostics.every((each) => each.code === "PROJECT_NOT_FOUND");
  return isNoProject ? ok(null) : root;
}

/** A digest as text, unless a file has that very name; anything else is a path. */
export function artifactGiven(text: string): Result<Artifact> {
  if (isDigest(text) && !fs.existsSync(text)) return ok({ sha256: text.slice("sha256:".length) });
  const bytes = readInputFile(text, LIMITS.artifactBytes);
  return bytes.ok ? ok({ sha256: digestBytes(bytes.value).slice("sha256:".length), bytes: bytes.value }) : bytes;
}
