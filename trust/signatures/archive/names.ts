import { firstUnsafe, LIMITS, shown } from "../../../core/index.ts";

/**
 * The names an archive may use. What two systems could take for one name is one name here: paths that
 * differ by case or Unicode form only, and a file where a folder is.
 */
export interface Names {
  /** @returns in words what is wrong with an entry of that path. */
  readonly take: (path: string, kind: "file" | "folder") => string | undefined;
}

interface Taken {
  readonly path: string;
  readonly kind: "file" | "folder";
  isListed: boolean;
}

export function newNames(): Names {
  const taken = new Map<string, Taken>();
  const take = (path: string, kind: "file" | "folder", isListed: boolean): string | undefined => {
    const known = taken.get(foldedName(path));
    if (!known) {
      taken.set(foldedName(path), { path, kind, isListed });
      return undefined;
    }
    if (known.path !== path) return `${shown(known.path)} and ${shown(path)} are one name where case or Unicode form does not count`;
    if (known.kind !== kind) return `${shown(path)} is both a file and a folder`;
    if (known.isListed && isListed) return `${shown(path)} stands there twice`;
    known.isListed ||= isListed;
    return undefined;
  };
  return {
    take: (path, kind) => {
      const wrong = pathProblem(path);
      if (wrong !== undefined) return wrong;
      const segments = path.split("/");
      for (let i = 1; i < segments.length; i++) {
        const inside = take(segments.slice(0, i).join("/"), "folder", false);
        if (inside !== undefined) return inside;
      }
      return take(path, kind, true);
    },
  };
}

function foldedName(path: string): string {
  return path.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFC");
}

/** What is wrong with a path, whatever else there is. */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "an entry has no name";
  if (Buffer.byteLength(path) > LIMITS.archivePathBytes) return `a path has more than ${LIMITS.archivePathBytes} bytes`;
  if (firstUnsafe(path) !== undefined) return `${shown(path)} has an invisible or control character`;
  if (path.startsWith("/") || path.includes("\\") || /^[A-Za-z]:/.test(path)) return `${shown(path)} is not a relative path with /`;
  const segments = path.split("/");
  if (segments.length > LIMITS.archiveDepth) return `${shown(path)} is deeper than ${LIMITS.archiveDepth} folders`;
  for (const segment of segments) {
    const wrong = segmentProblem(segment);
    if (wrong !== undefined) return `${shown(path)} ${wrong}`;
  }
  return undefined;
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "" || segment === "." || segment === "..") return "does not stay where it is: empty, . and .. are no names";
  if (/[. ]$/.test(segment)) return "has a name that ends with a dot or blank, which some systems leave out";
  if (/[<>:"|?*]/.test(segment)) return "has a character that some systems do not allow";
  const folded = foldedName(segment);
  return folded === ".git" || /^git~\d/.test(folded) ? "is part of a git repository's own data" : undefined;
}
