import { paint, type Color, type Look } from "./look.ts";

/** Everything that has a state on the screen. One map decides how each looks, in every view. */
export type Status =
  | "create"
  | "update"
  | "replace"
  | "delete"
  | "adopt"
  | "move"
  | "forget"
  | "noop"
  | "drift"
  | "hold"
  | "widening"
  | "narrowing"
  | "denied"
  | "conditional"
  | "allowed"
  | "error"
  | "warning"
  | "inert"
  | "pinned"
  | "ok"
  | "active"
  | "candidate"
  | "superseded"
  | "rejected";

interface Sign {
  readonly symbol: string;
  readonly color: Color;
}

const SIGNS = {
  create: { symbol: "+", color: "green" },
  update: { symbol: "~", color: "yellow" },
  replace: { symbol: "±", color: "magenta" },
  delete: { symbol: "-", color: "red" },
  adopt: { symbol: ">", color: "cyan" },
  move: { symbol: "→", color: "cyan" },
  forget: { symbol: "x", color: "magenta" },
  noop: { symbol: " ", color: "dim" },
  drift: { symbol: "~", color: "magenta" },
  hold: { symbol: "=", color: "blue" },
  widening: { symbol: "!", color: "red" },
  narrowing: { symbol: "-", color: "green" },
  denied: { symbol: "✗", color: "red" },
  conditional: { symbol: "?", color: "yellow" },
  allowed: { symbol: "✓", color: "green" },
  error: { symbol: "✗", color: "red" },
  warning: { symbol: "!", color: "yellow" },
  inert: { symbol: "·", color: "dim" },
  pinned: { symbol: "=", color: "magenta" },
  ok: { symbol: "✓", color: "green" },
  active: { symbol: "✓", color: "green" },
  candidate: { symbol: "?", color: "yellow" },
  superseded: { symbol: " ", color: "dim" },
  rejected: { symbol: "✗", color: "red" },
} as const satisfies Record<Status, Sign>;

/** ASCII forms of one column, so that tables keep their shape. */
const ASCII_SYMBOLS: Readonly<Record<string, string>> = { "±": "%", "→": ">", "✗": "x", "✓": "*", "·": "." };

/** One column wide. */
export function symbolOf(look: Look, status: Status): string {
  const { symbol } = SIGNS[status];
  return paint(look, SIGNS[status].color, look.unicode ? symbol : (ASCII_SYMBOLS[symbol] ?? symbol));
}

export function inColorOf(look: Look, status: Status, text: string): string {
  return paint(look, SIGNS[status].color, text);
}
