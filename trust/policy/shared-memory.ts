/**
 * The memory that a thread which asks policies shares with the one that evaluates them. One question at a
 * time: its bytes and then, in their place, those of the answer.
 */
export const STATE = { starting: 0, asked: 1, answered: 2, failed: 3 } as const;

const SLOT = { state: 0, entry: 1, length: 2 } as const;

/** As it is handed to the thread that evaluates. */
export interface SharedParts {
  readonly control: SharedArrayBuffer;
  readonly text: SharedArrayBuffer;
}

export interface SharedMemory {
  readonly parts: SharedParts;
  state(): number;
  /** Writes a text and tells whoever waits for the state to change. */
  put(state: number, entry: number, text: string): void;
  entry(): number;
  text(): string;
  /** Waits for the state to be another. @returns false when the time is over first. */
  waitWhile(state: number, ms: number): boolean;
}

const FIRST_BYTES = 64 * 1024;

/** @param mostBytes - The longest text. */
export function newParts(mostBytes: number): SharedParts {
  return { control: new SharedArrayBuffer(16), text: new SharedArrayBuffer(FIRST_BYTES, { maxByteLength: mostBytes }) };
}

export function sharedMemory(parts: SharedParts): SharedMemory {
  const control = new Int32Array(parts.control);
  return {
    parts,
    state: () => Atomics.load(control, SLOT.state),
    put: (state, entry, text) => {
      const bytes = Buffer.from(text, "utf8");
      // Past its maximum this throws.
      if (bytes.length > parts.text.byteLength)
        parts.text.grow(Math.min(parts.text.maxByteLength, Math.max(bytes.length, 2 * parts.text.byteLength)));
      new Uint8Array(parts.text).set(bytes);
      Atomics.store(control, SLOT.entry, entry);
      Atomics.store(control, SLOT.length, bytes.length);
      Atomics.store(control, SLOT.state, state);
      Atomics.notify(control, SLOT.state);
    },
    entry: () => Atomics.load(control, SLOT.entry),
    text: () => Buffer.from(new Uint8Array(parts.text, 0, Atomics.load(control, SLOT.length))).toString("utf8"),
    waitWhile: (state, ms) => {
      for (let left = ms, from = performance.now(); Atomics.load(control, SLOT.state) === state; left = ms - (performance.now() - from)) {
        if (left <= 0) return false;
        Atomics.wait(control, SLOT.state, state, left);
      }
      return true;
    },
  };
}
