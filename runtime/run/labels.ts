import type { Labels } from "./types.ts";

export const NO_LABELS: Labels = { classes: [], private: false, untrusted: false };

/** What holds of two texts together. */
export function joinLabels(a: Labels, b: Labels): Labels {
  const classes = b.classes.every((each) => a.classes.includes(each)) ? a.classes : [...new Set([...a.classes, ...b.classes])].sort();
  return { classes, private: a.private || b.private, untrusted: a.untrusted || b.untrusted };
}
