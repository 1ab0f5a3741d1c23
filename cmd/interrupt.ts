/** The user's wish to stop, as a signal that the running step may finish under. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** No more listening: the command has ended. */
  dispose(): void;
}

/** `npx` passes on the Ctrl-C that the terminal has already sent to everybody: one key press, two signals. */
const SAME_PRESS_MS = 100;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The first signal asks: the running step finishes, what was done is recorded. The second is an order:
 * the process ends at once, which the record survives at any point.
 *
 * @param first - Tells the user what happens now.
 * @param second - Ends the process.
 */
export function listenForInterrupt(first: (name: string) => void, second: () => void): Interrupt {
  const controller = new AbortController();
  let askedAtMs = 0;
  const handler = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      askedAtMs = performance.now();
      controller.abort(new DOMException(`interrupted by ${name}`, "AbortError"));
      first(name);
    } else if (performance.now() - askedAtMs > SAME_PRESS_MS) second();
  };
  for (const name of SIGNALS) process.on(name, handler);
  return { signal: controller.signal, dispose: () => SIGNALS.forEach((name) => process.off(name, handler)) };
}
