import { LIMITS } from "../../../core/index.ts";

/** What one call of a plugin may still ask for; counted on this side of the border, before anything crosses. */
export interface Allowance {
  /** @returns why it may not ask now; undefined when it may, and then it counts. */
  readonly ask: (chars: number) => string | undefined;
  readonly answered: () => void;
  readonly open: () => number;
  /** @returns the line as it is passed on; undefined when it is one too many. */
  readonly log: (line: string) => string | undefined;
}

export function newAllowance(): Allowance {
  let open = 0;
  let asked = 0;
  let lines = 0;
  return {
    ask: (chars) => {
      if (chars > LIMITS.pluginMessageChars) return tooMuch("a request", LIMITS.pluginMessageChars, "characters", "pluginMessageChars");
      if (open >= LIMITS.pluginRequestsOpen) return tooMuch("open requests", LIMITS.pluginRequestsOpen, "at once", "pluginRequestsOpen");
      if (asked >= LIMITS.pluginRequests) return tooMuch("requests", LIMITS.pluginRequests, "in one call", "pluginRequests");
      open++;
      asked++;
      return undefined;
    },
    answered: () => void open--,
    open: () => open,
    log: (line) => {
      if (lines > LIMITS.pluginLogLines) return undefined;
      lines++;
      return lines > LIMITS.pluginLogLines ? "(more lines were left out: limits.pluginLogLines)" : line.slice(0, LIMITS.pluginLogChars);
    },
  };
}

function tooMuch(what: string, most: number, unit: string, name: string): string {
  return `${what}: ${most} ${unit} are allowed (limits.${name})`;
}
