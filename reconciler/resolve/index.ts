/**
 * resolve: written manifests to the desired state of one owner. Overlays, file embeds, defaults,
 * references and their graph. Pure: the files it embeds are handed to it.
 */
export { canonicalForm } from "./canonical.ts";
export { fileReferences } from "./embed.ts";
export { trustPart } from "./overlay.ts";
export { originIn, saidIn, type Said } from "./origin.ts";
export { emptyConfig, referencesAmong, resolve, resolveRecorded, type ResolveInput } from "./resolve.ts";
export { neededFrom, selectChanges, type Selected, type Selection } from "./select.ts";
export type { Edge, FileReference, Layer, ResolvedConfig, ResolvedResource } from "./types.ts";
