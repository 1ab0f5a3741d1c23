import { escapeText, isArray, isObject, shortDigest, type Address, type Diagnostic, type Digest, type Json } from "../../core/index.ts";
import type { BundleFacts, Claim, PluginManifest } from "../../trust/signatures/index.ts";
import { plainViews, type Views } from "./index.ts";
import { counted } from "./layout.ts";
import { fitted, type Look } from "./look.ts";
import { symbolOf } from "./status.ts";

export interface Started {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
}

export const startedViews: Views<Started> = {
  ...plainViews((started) => ({ formatVersion: "1.0", kind: "PluginStarted", ...started })),
  text: ({ name, folder, files }, look) =>
    fitted(
      look,
      [
        `${symbolOf(look, "ok")} Plugin ${name} in ${escapeText(folder)}/: ${files.join(", ")}`,
        "",
        "Next:",
        `  moltbot plugin pack ${escapeText(folder)}`,
        "",
      ].join("\n"),
    ),
};

export interface Packed {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly digest: Digest;
  readonly bytes: number;
  readonly files: readonly string[];
}

export const packedViews: Views<Packed> = {
  ...plainViews((packed) => ({ formatVersion: "1.0", kind: "PluginPacked", ...packed })),
  text: ({ file, name, version, digest, bytes, files }, look) =>
    fitted(
      look,
      [
        `${symbolOf(look, "ok")} ${escapeText(file)}: ${name} ${version}, ${counted(files.length, "file")}, ${bytes} bytes`,
        `  ${digest}`,
        "",
        "Next:",
        `  moltbot plugin sign ${escapeText(file)} --key FILE`,
        "",
      ].join("\n"),
    ),
};

export interface Signed {
  readonly file: string;
  readonly digest: Digest;
  readonly bundle: string;
  /** PEM; null for a signature with a certificate. */
  readonly publicKey: string | null;
  readonly isProvenance: boolean;
}

export const signedViews: Views<Signed> = {
  ...plainViews((signed) => ({ formatVersion: "1.0", kind: "PluginSigned", ...signed })),
  text: ({ file, digest, bundle, publicKey, isProvenance }, look) =>
    fitted(
      look,
      [
        `${symbolOf(look, "ok")} ${escapeText(bundle)}: ${isProvenance ? "a provenance of" : "signs"} ${escapeText(file)}`,
        `  ${digest}`,
        ...(publicKey === null ? [] : ["  verified with its public key:", "", publicKey.trimEnd()]),
        "",
      ].join("\n"),
    ),
};

export interface CheckedPlugins {
  readonly plugins: readonly { readonly address: Address; readonly facts: BundleFacts; readonly problems: readonly Diagnostic[] }[];
}

export const checkedPluginsViews: Views<CheckedPlugins> = {
  ...plainViews(({ plugins }) => ({
    formatVersion: "1.0",
    kind: "PluginVerification",
    plugins: plugins.map(({ address, facts }) => ({ address, ...facts })),
  })),
  text: ({ plugins }, look) =>
    fitted(
      look,
      plugins.length === 0
        ? "The repository declares no plugin.\n"
        : plugins
            .map(({ address, facts }) => `${symbolOf(look, "ok")} ${address}  ${shortDigest(facts.digest)}  ${signerText(facts)}\n`)
            .join(""),
    ),
};

export interface Inspected {
  readonly file: string;
  readonly digest: Digest;
  readonly bytes: number;
  readonly manifest: PluginManifest;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly digest: Digest; readonly isExecutable: boolean }[];
  /** Who the bundle says has signed it; nothing of that is verified. */
  readonly claim: Claim | null;
}

export const inspectedViews: Views<Inspected> = {
  ...plainViews((inspected) => ({ formatVersion: "1.0", kind: "PluginInspection", ...inspected })),
  text: (inspected, look) => fitted(look, inspectedText(inspected, look)),
};

function inspectedText({ digest, bytes, manifest, files, claim }: Inspected, _look: Look): string {
  const tools = objects(manifest.tools).map((tool) =>
    `  ${escapeText(textOf(tool["name"]))}  ${escapeText(textOf(tool["description"]))}`.trimEnd(),
  );
  const needs = objects(manifest.capabilities).flatMap((need) =>
    objects(need["permissions"]).map((each) =>
      `  ${textOf(need["tool"])} ${textOf(each["action"])} ${escapeText(textOf(each["resource"]))}`.trimEnd(),
    ),
  );
  return [
    `${manifest.name} ${manifest.version}  ${manifest.runtime}  ${escapeText(manifest.entry)}`,
    ...(manifest.description === undefined ? [] : [escapeText(manifest.description)]),
    "",
    `Digest  ${digest}  (${bytes} bytes)`,
    ...(claim ? [`Signer  ${signerText(claim)} (claimed, not verified)`] : []),
    "",
    "Tools",
    ...(tools.length > 0 ? tools : ["  none"]),
    "",
    "Needs",
    ...(needs.length > 0 ? needs : ["  nothing"]),
    "",
    "Files",
    ...files.map((file) => `  ${escapeText(file.path)}  ${file.bytes}${file.isExecutable ? "  executable" : ""}`),
    "",
  ].join("\n");
}

function signerText({ keyed, identity, issuer }: Claim): string {
  return keyed ? "a bare key" : `${escapeText(identity ?? "nobody")}, vouched for by ${escapeText(issuer ?? "nobody")}`;
}

function objects(value: Json | undefined): readonly { readonly [key: string]: Json }[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
