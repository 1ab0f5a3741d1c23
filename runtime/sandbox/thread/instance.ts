import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from "quickjs-emscripten-core";
import { LIMITS } from "../../../core/index.ts";
import { newAllowance } from "./allowance.ts";
import type { End, Send, ToThread } from "./messages.ts";
import { PLUGIN_MODULE, PRELUDE, SDK_MODULE, SDK_SOURCE } from "./prelude.ts";

/** One call in an instance of QuickJS of its own. */
export interface Instance {
  readonly start: () => Promise<void>;
  readonly answer: (request: number, ok: boolean, text: string) => void;
  /** Ends it without a word. */
  readonly end: () => void;
}

interface Parts {
  readonly newModule: () => Promise<QuickJSWASMModule>;
  readonly source: string;
  readonly context: string;
  readonly order: Extract<ToThread, { readonly type: "call" }>;
  readonly send: Send;
  readonly ended: () => void;
}

/** Jobs (steps of promises) that run before others of this thread get their turn. */
const JOBS_AT_ONCE = 1_000;

/** How QuickJS says that memory or stack is used up; `null` when there was not even room for the error. */
const OUT_OF_BOUNDS = /^InternalError: (?:out of memory|stack overflow)|^threw null$/;

interface Vm {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly start: QuickJSHandle;
  readonly settle: QuickJSHandle;
}

export function newInstance({ newModule, source, context, order, send, ended }: Parts): Instance {
  const { call } = order;
  const deadline = performance.now() + order.timeoutMs;
  const allowance = newAllowance();
  const timers = new Set<NodeJS.Timeout>();
  let vm: Vm | null = null;
  let isOver = false;
  let refusedImport: string | undefined;

  const over = (): void => {
    if (isOver) return;
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    // Its memory goes as a whole; taking it down piece by piece could run code of the plugin.
    vm = null;
    ended();
  };
  const done = (text: string): void => {
    if (isOver) return;
    over();
    send({ type: "done", call, text });
  };
  const failed = (code: End, text: string): void => {
    if (isOver) return;
    over();
    const isImport = refusedImport !== undefined && code === "PLUGIN_FAILED";
    const why = isImport ? JSON.stringify(refusedImport) : text.slice(0, LIMITS.pluginLogChars);
    send({ type: "failed", call, code: isImport ? "PLUGIN_IMPORT_REFUSED" : code, text: why });
  };
  const isLate = (): boolean => performance.now() > deadline;

  /** The one function the plugin's side has. Numbers and text in, text out: nothing of the host is an object there. */
  const fromPlugin = (kind: string, request: number, text: () => string | undefined): string => {
    if (isOver) return "the call is over";
    switch (kind) {
      case "done":
      case "unusable":
      case "unknown":
      case "invalid":
      case "failed":
        finish(kind, text());
        return "";
      case "log": {
        const line = allowance.log(text() ?? "");
        if (line !== undefined) send({ type: "log", call, text: line });
        return "";
      }
      case "sleep":
        return sleep(request, Number(text() ?? Number.NaN));
      case "call":
      case "storage":
        return pass(kind, request, text());
      default:
        return "no such request";
    }
  };
  const finish = (kind: "done" | "unusable" | "unknown" | "invalid" | "failed", text: string | undefined): void => {
    // An interrupted tool reports so itself: its error leaves as any other.
    if (isLate()) return failed("PLUGIN_TIMEOUT", "");
    if (kind === "unknown") return failed("PLUGIN_TOOL_UNKNOWN", "");
    if (text === undefined)
      return failed("PLUGIN_LIMIT", `a result of more than ${LIMITS.pluginMessageChars} characters (limits.pluginMessageChars)`);
    if (kind === "done") return done(text);
    if (kind === "failed" && OUT_OF_BOUNDS.test(text)) return failed("PLUGIN_LIMIT", text);
    return failed(kind === "unusable" ? "PLUGIN_UNUSABLE" : kind === "invalid" ? "PLUGIN_ANSWER_INVALID" : "PLUGIN_FAILED", text);
  };
  const sleep = (request: number, ms: number): string => {
    if (!(ms >= 0 && ms <= order.timeoutMs)) return "a pause is a number of milliseconds, no longer than a call may take";
    const why = allowance.ask(0);
    if (why !== undefined) return why;
    const timer = setTimeout(() => {
      timers.delete(timer);
      answer(request, true, "null");
    }, ms);
    timers.add(timer);
    return "";
  };
  const pass = (kind: "call" | "storage", request: number, text: string | undefined): string => {
    if (text === undefined) return allowance.ask(LIMITS.pluginMessageChars + 1) ?? "";
    const why = allowance.ask(text.length);
    if (why === undefined) send({ type: "request", call, request, kind, text });
    return why ?? "";
  };

  const open = (module: QuickJSWASMModule): Vm => {
    const runtime = module.newRuntime();
    runtime.setMaxStackSize(LIMITS.pluginStackBytes);
    runtime.setInterruptHandler(isLate);
    runtime.setModuleLoader(
      (name) => {
        if (name === PLUGIN_MODULE) return source;
        if (name === SDK_MODULE) return SDK_SOURCE;
        refusedImport = name.slice(0, 200);
        return { error: new Error(`there is no module ${JSON.stringify(refusedImport)} here`) };
      },
      // Names are compared as they are: there are no folders to be relative to.
      (_base, name) => name,
    );
    const inside = runtime.newContext();
    const boot = inside.unwrapResult(inside.evalCode(PRELUDE, "moltbot:host", { strict: true }));
    const port = inside.newFunction("send", (kind, request, text) => {
      const read = (): string | undefined => textIn(inside, text);
      return inside.newString(fromPlugin(inside.getString(kind), inside.getNumber(request), read));
    });
    const api = inside.unwrapResult(inside.callFunction(boot, inside.undefined, port));
    return { runtime, context: inside, start: inside.getProp(api, "start"), settle: inside.getProp(api, "settle") };
  };

  const broken = (error: unknown): void => (isLate() ? failed("PLUGIN_TIMEOUT", "") : failed(codeOf(error), wordsOf(error)));
  /** Runs what is due, in turns; whatever the engine throws ends the call. */
  const drive = (enter: (now: Vm) => void): void => {
    if (isOver || !vm) return;
    const { runtime } = vm;
    try {
      enter(vm);
      if (runtime.executePendingJobs(JOBS_AT_ONCE).error) return broken(new Error("a job was broken off"));
    } catch (error) {
      return broken(error);
    }
    if (isOver) return;
    if (isLate()) return failed("PLUGIN_TIMEOUT", "");
    if (runtime.hasPendingJob()) return void setImmediate(drive, () => undefined);
    if (allowance.open() === 0) failed("PLUGIN_FAILED", "it waits for something that never comes");
  };
  const answer = (request: number, ok: boolean, text: string): void => {
    if (isOver) return;
    allowance.answered();
    drive(({ context: inside, settle }) => {
      const args = [inside.newNumber(request), ok ? inside.true : inside.false, inside.newString(text)];
      throwIfBroken(inside, inside.callFunction(settle, inside.undefined, ...args));
    });
  };
  return {
    start: async () => {
      try {
        const module = await newModule();
        if (isOver) return;
        vm = open(module);
      } catch (error) {
        return failed(codeOf(error), wordsOf(error));
      }
      drive(({ context: inside, start }) => {
        const args = [order.tool, order.args, context].map((text) => inside.newString(text));
        throwIfBroken(inside, inside.callFunction(start, inside.undefined, ...args));
      });
    },
    answer,
    end: over,
  };
}

/** A text of the plugin; undefined when it is longer than what may cross, which is known before it is copied. */
function textIn(inside: QuickJSContext, handle: QuickJSHandle): string | undefined {
  const kind = inside.typeof(handle);
  if (kind !== "string") return kind === "undefined" ? "null" : undefined;
  const length = inside.getProp(handle, "length");
  return inside.getNumber(length) > LIMITS.pluginMessageChars ? undefined : inside.getString(handle);
}

function throwIfBroken(inside: QuickJSContext, result: ReturnType<QuickJSContext["callFunction"]>): void {
  if (result.error) throw new Error(textIn(inside, inside.getProp(result.error, "message")) ?? "broken off");
}

function codeOf(error: unknown): End {
  return /out of memory|stack/i.test(wordsOf(error)) ? "PLUGIN_LIMIT" : "PLUGIN_FAILED";
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "the engine broke down";
}
