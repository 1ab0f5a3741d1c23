import { escapeText, fail, isObject, LIMITS, ok, problem, shown, type Diagnostic, type Json, type Result } from "../../core/index.ts";
import { startProcess, startThread, type Link } from "./link.ts";
import { readPlain, writePlain } from "./plain.ts";
import { newTurns } from "./turns.ts";
import { ENDS, type FromThread } from "./thread/messages.ts";
import { newStops } from "./stops.ts";
import type { HostCall, PluginProgram, RunningPlugin } from "./types.ts";

/** What a plugin is run with beside itself. */
export interface PluginPorts {
  /** A line that it logs: at most `LIMITS.pluginLogChars`, not escaped. */
  readonly log: (line: string) => void;
  /** It was started, or ended: for the audit. */
  readonly event: (event: { readonly what: "started" | "stopped"; readonly why: string }) => void;
}

interface Call {
  readonly host: HostCall;
  readonly stop: AbortController;
  readonly finish: (result: Result<Json>) => void;
}

interface Running {
  readonly link: Link;
  readonly ready: Promise<boolean>;
  readonly calls: Map<number, Call>;
}

const PAGE = 64 * 1024;

/**
 * Runs a plugin. Its thread starts with the first call and ends when nobody has called it for a while; one
 * that does not let itself be ended otherwise is terminated, and all its calls with it. Total: whatever the
 * plugin does, each call ends, at the latest `LIMITS.pluginGraceMs` after its time.
 */
export function runPlugin(program: PluginProgram, ports: PluginPorts): Result<RunningPlugin> {
  const wrong = misfit(program);
  if (wrong) return fail(wrong);
  const context = writePlain({ plugin: program.name, settings: program.settings, secrets: program.secrets }, "PLUGIN_UNUSABLE");
  if (!context.ok) return context;
  const { timeoutMs, memoryBytes } = program.limits;
  const inputs = JSON.stringify(program.inputs);
  const start = {
    inputs,
    runtime: program.runtime,
    code: program.code,
    context: context.value,
    memoryPages: Math.floor(memoryBytes / PAGE),
  };
  // A WebAssembly plugin waits for the host with its thread, so it does one thing at a time.
  const turns = newTurns(program.runtime === "js" ? LIMITS.pluginCalls : 1, LIMITS.pluginQueue);
  const stops = newStops();
  let running: Running | null = null;
  let isClosed = false;
  let numbers = 0;
  let idle: NodeJS.Timeout | undefined;

  const begin = (): Running => {
    const calls = new Map<number, Call>();
    let tell: (isReady: boolean) => void = () => undefined;
    const ready = new Promise<boolean>((resolve) => (tell = resolve));
    const link = (program.isolation === "process" ? startProcess : startThread)(start, {
      message: (message) => (message.type === "ready" ? tell(true) : take(now, message)),
      ended: (why) => {
        tell(false);
        if (running === now) running = null;
        const reason = ending.get(now) ?? (isClosed ? "it was closed" : undefined);
        if (reason === undefined) stops.add(performance.now());
        ports.event({ what: "stopped", why: reason ?? why });
        for (const [number] of calls) finish(now, number, fail(stopped(program.name, why)));
      },
    });
    const now: Running = { link, ready, calls };
    ports.event({ what: "started", why: "it is called" });
    return now;
  };
  /** Why we end one; of these an end is expected. */
  const ending = new WeakMap<Running, string>();
  const rest = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (!running || running.calls.size > 0) return;
      ending.set(running, "nobody calls it");
      void running.link.end();
      running = null;
    }, LIMITS.pluginIdleMs).unref();
  };
  const finish = (now: Running, number: number, result: Result<Json>): void => {
    const call = now.calls.get(number);
    if (!now.calls.delete(number) || !call) return;
    call.stop.abort();
    call.finish(result);
  };
  const take = (now: Running, message: Exclude<FromThread, { readonly type: "ready" }>): void => {
    const call = now.calls.get(message.call);
    if (!call) return;
    if (message.type === "log") return ports.log(message.text.slice(0, LIMITS.pluginLogChars));
    if (message.type === "done") return finish(now, message.call, readPlain(message.text, "PLUGIN_ANSWER_INVALID"));
    if (message.type === "failed") return finish(now, message.call, fail(failure(program, message.code, message.text)));
    void answerTo(now, call, message);
  };
  const answerTo = async (now: Running, call: Call, message: Extract<FromThread, { readonly type: "request" }>): Promise<void> => {
    const { call: number, request } = message;
    const asked = readPlain(message.text, "PLUGIN_LIMIT");
    const result = asked.ok ? await carryOut(message.kind, asked.value, call, program) : asked;
    if (now.calls.get(number) !== call) return;
    const text = result.ok ? writePlain(result.value, "PLUGIN_LIMIT") : result;
    now.link.post({ type: "answer", call: number, request, ok: text.ok, text: text.ok ? text.value : refusalText(text.diagnostics) });
  };

  const run = async (tool: string, args: string, host: HostCall, signal: AbortSignal): Promise<Result<Json>> => {
    const pause = stops.pause(performance.now());
    if (pause === null)
      return fail(stopped(program.name, `it was ended ${LIMITS.pluginStops} times in a few minutes and stays off for now`));
    if (!(await waited(pause, signal)) || isClosed) return fail(stopped(program.name, "the call was stopped"));
    const now = (running ??= begin());
    clearTimeout(idle);
    const number = ++numbers;
    return new Promise((resolve) => {
      const stop = new AbortController();
      const abort = (): void => {
        now.link.post({ type: "cancel", call: number });
        finish(now, number, fail(stopped(program.name, "the call was stopped")));
      };
      const backstop = setTimeout(() => {
        if (!now.calls.has(number)) return;
        stops.add(performance.now());
        ending.set(now, "it did not end in its time");
        if (running === now) running = null;
        void now.link.end();
        finish(now, number, fail(failure(program, "PLUGIN_TIMEOUT", "")));
      }, timeoutMs + LIMITS.pluginGraceMs);
      const settle = (result: Result<Json>): void => {
        clearTimeout(backstop);
        signal.removeEventListener("abort", abort);
        rest();
        resolve(result);
      };
      now.calls.set(number, { host, stop, finish: settle });
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort, { once: true });
      now.link.post({ type: "call", call: number, tool, args, timeoutMs });
    });
  };
  return ok({
    call: async (tool, args, host, signal) => {
      const text = writePlain(args, "PLUGIN_LIMIT");
      if (!text.ok) return text;
      if (isClosed) return fail(stopped(program.name, "it was closed"));
      const turn = await turns.take(timeoutMs, signal);
      if (turn === null) return fail(busy(program.name));
      try {
        return await run(tool, text.value, host, signal);
      } finally {
        turn();
      }
    },
    state: () => {
      if (stops.pause(performance.now()) === null) return { state: "failed", reason: "it was ended too often" };
      return running ? { state: "running", reason: null } : { state: "stopped", reason: isClosed ? "it was closed" : null };
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      const now = running;
      running = null;
      await now?.link.end();
    },
  });
}

async function carryOut(kind: "call" | "storage", value: Json, { host, stop }: Call, { name }: PluginProgram): Promise<Result<Json>> {
  try {
    if (!isObject(value)) return fail(undeclared(name, "nothing"));
    if (kind === "storage") return await host("storage", value, stop.signal);
    const { tool, args } = value;
    if (typeof tool !== "string" || tool === "storage" || !isObject(args)) return fail(undeclared(name, JSON.stringify(tool)));
    return await host(tool, args, stop.signal);
  } catch {
    return fail(problem("PLUGIN_FAILED", { detail: `A request of plugin ${name} could not be carried out.` }));
  }
}

/** Why a plugin cannot be run with what it is given; undefined when it can. */
export function misfit({ name, runtime, code, limits }: PluginProgram): Diagnostic | undefined {
  const most = runtime === "js" ? LIMITS.pluginScriptBytes : LIMITS.pluginModuleBytes;
  const limit = runtime === "js" ? "pluginScriptBytes" : "pluginModuleBytes";
  if (code.byteLength > most) return unusable(name, `its entry has ${code.byteLength} bytes; ${most} are allowed (limits.${limit})`);
  if (limits.memoryBytes > LIMITS.pluginMostMemoryBytes) {
    return unusable(name, `limits.memory is more than ${LIMITS.pluginMostMemoryBytes} bytes (limits.pluginMostMemoryBytes)`);
  }
  if (runtime === "js" && limits.memoryBytes < LIMITS.pluginLeastMemoryBytes) {
    return unusable(
      name,
      `limits.memory is less than the ${LIMITS.pluginLeastMemoryBytes} bytes that its engine starts with (limits.pluginLeastMemoryBytes)`,
    );
  }
  return undefined;
}

function unusable(name: string, why: string): Diagnostic {
  return problem("PLUGIN_UNUSABLE", { detail: `Plugin ${name} cannot be run: ${why}.`, context: { plugin: name } });
}

/** In the thread's words; a code that is not one of those a thread may give is a failure. */
function failure(program: PluginProgram, given: string, text: string): Diagnostic {
  const code = ENDS.find((each) => each === given) ?? "PLUGIN_FAILED";
  const { name, limits } = program;
  const words = escapeText(text.slice(0, LIMITS.pluginLogChars));
  const details = {
    PLUGIN_FAILED: `The tool of plugin ${name} failed: ${words.replace(/\.$/, "")}.`,
    PLUGIN_TIMEOUT: `The tool of plugin ${name} did not end within ${limits.timeoutMs} ms (limits.timeout).`,
    PLUGIN_LIMIT: `The tool of plugin ${name} passed a limit: ${words}.`,
    PLUGIN_TOOL_UNKNOWN: `The code of plugin ${name} does not bring this tool.`,
    PLUGIN_ARGUMENTS: `The arguments do not fit the tool of plugin ${name}: ${words}.`,
    PLUGIN_UNUSABLE: `Plugin ${name} cannot be run: ${words}.`,
    PLUGIN_IMPORT_REFUSED: `Plugin ${name} imports ${words}, which it was not given.`,
    PLUGIN_ANSWER_INVALID: `The tool of plugin ${name} returned what is not plain data: ${words}.`,
  };
  return problem(code, { detail: details[code], context: { plugin: name } });
}

function stopped(name: string, why: string): Diagnostic {
  return problem("PLUGIN_STOPPED", { detail: `Plugin ${name} was stopped: ${why}.`, context: { plugin: name } });
}

function busy(name: string): Diagnostic {
  const detail = `Plugin ${name} has ${LIMITS.pluginQueue} calls waiting (limits.pluginQueue), or none of them ended in time.`;
  return problem("PLUGIN_BUSY", { detail, context: { plugin: name } });
}

function undeclared(name: string, what: string): Diagnostic {
  return problem("PLUGIN_NOT_DECLARED", {
    detail: `Plugin ${name} asked for ${shown(what)}, which it was not given.`,
    context: { plugin: name },
  });
}

/** What a plugin is told of a refusal. */
function refusalText(diagnostics: readonly Diagnostic[]): string {
  const [first] = diagnostics;
  return JSON.stringify({ code: first?.code ?? "PLUGIN_FAILED", message: first?.detail.slice(0, LIMITS.pluginLogChars) ?? "refused" });
}

/** False when it was stopped before the time was over. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  if (ms <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(true), ms);
    const stop = (): void => end(false);
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(isOver);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
