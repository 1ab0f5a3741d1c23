/**
 * resolve: written manifests to the desired state of one owner. Overlays, file embeds, defaults,
 * references and their graph. Pure: the files it embeds are handed to it.
 */
export { canonicalForm } from "./canonical.ts";
export { fileReferences, holdsEnvelopes } from "./embed.ts";
export { trustPart } from "./overlay.ts";
export { originIn, saidIn, type Said } from "./origin.ts";
export { referencesFrom } from "./references.ts";
export { emptyConfig, resolve, resolveRecorded, type ResolveInput } from "./resolve.ts";
export { neededFrom, selectChanges, type Selected, type Selection } from "./select.ts";
export { linksOf } from "./references.ts";
export type { Edge, FileReference, Layer, Link, ResolvedConfig, ResolvedResource, WrittenOrFinished } from "./types.ts";
