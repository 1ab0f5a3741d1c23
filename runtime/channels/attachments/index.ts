/** Files that come in: known by their bytes, bounded, and without data about places and people. */
export { cleanName } from "./name.ts";
export { takeAttachments, type RefusedFile, type Taken } from "./take.ts";
