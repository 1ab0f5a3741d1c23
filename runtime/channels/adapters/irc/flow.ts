import type net from "node:net";

/** Lets no more in than is being taken: a server that says more waits. */
export interface Flow {
  readonly attach: (socket: net.Socket) => void;
  /** Counts a message until it was taken in. */
  readonly during: (work: Promise<unknown>) => void;
  /** Ends a connection, also one that is still being made. */
  readonly end: () => void;
}

/** Messages that may be under way at once. */
const MOST = 64;

export function newFlow(): Flow {
  let count = 0;
  let socket: net.Socket | undefined;
  return {
    attach: (given) => {
      socket = given;
    },
    end: () => void socket?.destroy(),
    during: (work) => {
      count++;
      if (count >= MOST) socket?.pause();
      void work
        .catch(() => undefined)
        .finally(() => {
          count--;
          if (count === MOST / 2) socket?.resume();
        });
    },
  };
}
