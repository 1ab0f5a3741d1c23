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
        `  moltbot plugin test ${escapeText(folder)}`,
        `  moltbot plugin pack ${escapeText(folder)}`,
        "",
      ].join("\n"),
    ),
};

export interface Packed {
  readonly file: string;
  readonly kind: "plugin" | "skill";
  readonly name: string;
  /** Null for a skill: its resource says it. */
  readonly version: string | null;
  readonly digest: Digest;
  readonly bytes: number;
  readonly files: readonly string[];
}

export const packedViews: Views<Packed> = {
  ...plainViews(({ kind, ...packed }) => ({ formatVersion: "1.0", kind: "PluginPacked", packed: kind, ...packed })),
  text: ({ file, name, version, digest, bytes, files }, look) =>
    fitted(
      look,
      [
        `${symbolOf(look, "ok")} ${escapeText(file)}: ${[escapeText(name), ...(version === null ? [] : [version])].join(" ")}, ${counted(files.length, "file")}, ${bytes} bytes`,
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
        ? "The repository declares no plugin and no bundled skill.\n"
        : plugins
            .map(({ address, facts }) => `${symbolOf(look, "ok")} ${address}  ${shortDigest(facts.digest)}  ${signerText(facts)}\n`)
            .join(""),
    ),
};

export interface Inspected {
  readonly file: string;
  readonly digest: Digest;
  readonly bytes: number;
  /** What a plugin says of itself; null for a skill. */
  readonly manifest: PluginManifest | null;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly digest: Digest; readonly isExecutable: boolean }[];
  /** Who the bundle says has signed it; nothing of that is verified. */
  readonly claim: Claim | null;
}

export const inspectedViews: Views<Inspected> = {
  ...plainViews((inspected) => ({ formatVersion: "1.0", kind: "PluginInspection", ...inspected })),
  text: (inspected, look) => fitted(look, inspectedText(inspected, look)),
};

function inspectedText({ digest, bytes, manifest, files, claim }: Inspected, _look: Look): string {
  return [
    ...(manifest ? titleOf(manifest) : ["a skill: SKILL.md is its prompt"]),
    "",
    `Digest  ${digest}  (${bytes} bytes)`,
    ...(claim ? [`Signer  ${signerText(claim)} (claimed, not verified)`] : []),
    ...(manifest ? demandsOf(manifest) : []),
    "",
    "Files",
    ...files.map((file) => `  ${escapeText(file.path)}  ${file.bytes}${file.isExecutable ? "  executable" : ""}`),
    "",
  ].join("\n");
}

function titleOf({ name, version, runtime, entry, description }: PluginManifest): readonly string[] {
  return [`${name} ${version}  ${runtime}  ${escapeText(entry)}`, ...(description === undefined ? [] : [escapeText(description)])];
}

/** Its tools, and what it needs for its own work. */
function demandsOf(manifest: PluginManifest): readonly string[] {
  const tools = objects(manifest.tools).map((tool) =>
    `  ${escapeText(textOf(tool["name"]))}  ${escapeText(textOf(tool["description"]))}`.trimEnd(),
  );
  const needs = objects(manifest.capabilities).flatMap((need) =>
    objects(need["permissions"]).map((each) =>
      `  ${textOf(need["tool"])} ${textOf(each["action"])} ${escapeText(textOf(each["resource"]))}`.trimEnd(),
    ),
  );
  return ["", "Tools", ...(tools.length > 0 ? tools : ["  none"]), "", "Needs", ...(needs.length > 0 ? needs : ["  nothing"])];
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
