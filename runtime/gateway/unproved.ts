import { LIMITS } from "../../core/index.ts";
import { networkOf } from "../net/index.ts";

/** WebSockets that have not said yet who they are: few, and none of the places of those that have. */
export interface Unproved {
  /** @param end - Called when a newer one takes the place. @returns how to give the place back. */
  readonly enter: (address: string | null, end: () => void) => () => void;
}

interface Place {
  readonly from: string;
  readonly end: () => void;
}

/**
 * A newer one takes the place of the oldest of its network, or where all places are taken of the oldest of all:
 * who proves itself does so at once, and who only fills places keeps none of them.
 */
export function newUnproved(): Unproved {
  const places = new Set<Place>();
  return {
    enter: (address, end) => {
      const from = address === null ? "socket" : networkOf(address);
      const own = [...places].filter((each) => each.from === from);
      const [gone] = own.length >= LIMITS.apiUnprovedOfOne ? own : places.size >= LIMITS.apiUnproved ? places : [];
      if (gone) {
        places.delete(gone);
        gone.end();
      }
      const place = { from, end };
      places.add(place);
      return () => void places.delete(place);
    },
  };
}
