import type { CodeEntry } from "./entry.ts";

/** Sigstore bundles, trust roots, plugin archives. */
export const BUNDLE_CODES = {
  TRUST_ROOT_MISSING: {
    outcome: "UNTRUSTED",
    summary: "No trust root to verify with",
    page: "A bundle that is signed with a certificate proves something only to somebody who believes an authority, and none is named here. Name one in `Project.spec.trust.root`, usually `{file: trust/root.json}`, or with `--trusted-root FILE`. Nothing is ever downloaded instead.",
  },
  TRUST_ROOT_INVALID: {
    outcome: "INVALID",
    summary: "Not a sigstore trust root",
    page: "The file is not a trusted root as sigstore writes it: JSON of the media type `application/vnd.dev.sigstore.trustedroot+json;version=0.1` or `...trustedroot.v0.2+json`, with the lists `tlogs`, `certificateAuthorities`, `ctlogs` and `timestampAuthorities`. The message names the field.",
  },
  TRUST_ROOT_UNUSABLE: {
    outcome: "UNTRUSTED",
    summary: "The trust root cannot be believed",
    page: "The file has the form of a trust root but not what makes one: a start of validity is missing or after its end, a key is not of the kind it says, a log's id is not that of its key, a chain does not hold together, an entry stands there twice, or there is nothing in it. A weaker reading is never tried. Take the file again from whoever runs the instance.",
  },
  BUNDLE_MISSING: {
    outcome: "UNTRUSTED",
    summary: "No signature where one is required",
    page: "What is installed must come with the sigstore bundle that signs it, and none is named. Sign it (`moltbot plugin sign`), add the file to the repository and name it in the manifest. There is no flag that leaves the verification out.",
  },
  BUNDLE_INVALID: {
    outcome: "INVALID",
    summary: "Not a sigstore bundle",
    page: "The file is not a sigstore bundle of version 0.1, 0.2 or 0.3, or a part of it is cut, damaged, repeated, unknown or too large. The message names the part. Nothing in it was believed.",
  },
  BUNDLE_UNTRUSTED: {
    outcome: "UNTRUSTED",
    summary: "The signature is not authentic",
    page: "The bundle is well-formed and does not prove what it should: the signature does not fit, the certificate does not come from a trusted authority at the trusted time, the transparency log does not confirm this very entry, or a timestamp is missing or from somebody unknown. The message says which check failed. Do not use the file; ask its author for another bundle.",
  },
  BUNDLE_OTHER_ARTIFACT: {
    outcome: "UNTRUSTED",
    summary: "The bundle signs something else",
    page: "The bundle is about another file than the one it was given with, or the file was changed after it was signed. One changed bit is enough.",
  },
  BUNDLE_NOT_ALLOWED: {
    outcome: "NOT_ALLOWED",
    summary: "Signed by somebody who is not allowed",
    page: "The signature is authentic, and its signer is not the one that is demanded. Identity and issuer are both compared whole: exactly, or with a pattern that is anchored at both ends. If this signer is right, name it in the manifest and in `Project.spec.trust.plugins`.",
  },
  SIGNER_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable rule for a signer",
    page: "A signer is an identity (or a pattern for it) with its issuer, or a public key in PEM form. A pattern begins with `^`, ends with `$` and uses only letters, `.`, `[...]`, `(a|b)`, `*`, `+`, `?` and escapes, which are matched in linear time; an alternative at the top level would not be anchored, so it stands in parentheses.",
  },
  PROVENANCE_MISSING: {
    outcome: "UNTRUSTED",
    summary: "No provenance where one is required",
    page: "`requireProvenance` asks for a signed statement of how the archive was built (SLSA provenance in a DSSE bundle), and none is named, or the bundle states something else. Name it as `bundle.provenance`.",
  },
  PROVENANCE_NOT_ALLOWED: {
    outcome: "NOT_ALLOWED",
    summary: "Built by another builder or from another source",
    page: "The provenance is authentic, and names another builder or another source than `requireProvenance` demands. Both are compared exactly; of the source, a leading `git+` and a trailing `@ref` are left out.",
  },
  ARCHIVE_INVALID: {
    outcome: "INVALID",
    summary: "Not a plugin archive",
    page: "The archive of a plugin or a skill is a tar.gz of plain files and folders: relative paths without `..`, no links, devices or special bits, no `.git`, no path twice (also not by case or Unicode form), nothing after its end. One bad entry refuses the whole archive and nothing of it is written. `moltbot plugin pack` makes archives of this form.",
  },
  ARCHIVE_LIMIT: {
    outcome: "LIMIT",
    summary: "Archive too large",
    page: "The archive passes a limit of docs/limits.md: its size, what it unpacks to, how many entries it has, or how much more it unpacks to than it holds. Reading stopped there; nothing was written.",
  },
  PLUGIN_MANIFEST_INVALID: {
    outcome: "INVALID",
    summary: "The file plugin.yaml is missing or wrong",
    page: "A plugin describes itself in `plugin.yaml` at the top of its archive: name, version, entry, runtime, tools, and the capabilities it needs. The message names what is wrong; docs/reference/plugin-manifest.md lists every field.",
  },
  PLUGIN_MISMATCH: {
    outcome: "INVALID",
    summary: "Manifest and plugin disagree",
    page: "The Plugin resource says other things than the `plugin.yaml` inside the archive: another name or version, a tool that is not there, or it leaves out a capability or a credential that the plugin needs. What reviewers read in the repository must be what runs. Correct the resource, or take the archive that fits.",
  },
  PLUGIN_CREDENTIAL_INVALID: {
    outcome: "INVALID",
    summary: "A credential cannot go along",
    page: "`Plugin.spec.credentials` says which secret the host puts into which header of which requests of a plugin. Where it may go must be certain: the host of each URL pattern stands there letter by letter, the scheme is https (http only for this machine), one of the plugin's needs for `http.fetch` covers the pattern, the header is none that says what the request is, and no two credentials go into one header of the same request.",
  },
  SKILL_BUNDLE_INVALID: {
    outcome: "INVALID",
    summary: "Skill and bundle do not fit",
    page: "A Skill with `bundle` takes its prompt and its files from a signed archive: `bundle.prompt` (`SKILL.md` when it is left out) and `bundle.files` (all others). A file that is named must be there and be UTF-8 text, and the manifest may not say `prompt` or `files` as well, because one of the two would be ignored.",
  },
  PLUGIN_NOT_PINNED: {
    outcome: "REFUSED",
    summary: "Another archive than the pinned one",
    page: "The archive is authentic and its signer is allowed, but it is not the one whose digest the repository pins: an older version, a newer one, or the same version packed again. A signature says who made it, the pin says which one was reviewed. If this one is meant, change `bundle.digest` in a reviewed commit.",
  },
  PLUGIN_ROLLED_BACK: {
    outcome: "REFUSED",
    summary: "Older or repacked plugin",
    page: "The repository now pins an older version of the plugin than is recorded, or the same version with another content. The pin was changed on purpose, so it applies; this is said so that a reviewer sees it.",
  },
  PLUGIN_CORRUPT: {
    outcome: "CORRUPT",
    summary: "Installed plugin was changed",
    page: "A file of an installed plugin was edited, added or removed, or the archive it came from was. It does not run. `moltbot apply` installs it again from the record.",
  },
  PLUGIN_REINSTALLED: {
    outcome: "CORRUPT",
    summary: "Installed plugin was brought back",
    page: "Nothing was to apply, but the installed files of a plugin were gone or not what they were. They were unpacked again from the recorded archive. Find out who changed them: what was edited there would not have run.",
  },
  SIGNING_FAILED: {
    outcome: "UNAVAILABLE",
    summary: "Could not be signed",
    page: "Nothing was signed and nothing was written; the message says who refused. With a key: its file is not there, is of another form (`--ssh-key` takes what ssh-keygen makes, `--key` a PEM file), can be read by others, or its agent does not answer. Keyless: the certificate authority, the transparency log or the timestamp authority did not answer, or refused; run it again.",
  },
  SIGNING_KEY_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable signing key",
    page: "Signing takes a private key in PEM form without a passphrase: ECDSA P-256, P-384 or P-521, or Ed25519. `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plugin.key` makes one. Keep it outside the repository.",
  },
  IDENTITY_TOKEN_INVALID: {
    outcome: "INVALID",
    summary: "Not a usable identity token",
    page: "Keyless signing needs an OpenID Connect token that says who you are, from `--identity-token-file`, `--identity-token` or, in GitHub Actions, the runner. It must be a JWT that has not expired. The token itself is never shown.",
  },
} as const satisfies Record<string, CodeEntry>;
