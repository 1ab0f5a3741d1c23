import fs from "node:fs";

/** Where the programs are that keep commands in. Fixed places: neither the environment nor a repository names one. */
export interface Programs {
  readonly bwrap: string;
  readonly prlimit: string;
  readonly taskset: string;
}

const PLACES = ["/usr/bin", "/bin", "/usr/local/bin"] as const;

/** @returns the programs, or the name of the first that is missing. */
export function findPrograms(places: readonly string[] = PLACES): Programs | string {
  const found = new Map<string, string>();
  for (const name of ["bwrap", "prlimit", "taskset"]) {
    const file = places.map((place) => `${place}/${name}`).find((each) => isExecutable(each));
    if (file === undefined) return name;
    found.set(name, file);
  }
  return { bwrap: found.get("bwrap") ?? "", prlimit: found.get("prlimit") ?? "", taskset: found.get("taskset") ?? "" };
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
