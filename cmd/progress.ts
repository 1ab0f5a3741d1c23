import { escapeText, unreachable } from "../core/index.ts";
import type { Progress } from "../reconciler/types.ts";
import { shortened } from "./views/layout.ts";
import { paint, type Look } from "./views/look.ts";

/** How progress is shown: as the stream can bear it. */
export type ProgressMode = "silent" | "spinner" | "lines" | "jsonl";

export interface ProgressSink {
  readonly report: (event: Progress) => void;
  /** Takes the spinner's line away, before something else is written to the stream. */
  readonly pause: () => void;
  /** No more progress: the line and the terminal's own indicator are cleared. */
  readonly close: () => void;
}

type Env = Readonly<Record<string, string | undefined>>;

export function progressMode(options: {
  readonly quiet: boolean;
  readonly format: string;
  readonly isTerminal: boolean;
  readonly env: Env;
}): ProgressMode {
  if (options.quiet) return "silent";
  if (options.format === "jsonl") return "jsonl";
  return options.isTerminal && options.env["TERM"] !== "dumb" ? "spinner" : "lines";
}

export function progressSink(mode: ProgressMode, write: (text: string) => void, look: Look, env: Env, now: () => Date): ProgressSink {
  switch (mode) {
    case "silent":
      return { report: () => undefined, pause: () => undefined, close: () => undefined };
    case "jsonl":
      return logLines(write, now);
    case "lines":
      return plainLines(write, look);
    case "spinner":
      return spinner(write, look, hasTaskbar(env));
    default:
      return unreachable(mode);
  }
}

/** Stages that change something or wait for somebody: always worth a line. The others are over in a moment. */
const LASTING: ReadonlySet<Progress["stage"]> = new Set(["lock", "apply", "record", "wait"]);

/** For logs: one line when a stage begins; reading and planning only with --verbose. */
function plainLines(write: (text: string) => void, look: Look): ProgressSink {
  let last = "";
  return {
    report: (event) => {
      if (!look.verbose && !LASTING.has(event.stage)) return;
      const line = `${event.stage}: ${escapeText(event.message)}\n`;
      if (line !== last) write(line);
      last = line;
    },
    pause: () => undefined,
    close: () => undefined,
  };
}

/** For collectors of logs: one JSON object a line. */
function logLines(write: (text: string) => void, now: () => Date): ProgressSink {
  return {
    report: (event) => write(`${escapeText(JSON.stringify({ time: now().toISOString(), level: "info", type: "progress", ...event }))}\n`),
    pause: () => undefined,
    close: () => undefined,
  };
}

const FRAMES = { unicode: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"], ascii: ["|", "/", "-", "\\"] };
/** What is over sooner never shows, so that short commands do not flicker. */
const DELAY_MS = 250;
const FRAME_MS = 80;

/**
 * One line that is written over, drawn by a timer and, because planning keeps the event loop busy, at
 * each event as well. OSC 9;4 shows the same in the terminal's tab or task bar.
 */
function spinner(write: (text: string) => void, look: Look, withTaskbar: boolean): ProgressSink {
  const frames = look.unicode ? FRAMES.unicode : FRAMES.ascii;
  const begun = performance.now();
  let event: Progress | undefined;
  let drawnAtMs = 0;
  let frame = 0;
  let isDrawn = false;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    const at = performance.now();
    if (!event || at - begun < DELAY_MS || at - drawnAtMs < FRAME_MS) return;
    drawnAtMs = at;
    const count = event.total === undefined ? "" : ` ${event.done ?? 0}/${event.total}`;
    const line = shortened(`${escapeText(event.message)}${count}`, look.width - 3, look);
    write(`\r\u001b[K${paint(look, "cyan", frames[frame++ % frames.length] ?? "")} ${line}`);
    if (withTaskbar) write(taskbar(event));
    isDrawn = true;
  };
  /** Nothing is drawn from here to the next event: what is written meanwhile, a question above all, stays. */
  const pause = (): void => {
    event = undefined;
    if (isDrawn) write(`\r\u001b[K${withTaskbar ? TASKBAR_CLEAR : ""}`);
    isDrawn = false;
  };
  return {
    report: (next) => {
      event = next;
      timer ??= setInterval(draw, FRAME_MS).unref();
      draw();
    },
    pause,
    close: () => {
      clearInterval(timer);
      pause();
    },
  };
}

/** OSC 9;4: state 1 with a percentage, 3 where the end is not known, 0 takes it away. */
const TASKBAR_CLEAR = "\u001b]9;4;0\u0007";

function taskbar(event: Progress): string {
  if (!event.total) return "\u001b]9;4;3\u0007";
  return `\u001b]9;4;1;${Math.min(100, Math.floor((100 * (event.done ?? 0)) / event.total))}\u0007`;
}

/** Terminals known to understand OSC 9;4; others may show its text, or take 9 for a notification. */
export function hasTaskbar(env: Env): boolean {
  const program = env["TERM_PROGRAM"] ?? "";
  return (
    env["WT_SESSION"] !== undefined ||
    env["ConEmuANSI"] === "ON" ||
    ["ghostty", "WezTerm"].includes(program) ||
    (program === "iTerm.app" && Number.parseFloat(env["TERM_PROGRAM_VERSION"] ?? "0") >= 3.6)
  );
}
