/** A line as irc-framework parsed it. */
export interface IrcLine {
  readonly command: string;
  readonly params: readonly string[];
  readonly tags: Readonly<Record<string, string | undefined>>;
}

/**
 * The commands we have a use for, with the fewest parameters that they have. Everything else a server says is
 * dropped before anything is kept for it: the library remembers lists, batches and answers without a bound, and
 * falls over lines that lack what it looks for.
 */
const FEWEST: ReadonlyMap<string, number> = new Map([
  ["PING", 1],
  ["PONG", 1],
  ["CAP", 3],
  ["AUTHENTICATE", 1],
  ["ERROR", 1],
  ["PRIVMSG", 2],
  ["NICK", 1],
  ["KICK", 2],
  ["001", 1],
  ["005", 2],
  ["432", 2],
  ["433", 2],
  ["464", 1],
  ["465", 1],
  ["900", 3],
  ["902", 1],
  ["903", 1],
  ["904", 1],
  ["905", 1],
  ["906", 1],
]);

/** What a server says of itself once, in a few lines. */
const MOST: ReadonlyMap<string, number> = new Map([
  ["001", 1],
  ["005", 64],
  ["CAP", 64],
]);

/** @returns whether a line is for the library. Lines of a batch are what was said before we came: nobody answers those. */
export function newGuard(): (line: IrcLine) => boolean {
  const counts = new Map<string, number>();
  return ({ command, params, tags }) => {
    const fewest = FEWEST.get(command);
    if (fewest === undefined || params.length < fewest || tags["batch"] !== undefined) return false;
    const most = MOST.get(command);
    if (most === undefined) return true;
    const count = (counts.get(command) ?? 0) + 1;
    counts.set(command, count);
    return count <= most;
  };
}
