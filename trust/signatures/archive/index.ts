/**
 * trust/signatures/archive: plugin archives. A reader that refuses a tar.gz whole for anything it does not
 * know, and a writer that gives the same bytes everywhere. Pure: bytes in, files out, and back.
 */
export { pathProblem } from "./names.ts";
export { readArchive, type Archive, type ArchiveFile } from "./read.ts";
export { writeArchive } from "./write.ts";
