import fs from "node:fs";
import { LIMITS } from "../../core/index.ts";

/** Where lines go. Synchronous and bounded; what cannot be written is counted and told once it can. */
export interface LogSink {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Standard error, or another open descriptor. A pipe that nobody reads loses lines; it stops nothing. */
export function descriptorSink(fd: number, onLost: (lines: number) => string): LogSink {
  return sinkOn(
    (text) => void fs.writeSync(fd, text),
    () => {},
    onLost,
  );
}

/**
 * A file, 0600, that never grows past {@link LIMITS.logFileBytes}: then it becomes `FILE.1`, that one
 * `FILE.2`, and the oldest of {@link LIMITS.logFiles} goes.
 */
export function fileSink(file: string, onLost: (lines: number) => string): LogSink {
  let open: { readonly fd: number; bytes: number } | null = null;
  const write = (text: string): void => {
    const due = Buffer.byteLength(text);
    if (open && open.bytes + due > LIMITS.logFileBytes) {
      fs.closeSync(open.fd);
      open = null;
      rotate(file);
    }
    if (!open) {
      const fd = fs.openSync(file, fs.constants.O_APPEND | fs.constants.O_CREAT | fs.constants.O_WRONLY | fs.constants.O_NOFOLLOW, 0o600);
      open = { fd, bytes: fs.fstatSync(fd).size };
      if (open.bytes + due > LIMITS.logFileBytes && open.bytes > 0) return write(text);
    }
    fs.writeSync(open.fd, text);
    open.bytes += due;
  };
  return sinkOn(write, () => void (open && fs.closeSync(open.fd)), onLost);
}

function rotate(file: string): void {
  fs.rmSync(`${file}.${LIMITS.logFiles - 1}`, { force: true });
  for (let n = LIMITS.logFiles - 2; n >= 1; n--) if (fs.existsSync(`${file}.${n}`)) fs.renameSync(`${file}.${n}`, `${file}.${n + 1}`);
  fs.renameSync(file, `${file}.1`);
}

function sinkOn(write: (text: string) => void, close: () => void, onLost: (lines: number) => string): LogSink {
  let lost = 0;
  return {
    write: (line) => {
      try {
        if (lost > 0) {
          write(onLost(lost));
          lost = 0;
        }
        write(line);
      } catch {
        // No space, a closed pipe, a pipe that is full: the gateway goes on without this line.
        lost++;
      }
    },
    close: () => {
      try {
        close();
      } catch {
        // Nothing is left to be told.
      }
    },
  };
}
