import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { escapeText, fail, LIMITS, ok, problem, type Result } from "../core/index.ts";
import {
  encodeClaim,
  encodeEnvelope,
  loadSigning,
  signableOf,
  signedBytes,
  SSH_NAMESPACE,
  STATEMENT_TYPE,
  type Signable,
  type Statement,
} from "../trust/signatures/index.ts";

/** With what a statement is signed. */
export type SignWith =
  /** A key of OpenSSH, or the public half of one that the agent holds. `ssh-keygen` signs, so hardware keys and passphrases work. */
  | { readonly kind: "ssh"; readonly file: string; readonly agent: string | null; readonly searchPath: string }
  /** A private key in PEM form. */
  | { readonly kind: "pem"; readonly file: string }
  /** A short-lived certificate for the identity of a token. */
  | { readonly kind: "keyless"; readonly token: string; readonly services: Services; readonly now: Date };

interface Services {
  readonly fulcioUrl: string;
  readonly rekorUrl: string;
  readonly tsaUrl?: string;
}

/** Signs a statement about a plan: {@link signClaim}. */
export async function signAttestation(statement: Statement, by: SignWith, signal: AbortSignal): Promise<Result<string>> {
  return await signClaim(signableOf(statement), by, signal);
}

/**
 * Signs what is claimed of one thing.
 *
 * @returns the text of the file: a DSSE envelope for an SSH key, else a sigstore bundle. `SIGNING_FAILED`, `SIGNING_KEY_INVALID`, `IDENTITY_TOKEN_INVALID`.
 */
export async function signClaim(claim: Signable, by: SignWith, signal: AbortSignal): Promise<Result<string>> {
  if (by.kind === "ssh") return await signedBySsh(claim, by, signal);
  const { keySigner, keylessSigner, signStatement, signingKey, tokenProblem } = await loadSigning();
  const { subject, predicateType, predicate } = claim;
  if (by.kind === "keyless") {
    const wrong = tokenProblem(by.token, by.now);
    return wrong ? fail(wrong) : await signStatement(subject, predicateType, predicate, keylessSigner(by.services, by.token));
  }
  const pem = readKey(by.file);
  const key = pem.ok ? signingKey(pem.value) : pem;
  return key.ok ? await signStatement(subject, predicateType, predicate, keySigner(key.value)) : key;
}

const MAX_KEY_BYTES = 64 * 1024;

/** The text of a key file of either form. */
export function readKey(file: string): Result<string> {
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile() || facts.size > MAX_KEY_BYTES) return failed(`${escapeText(file)} is not a key file`);
    return ok(fs.readFileSync(file, "utf8"));
  } catch (error) {
    return failed(`${escapeText(file)} could not be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

const FIRST_LINE = "-----BEGIN SSH SIGNATURE-----";
const LAST_LINE = "-----END SSH SIGNATURE-----";

async function signedBySsh(claim: Signable, by: SignWith & { readonly kind: "ssh" }, signal: AbortSignal): Promise<Result<string>> {
  const payload = encodeClaim(claim);
  const armored = await sshKeygen(signedBytes(STATEMENT_TYPE, payload), by, signal);
  if (!armored.ok) return armored;
  const body = armored.value.trim().split("\n");
  if (body[0] !== FIRST_LINE || body.at(-1) !== LAST_LINE) return failed("ssh-keygen printed no signature");
  const sig = Buffer.from(body.slice(1, -1).join(""), "base64");
  return ok(encodeEnvelope({ payloadType: STATEMENT_TYPE, payload, signatures: [{ keyid: "", sig }] }));
}

/** `ssh-keygen -Y sign` over standard input. It may ask for a passphrase or a touch, on the terminal itself. */
async function sshKeygen(
  message: Uint8Array,
  { file, agent, searchPath }: SignWith & { readonly kind: "ssh" },
  signal: AbortSignal,
): Promise<Result<string>> {
  const env = { PATH: absoluteOnly(searchPath), ...(agent === null ? {} : { SSH_AUTH_SOCK: agent }) };
  // Absolute, so that no name is taken for an option.
  const child = spawn("ssh-keygen", ["-Y", "sign", "-q", "-n", SSH_NAMESPACE, "-f", path.resolve(file)], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
    shell: false,
    timeout: LIMITS.signingAnswerMs,
    signal,
  });
  return await new Promise((resolve) => {
    let out = "";
    let why = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out = (out + chunk.toString("latin1")).slice(0, MAX_KEY_BYTES);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      why = (why + chunk.toString("utf8")).slice(0, 1_000);
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve(failed(error.code === "ENOENT" ? "the program ssh-keygen is not installed" : "ssh-keygen could not be run")),
    );
    child.on("close", (code) => resolve(code === 0 ? ok(out) : failed(`ssh-keygen says: ${spoken(why)}`)));
    child.stdin.on("error", () => undefined);
    child.stdin.end(message);
  });
}

/** In one line, without the frame that it draws around warnings. */
function spoken(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !line.startsWith("@"));
  return escapeText(said.join(" ").replace(/\.$/, "")) || "nothing";
}

function absoluteOnly(searchPath: string): string {
  return searchPath
    .split(path.delimiter)
    .filter((entry) => path.isAbsolute(entry))
    .join(path.delimiter);
}

function failed(why: string): Result<never> {
  return fail(
    problem("SIGNING_FAILED", {
      detail: `Nothing was signed: ${why}.`,
      remedy:
        "Name a key you hold, in a file that you alone can read; --ssh-key takes what ssh-keygen makes, --key a PEM file:\n  --ssh-key ~/.ssh/id_ed25519",
    }),
  );
}
