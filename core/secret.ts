const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const MASK = "***";

/**
 * A value that must not be shown. It prints as `***` however it is printed: as text, in JSON, in a
 * template, by `console.log`. It is hidden because of its type, not by searching for its text, so a
 * secret whose value is `a` or empty is hidden too and other output is not garbled.
 *
 * Only an edge (a request header, a file the user asked for, a decryption) calls {@link Secret.open}.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Every call is an edge; keep what it returns in the smallest scope. */
  open(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [INSPECT](): string {
    return MASK;
  }
}
