import path from "node:path";
import { digestBytes, fail, LIMITS, mapResult, ok, type Json, type Result } from "../../../core/index.ts";
import { loadBundles, loadSigning } from "../../../trust/signatures/index.ts";
import { MoltbotCommand } from "../../base.ts";
import { Args, Flags, outputFlag } from "../../flags.ts";
import { readInputFile, readInputText } from "../../input-file.ts";
import { writeOneFile } from "../../new-files.ts";
import { conclude } from "../../session.ts";
import { keylessOf, SIGNER_CONTRADICTIONS, SIGNER_FLAGS, type SignerFlags } from "../../signing-flags.ts";
import { UsageError } from "../../usage.ts";
import { signedViews, type Signed } from "../../views/plugin.ts";

export default class PluginSign extends MoltbotCommand {
  static override summary = "Sign an archive: a sigstore bundle beside it";
  static override description =
    "With --key the private key signs and nobody is asked. Without, a certificate authority (Fulcio) gives a certificate for the identity of a " +
    "token, and a transparency log (Rekor) and optionally a timestamp authority bear witness; all three can be your own. With --provenance " +
    "not the archive is signed but a statement about how it was built.";
  static override examples = [
    { description: "With a key of your own", command: "<%= config.bin %> plugin sign weather-1.4.0.tar.gz --key ~/keys/plugin.key" },
    {
      description: "Keyless, with your own sigstore instance",
      command:
        "<%= config.bin %> plugin sign weather-1.4.0.tar.gz --identity-token-file token.jwt --fulcio-url https://fulcio.acme.example --rekor-url https://rekor.acme.example --tsa-url https://tsa.acme.example",
    },
    {
      description: "A provenance that the build wrote",
      command: "<%= config.bin %> plugin sign weather-1.4.0.tar.gz --key ~/keys/plugin.key --provenance provenance.json",
    },
  ];
  static override args = { file: Args.string({ description: "the archive", required: true, ignoreStdin: true }) };
  static override contradictions = SIGNER_CONTRADICTIONS;
  static override flags = {
    output: outputFlag("text", "json", "yaml"),
    ...SIGNER_FLAGS,
    provenance: Flags.string({
      helpValue: "FILE",
      description: "sign the SLSA provenance (v1 predicate, JSON) in this file, about the archive",
      env: "MOLTBOT_PROVENANCE",
    }),
    out: Flags.string({
      helpValue: "FILE",
      description: "write the bundle here (default: FILE.sigstore.json, FILE.provenance.json)",
      env: "MOLTBOT_OUT",
    }),
    force: Flags.boolean({ description: "replace the bundle if it is there", env: "MOLTBOT_FORCE" }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.read(PluginSign);
    const session = this.session(flags);
    const world = await session.world();
    return conclude(session, await sign(args.file, flags, world.clock.now()), { views: signedViews });
  }
}

interface SignFlags extends SignerFlags {
  readonly provenance?: string | undefined;
  readonly out?: string | undefined;
  readonly force: boolean;
}

type Signing = Awaited<ReturnType<typeof loadSigning>>;
type By = Parameters<Signing["signArtifact"]>[1];

async function sign(file: string, flags: SignFlags, now: Date): Promise<Result<Signed>> {
  const bytes = readInputFile(file, LIMITS.artifactBytes);
  if (!bytes.ok) return bytes;
  const predicate = flags.provenance === undefined ? null : jsonFile(flags.provenance);
  if (predicate && !predicate.ok) return predicate;
  const signing = await loadSigning();
  const by = flags.key === undefined ? keyless(signing, flags, now) : keyed(signing, flags.key);
  if (!by.ok) return by;
  const digest = digestBytes(bytes.value);
  const subject = { name: path.basename(file), sha256: digest.slice("sha256:".length) };
  const made = predicate
    ? await signing.signStatement(subject, "https://slsa.dev/provenance/v1", predicate.value, by.value.by)
    : await signing.signArtifact(bytes.value, by.value.by);
  if (!made.ok) return made;
  const checked = await holds(made.value, subject.sha256, bytes.value, by.value.publicKey);
  if (!checked.ok) return checked;
  const out = flags.out ?? `${file}.${predicate ? "provenance" : "sigstore"}.json`;
  const written = writeOneFile(out, made.value, flags.force);
  return mapResult(written, () => ({ file, digest, bundle: out, publicKey: by.value.publicKey, isProvenance: predicate !== null }));
}

interface Signer {
  readonly by: By;
  readonly publicKey: string | null;
}

function keyed({ signingKey, keySigner }: Signing, file: string): Result<Signer> {
  const pem = readInputText(file, LIMITS.identityFileBytes);
  if (!pem.ok) return pem;
  const key = signingKey(pem.value);
  return mapResult(key, (value) => ({ by: keySigner(value), publicKey: value.publicKey }));
}

function keyless({ keylessSigner, tokenProblem }: Signing, flags: SignFlags, now: Date): Result<Signer> {
  const found = keylessOf(flags);
  if (!found.ok) return found;
  const { token, services } = found.value;
  const wrong = tokenProblem(token, now);
  return wrong ? fail(wrong) : ok({ by: keylessSigner(services, token), publicKey: null });
}

/** What was signed with a key is read back and verified before it is written. */
async function holds(bundle: string, sha256: string, bytes: Uint8Array, publicKey: string | null): Promise<Result<void>> {
  if (publicKey === null) return ok(undefined);
  const { signerOf, verifyBundle } = await loadBundles();
  const signer = signerOf({ key: publicKey });
  if (!signer.ok) return signer;
  const request = { bundle: new TextEncoder().encode(bundle), artifact: { sha256, bytes }, root: null, signer: signer.value };
  return mapResult(verifyBundle(request), () => undefined);
}

function jsonFile(file: string): Result<Json> {
  const text = readInputText(file, LIMITS.statementBytes);
  if (!text.ok) return text;
  try {
    return ok(JSON.parse(text.value) as Json);
  } catch {
    throw new UsageError(`--provenance takes a JSON file, and ${file} is none.`);
  }
}
