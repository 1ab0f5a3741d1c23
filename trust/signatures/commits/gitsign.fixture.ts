/**
 * Signs as gitsign does, with the real openssl and a private sigstore instance: a key of minutes, its
 * certificate, CMS over the commit, and the log's answer in the unsigned attributes.
 */
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ASN1Obj } from "@sigstore/core";
import { ISSUER, type Chain } from "../bundles/chain.fixture.ts";

export interface GitsignOptions {
  readonly subject?: string;
  readonly issuer?: string;
  /** Options of `openssl cms`, such as `-nodetach`. */
  readonly cms?: readonly string[];
  /** Without the log's answer, as gitsign leaves it out by default. */
  readonly isOnline?: boolean;
  /** What the log's answer is changed to. */
  readonly entry?: (entry: LogAnswer) => LogAnswer;
  /** A certificate of another authority. */
  readonly certificate?: { readonly pem: string; readonly key: string };
}

export interface LogAnswer {
  readonly logIndex: number;
  readonly logID: string;
  readonly integratedTime: number;
  readonly verification: {
    readonly signedEntryTimestamp: string;
    readonly inclusionProof: {
      readonly logIndex: number;
      readonly rootHash: string;
      readonly treeSize: number;
      readonly hashes: readonly string[];
      readonly checkpoint: string;
    };
  };
}

export const PERSON = "https://people.acme.example/ops";

type Instance = Pick<Chain, "url" | "token">;

export async function gitsign(chain: Instance, payload: string, options: GitsignOptions = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "moltbot-gitsign-"));
  try {
    const own = options.certificate ?? (await certified(chain, options));
    const [key, certificate, content] = [join(folder, "key.pem"), join(folder, "cert.pem"), join(folder, "content")];
    writeFileSync(key, own.key);
    writeFileSync(certificate, own.pem);
    writeFileSync(content, payload);
    const args = [
      "cms",
      "-sign",
      "-binary",
      "-in",
      content,
      "-signer",
      certificate,
      "-inkey",
      key,
      "-md",
      "sha256",
      "-outform",
      "DER",
      "-out",
      join(folder, "out"),
    ];
    execFileSync("openssl", [...args, ...(options.cms ?? [])], { stdio: ["ignore", "pipe", "pipe"] });
    const der = readFileSync(join(folder, "out"));
    return armored(options.isOnline ? der : await logged(chain, der, own.pem, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function certified(chain: Instance, { subject = PERSON, issuer = ISSUER }: GitsignOptions): Promise<{ pem: string; key: string }> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const proof = sign("sha256", Buffer.from(subject), privateKey).toString("base64");
  const content = publicKey.export({ type: "spki", format: "pem" });
  const request = {
    credentials: { oidcIdentityToken: chain.token(subject, issuer) },
    publicKeyRequest: { publicKey: { algorithm: "ECDSA", content }, proofOfPossession: proof },
  };
  const answer = (await post(`${chain.url}/api/v2/signingCert`, request)) as {
    signedCertificateEmbeddedSct: { chain: { certificates: string[] } };
  };
  return {
    pem: answer.signedCertificateEmbeddedSct.chain.certificates[0]!,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

/** The CMS with the log's answer to it as an unsigned attribute. */
async function logged(chain: Instance, der: Buffer, pem: string, { entry = (same) => same }: GitsignOptions): Promise<Buffer> {
  const root = ASN1Obj.parseBuffer(Buffer.from(der));
  const info = root.subs[1]!.subs[0]!.subs.at(-1)!.subs[0]!;
  const attributes = Buffer.from(info.subs.find((each) => each.tag.isContextSpecific(0))!.toDER());
  attributes[0] = 0x31;
  const signature = info.subs.at(-1)!.value;
  const body = {
    apiVersion: "0.0.1",
    kind: "hashedrekord",
    spec: {
      data: { hash: { algorithm: "sha256", value: createHash("sha256").update(attributes).digest("hex") } },
      signature: {
        content: signature.toString("base64"),
        publicKey: { content: Buffer.from(new X509Certificate(pem).toString()).toString("base64") },
      },
    },
  };
  const answers = (await post(`${chain.url}/api/v1/log/entries`, body)) as Record<string, LogAnswer>;
  const message = entryMessage(entry(Object.values(answers)[0]!));
  const attribute = tlv(0x30, Buffer.concat([tlv(0x06, oid("1.3.6.1.4.1.57264.3.1")), tlv(0x31, tlv(0x04, message))]));
  const unsigned = tlv(0xa1, attribute);
  return rebuilt(root, info, unsigned);
}

/** Puts the attributes at the end of the signer and makes every length around it right. */
function rebuilt(node: ASN1Obj, info: ASN1Obj, unsigned: Buffer): Buffer {
  const der = node.toDER();
  if (node === info) return tlv(der[0]!, Buffer.concat([...node.subs.map((each) => each.toDER()), unsigned]));
  if (node.subs.length === 0) return der;
  return tlv(der[0]!, Buffer.concat(node.subs.map((each) => rebuilt(each, info, unsigned))));
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const parts = [first * 40 + second, ...rest].flatMap((arc) => {
    const bytes = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
    return bytes;
  });
  return Buffer.from(parts);
}

function entryMessage({ logIndex, logID, integratedTime, verification }: LogAnswer): Buffer {
  const { signedEntryTimestamp, inclusionProof: proof } = verification;
  return Buffer.concat([
    number(1, logIndex),
    field(2, field(1, Buffer.from(logID, "hex"))),
    field(3, Buffer.concat([field(1, Buffer.from("hashedrekord")), field(2, Buffer.from("0.0.1"))])),
    number(4, integratedTime),
    field(5, field(1, Buffer.from(signedEntryTimestamp, "base64"))),
    field(
      6,
      Buffer.concat([
        number(1, proof.logIndex),
        field(2, Buffer.from(proof.rootHash, "hex")),
        number(3, proof.treeSize),
        ...proof.hashes.map((each) => field(4, Buffer.from(each, "hex"))),
        field(5, field(1, Buffer.from(proof.checkpoint))),
      ]),
    ),
  ]);
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let left = BigInt(value);
  do {
    const rest = left >> 7n;
    out.push(Number(left & 0x7fn) | (rest > 0n ? 0x80 : 0));
    left = rest;
  } while (left > 0n);
  return Buffer.from(out);
}

function number(name: number, value: number): Buffer {
  return value === 0 ? Buffer.alloc(0) : Buffer.concat([varint(name << 3), varint(value)]);
}

function field(name: number, value: Buffer): Buffer {
  return Buffer.concat([varint((name << 3) | 2), varint(value.length), value]);
}

export function armored(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN SIGNED MESSAGE-----\n${lines.join("\n")}\n-----END SIGNED MESSAGE-----\n`;
}
