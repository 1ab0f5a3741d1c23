/**
 * Standard output and standard error. Output carries the requested data and nothing else; whoever
 * closes it early (`| head`) ends neither the work nor its exit code.
 */
export interface Io {
  /** Writes data; resolves once the system took it. Never rejects. */
  out(text: string): Promise<void>;
  /** The same for data that may be no text. */
  bytes(data: Uint8Array): Promise<void>;
  /** Writes a message, a diagnostic, progress. */
  err(text: string): void;
  /** Why output could not be written, other than by being closed; undefined while all is well. */
  failure(): string | undefined;
  /** Everything written has left the process. */
  flushed(): Promise<void>;
}

export function processIo(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Io {
  let broken: { readonly isClosed: boolean; readonly message: string } | undefined;
  // oclif installs a listener that throws for anything but a closed pipe; ours takes its place.
  for (const stream of [stdout, stderr]) stream.removeAllListeners("error");
  stdout.on("error", (error: NodeJS.ErrnoException) => note(error));
  stderr.on("error", () => undefined);
  const note = (error: NodeJS.ErrnoException): void => {
    broken ??= { isClosed: error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED", message: error.message };
  };
  const write = (stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      stream.write(text, (error) => {
        if (error && stream === stdout) note(error);
        resolve();
      });
    });
  return {
    out: (text) => (broken || text === "" ? Promise.resolve() : write(stdout, text)),
    bytes: (data) => (broken || data.length === 0 ? Promise.resolve() : write(stdout, data)),
    err: (text) => void stderr.write(text),
    failure: () => (broken?.isClosed === false ? broken.message : undefined),
    flushed: async () => {
      await Promise.all([broken ? undefined : write(stdout, ""), stderr.destroyed ? undefined : write(stderr, "")]);
    },
  };
}
