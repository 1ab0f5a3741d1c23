/**
 * reconciler/source: where files come from. The work tree on the disk, a commit read from git's object
 * database, or a mirror of a repository elsewhere. Every path is checked before anything is opened,
 * links and devices are refused, and every object is hashed again before it is believed.
 *
 * - `openWorkTree` reads the files on the disk, in git or not.
 * - `openCommit` reads the same files from any revision of the repository around a folder.
 * - `openMirror` keeps a bare clone of one branch in a folder of ours.
 * - `isCommitted` says whether a file of the work tree is in the commit.
 * - `commitsBetween` walks the raw commits between two of them.
 * - `introducedBy` is the commit that wrote a line.
 * - `blobIdOf` is the id that git gives to bytes.
 */
export { introducedBy, rawCommit, type Introduction } from "./introduced.ts";
export { blobIdOf, objectIdOf } from "./blob-id.ts";
export { commitNamed, openCommit } from "./commit.ts";
export { isCommitted } from "./committed.ts";
export { commitsBetween, rawCommits, type HistoricCommit, type Stretch } from "./history.ts";
export { openMirror } from "./mirror.ts";
export { PROJECT_FILE } from "./tree.ts";
export { openWorkTree } from "./work-tree.ts";
export type {
  KnownBytes,
  KnownFile,
  LoadedFiles,
  LoadRequest,
  Mirror,
  MirrorOptions,
  RepositoryInfo,
  Source,
  SourceFile,
} from "./types.ts";
